import { mod11Radix2Check } from '#app/catalogues/identifiers/check-characters.ts'
import { compact, withoutDecimalZero } from '#app/catalogues/identifiers/identifier-text.ts'
import { invalid, valid, type Verdict } from '#app/catalogues/identifiers/verdict.ts'

/**
 * ISNI, of which ORCID is a part; the normal form is 16 characters.
 *
 * @see ISO 27729:2012
 */
export function checkIsni(raw: string): Verdict {
  const text = withoutDecimalZero(compact(raw)).replace(
    /^(?:HTTPS?:\/\/(?:WWW\.)?(?:ISNI\.ORG\/(?:ISNI\/)?|ORCID\.ORG\/)|ISNI:?|ORCID:?)/u,
    '',
  )
  if (text === '') return invalid('empty')
  if (!/^\d+X?$/u.test(text)) return invalid('characters')
  if (text.length === 16) return checkSixteen(text)
  if (text.length >= 8 && text.length < 16)
    return invalid('length', 'leading-zeros', checkSixteen(text.padStart(16, '0')))
  return invalid('length')
}

function checkSixteen(text: string): Verdict {
  return mod11Radix2Check(text.slice(0, 15)) === text[15] ? valid(text) : invalid('check-character')
}
