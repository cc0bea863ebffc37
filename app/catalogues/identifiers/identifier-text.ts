import { normalText } from '#app/platform/normal-text.ts'

// Zero-width and direction marks arrive with text copied from PDF files and web pages.
const invisible = /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/gu
// U+30FC is the Japanese long-vowel mark, typed where a hyphen was meant; NFKC turns U+FF70 into it.
const hyphens = /[-\u2010-\u2015\u2212\u30FC\uFE58\uFE63\uFF0D]/gu

/** One identifier as written, with full-width characters made plain and invisible ones removed. */
export function tidy(raw: string): string {
  return normalText(raw, 'NFKC').replaceAll(invisible, '').trim()
}

/** As `tidy`, without spaces and hyphens, in capitals. */
export function compact(raw: string): string {
  return tidy(raw).replaceAll(hyphens, '').replaceAll(/\s/gu, '').toUpperCase()
}

/** As `tidy`, with every kind of hyphen made `-`. */
export function plainHyphens(raw: string): string {
  return tidy(raw).replaceAll(hyphens, '-')
}

/**
 * The digits that a spreadsheet left of a long number, such as `9.78043902348e+12`.
 *
 * @returns the number's full length in digits and those still known; `undefined` if `raw` is not such a number
 */
export function scientificDigits(raw: string): { known: string; length: number } | undefined {
  const match = /^(\d)(?:[.,](\d+))?E\+?(\d{1,2})$/u.exec(tidy(raw).toUpperCase())
  if (match === null) return undefined
  return { known: `${match[1]}${match[2] ?? ''}`, length: Number(match[3]) + 1 }
}

/** A number that a spreadsheet wrote as a decimal, such as `439023483.0`, without its `.0`. */
export function withoutDecimalZero(text: string): string {
  return text.replace(/^(\d+)\.0$/u, '$1')
}
