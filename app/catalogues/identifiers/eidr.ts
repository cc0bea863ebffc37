import { mod37Radix36Check } from '#app/catalogues/identifiers/check-characters.ts'
import { compact } from '#app/catalogues/identifiers/identifier-text.ts'
import { invalid, valid, type Verdict } from '#app/catalogues/identifiers/verdict.ts'

const written = /^(?:HTTPS?:\/\/(?:DX\.)?DOI\.ORG\/|DOI:|URN:EIDR:|MD:CID:EIDRS:|EIDR:)?(?:10\.5240[/:])?(?=[^/:]+$)/u

/**
 * EIDR content id in any of its written forms; the normal form is `10.5240/XXXX-XXXX-XXXX-XXXX-XXXX-C`. A missing
 * check character is computed, as catalogues often leave it out.
 *
 * @see RFC 7972 and the EIDR ID format
 */
export function checkEidr(raw: string): Verdict {
  const text = compact(raw)
  if (text === '') return invalid('empty')
  const body = text.replace(written, '')
  if (/[/:]/u.test(body)) return invalid('prefix')
  const match = /^([0-9A-F]{20})([0-9A-Z]?)$/u.exec(body)
  if (match === null) return invalid(body.length === 20 || body.length === 21 ? 'characters' : 'length')
  const [, digits = '', given = ''] = match
  const check = mod37Radix36Check(digits)
  if (given !== '' && given !== check) return invalid('check-character')
  return valid(`10.5240/${[...(digits.match(/.{4}/gu) ?? []), check].join('-')}`)
}
