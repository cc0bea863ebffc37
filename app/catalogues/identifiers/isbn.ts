import { mod10Check, mod11Check } from '#app/catalogues/identifiers/check-characters.ts'
import { compact, scientificDigits, withoutDecimalZero } from '#app/catalogues/identifiers/identifier-text.ts'
import { invalid, valid, type Verdict } from '#app/catalogues/identifiers/verdict.ts'

/**
 * ISBN-10 and ISBN-13; the normal form is 13 digits.
 *
 * @see ISO 2108:2017
 */
export function checkIsbn(raw: string): Verdict {
  const spread = scientificDigits(raw)
  if (spread !== undefined) return fromScientific(spread)
  const text = withoutDecimalZero(compact(raw)).replace(/^ISBN(?:1[03](?=:|(?:97[89])?\d{9}[\dX]$))?:?/u, '')
  if (text === '') return invalid('empty')
  if (!/^\d+X?$/u.test(text)) return invalid('characters')
  if (text.length === 13) return checkLong(text)
  if (text.length === 10) return checkShort(text)
  return invalid('length', ...repairLength(text))
}

function checkLong(text: string): Verdict {
  if (!/^\d{13}$/u.test(text)) return invalid('characters')
  if (!/^97[89]/u.test(text)) return invalid('prefix')
  // 979-0 belongs to printed music (ISMN), not to books.
  if (text.startsWith('9790')) return invalid('prefix')
  return mod10Check(text.slice(0, 12)) === text[12] ? valid(text) : invalid('check-character')
}

function checkShort(text: string): Verdict {
  const body = text.slice(0, 9)
  if (mod11Check(body) !== text[9]) return invalid('check-character')
  return valid(`978${body}${mod10Check(`978${body}`)}`)
}

function repairLength(text: string): ['leading-zeros' | 'check-character', Verdict] {
  if (/^97[89]\d{9}$/u.test(text)) return ['check-character', checkLong(`${text}${mod10Check(text)}`)]
  // Fewer than seven of ten left: a check digit alone says too little.
  if (text.length < 7 || text.length > 9) return ['leading-zeros', invalid('length')]
  return ['leading-zeros', checkShort(text.padStart(10, '0'))]
}

// Twelve known digits decide an ISBN-13, since the thirteenth is computed. A writer that keeps twelve drops final
// zeros, so ten or eleven are filled up; a shorter mantissa has lost more than that.
function fromScientific({ known, length }: { known: string; length: number }): Verdict {
  if (length !== 13 || known.length < 10 || known.length > 13) return invalid('scientific-notation')
  if (known.length === 13) return invalid('scientific-notation', 'scientific-notation', checkLong(known))
  const body = known.padEnd(12, '0')
  return invalid('scientific-notation', 'scientific-notation', checkLong(`${body}${mod10Check(body)}`))
}
