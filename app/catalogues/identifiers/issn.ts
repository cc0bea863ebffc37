import { mod11Check } from '#app/catalogues/identifiers/check-characters.ts'
import { compact, withoutDecimalZero } from '#app/catalogues/identifiers/identifier-text.ts'
import { invalid, valid, type Verdict } from '#app/catalogues/identifiers/verdict.ts'

/**
 * ISSN; the normal form is `NNNN-NNNX`.
 *
 * @see ISO 3297:2022
 */
export function checkIssn(raw: string): Verdict {
  const text = withoutDecimalZero(compact(raw)).replace(/^(?:E|P)?ISSN(?:L)?:?/u, '')
  if (text === '') return invalid('empty')
  if (!/^\d+X?$/u.test(text)) return invalid('characters')
  if (text.length === 8) return checkEight(text)
  if (text.length === 7 || text.length === 6)
    return invalid('length', 'leading-zeros', checkEight(text.padStart(8, '0')))
  return invalid('length')
}

function checkEight(text: string): Verdict {
  if (mod11Check(text.slice(0, 7)) !== text[7]) return invalid('check-character')
  return valid(`${text.slice(0, 4)}-${text.slice(4)}`)
}
