import { normalText } from '#app/platform/normal-text.ts'
import { endingsOf, kindOf, type MediaType } from './media-kinds.ts'

const longestName = 150
// Controls, direction and invisible characters, and what a file system gives a meaning of its own.
const unfit = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}<>:"|?*]/gu
// Windows opens devices under these names, whatever their ending.
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu

/**
 * A file's name as it is kept and shown: the last part of its path, without characters that hide, turn or mean something
 * to a file system, at most 150 characters with its ending kept. Never empty.
 */
export function keptName(given: string): string {
  const last = given.toWellFormed().replaceAll('\0', '').split(/[/\\]/u).at(-1) ?? ''
  const plain = normalText(last, 'NFC')
    .replaceAll(unfit, '')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/^[\s.]+|(?<![\s.])[\s.]+$/gu, '')
  const name = device.test(plain) ? `_${plain}` : plain
  if (name === '') return 'file'
  const characters = Array.from(name)
  if (characters.length <= longestName) return name
  const ending = endingOf(name)
  const tail = ending !== null && ending.length <= 12 ? `.${ending}` : ''
  return `${characters
    .slice(0, longestName - tail.length)
    .join('')
    .trimEnd()}${tail}`
}

/** The name's ending in small letters, without its dot; null for a name without one. */
export function endingOf(name: string): string | null {
  const at = name.lastIndexOf('.')
  return at <= 0 || at === name.length - 1 ? null : name.slice(at + 1).toLowerCase()
}

/** Whether the name says something else than the bytes do: `cat.png` that holds a JPEG. */
export function isMisnamed(name: string, type: MediaType): boolean {
  const ending = endingOf(name)
  return ending !== null && !endingsOf(type).includes(ending)
}

/** The name under which the file is saved: with an ending of its true type, so that no system runs what it only kept. */
export function savedName(name: string, type: MediaType): string {
  const ending = endingOf(name)
  if (ending !== null && endingsOf(type).includes(ending) && !runs.has(ending)) return name
  return `${name}.${kindOf(type) === 'text' || kindOf(type) === 'mail' ? 'txt' : (endingsOf(type)[0] ?? 'bin')}`
}

// Text that a double click would open in a browser with a right to run scripts.
const runs: ReadonlySet<string> = new Set(['html', 'htm', 'xhtml', 'svg', 'xml', 'mhtml', 'mht'])

/** The header that makes a browser save a file under its name, in any script (RFC 6266, RFC 8187). */
export function attachmentHeader(given: string): string {
  // Half of a pair has no encoding.
  const name = given.toWellFormed()
  const ascii = name.replaceAll(/[^\x20-\x7E]|["\\%]/gu, '_')
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/gu,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
