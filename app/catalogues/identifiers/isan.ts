import { mod37Radix36Check } from '#app/catalogues/identifiers/check-characters.ts'
import { compact } from '#app/catalogues/identifiers/identifier-text.ts'
import { invalid, valid, type Verdict } from '#app/catalogues/identifiers/verdict.ts'

type Parts = { root: string; rootCheck: string; version: string; versionCheck: string }

/**
 * ISAN with or without its version; the normal form is grouped by four, with check characters. Catalogues often leave
 * the check characters out: they are then computed, which is not a repair, since nothing was lost.
 *
 * @see ISO 15706-2:2007
 */
export function checkIsan(raw: string): Verdict {
  const text = compact(raw).replace(/^(?:URN:)?ISAN:?/u, '')
  if (text === '') return invalid('empty')
  const parts = readings(text)
  if (parts.length === 0) return invalid(/^[0-9A-Z]+$/u.test(text) ? 'length' : 'characters')
  const sound = parts.find(checksHold)
  return sound === undefined ? invalid('check-character') : valid(write(sound))
}

// Twenty-five characters can lack either check character, so each way of reading is tried.
function readings(text: string): Parts[] {
  const shapes = [
    /^(?<root>[0-9A-F]{16})(?<rootCheck>[0-9A-Z]?)(?<version>)(?<versionCheck>)$/u,
    /^(?<root>[0-9A-F]{16})(?<rootCheck>[0-9A-Z]?)(?<version>[0-9A-F]{8})(?<versionCheck>)$/u,
    /^(?<root>[0-9A-F]{16})(?<rootCheck>[0-9A-Z])(?<version>[0-9A-F]{8})(?<versionCheck>[0-9A-Z])$/u,
    /^(?<root>[0-9A-F]{16})(?<rootCheck>)(?<version>[0-9A-F]{8})(?<versionCheck>[0-9A-Z])$/u,
  ]
  return shapes.flatMap((shape) => {
    const found = shape.exec(text)?.groups
    if (found === undefined) return []
    const { root = '', rootCheck = '', version = '', versionCheck = '' } = found
    return [{ root, rootCheck, version, versionCheck }]
  })
}

function checksHold({ root, rootCheck, version, versionCheck }: Parts): boolean {
  const rootHolds = rootCheck === '' || rootCheck === mod37Radix36Check(root)
  return rootHolds && (versionCheck === '' || versionCheck === mod37Radix36Check(`${root}${version}`))
}

function write({ root, version }: Parts): string {
  const groups = [...(root.match(/.{4}/gu) ?? []), mod37Radix36Check(root)]
  if (version !== '') groups.push(...(version.match(/.{4}/gu) ?? []), mod37Radix36Check(`${root}${version}`))
  return groups.join('-')
}
