import { compact } from '#app/catalogues/identifiers/identifier-text.ts'
import { invalid, valid, type Verdict } from '#app/catalogues/identifiers/verdict.ts'

/**
 * ISWC; the normal form is `T-034.524.680-1`.
 *
 * @see ISO 15707:2022
 */
export function checkIswc(raw: string): Verdict {
  const text = compact(raw)
    .replaceAll('.', '')
    .replace(/^ISWC:?/u, '')
  if (text === '') return invalid('empty')
  if (/^T\d{10}$/u.test(text)) return checkTen(text.slice(1))
  if (/^T\d{9}$/u.test(text))
    return invalid('length', 'check-character', checkTen(`${text.slice(1)}${checkDigit(text.slice(1))}`))
  if (/^\d{10}$/u.test(text)) return invalid('prefix', 'prefix', checkTen(text))
  if (/^[A-Z]\d{10}$/u.test(text)) return invalid('prefix')
  return invalid(/^T\d*$/u.test(text) ? 'length' : 'characters')
}

function checkTen(digits: string): Verdict {
  if (checkDigit(digits.slice(0, 9)) !== digits[9]) return invalid('check-character')
  return valid(`T-${digits.slice(0, 3)}.${digits.slice(3, 6)}.${digits.slice(6, 9)}-${digits[9]}`)
}

// The letter T counts as 1; then each digit is weighted by its place.
function checkDigit(nine: string): string {
  const sum = Array.from(nine).reduce((total, digit, index) => total + Number(digit) * (index + 1), 1)
  return String((10 - (sum % 10)) % 10)
}
