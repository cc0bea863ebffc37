import { mod10Check } from '#app/catalogues/identifiers/check-characters.ts'
import { compact, scientificDigits, withoutDecimalZero } from '#app/catalogues/identifiers/identifier-text.ts'
import { invalid, valid, type Verdict } from '#app/catalogues/identifiers/verdict.ts'

/**
 * GTIN-8, -12, -13 and -14 (EAN, UPC, JAN); the normal form is 14 digits.
 *
 * @see GS1 General Specifications, section 7.9
 */
export function checkGtin(raw: string): Verdict {
  const spread = scientificDigits(raw)
  if (spread !== undefined) return fromScientific(spread)
  const text = withoutDecimalZero(compact(raw)).replace(/^(?:GTIN|EAN|UPC|JAN)(?:(?:8|1[2-4])?:|:?)(?=\d)/u, '')
  if (text === '') return invalid('empty')
  if (!/^\d+$/u.test(text)) return invalid('characters')
  if ([8, 12, 13, 14].includes(text.length)) return checkPadded(text.padStart(14, '0'))
  if (text.length >= 9 && text.length <= 11)
    return invalid('length', 'leading-zeros', checkPadded(text.padStart(14, '0')))
  return invalid('length')
}

function checkPadded(text: string): Verdict {
  return mod10Check(text.slice(0, 13)) === text[13] ? valid(text) : invalid('check-character')
}

function fromScientific({ known, length }: { known: string; length: number }): Verdict {
  if (length < 12 || length > 13 || known.length < length - 1 || known.length > length)
    return invalid('scientific-notation')
  const body = known.slice(0, length - 1)
  return invalid(
    'scientific-notation',
    'scientific-notation',
    checkPadded(`${body}${mod10Check(body)}`.padStart(14, '0')),
  )
}
