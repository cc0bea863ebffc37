import { tidy } from '#app/catalogues/identifiers/identifier-text.ts'
import { invalid, valid, type Verdict } from '#app/catalogues/identifiers/verdict.ts'

/** IMDb id of a title, person or company, bare or as an address; the normal form is two letters and 7 or 8 digits. */
export function checkImdb(raw: string): Verdict {
  const text = tidy(raw)
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.|m\.)?imdb\.com\/(?:title|name|company)\/([a-z]{2}\d+)(?!\d).*$/u, '$1')
  if (text === '') return invalid('empty')
  if (/^(?:tt|nm|co)\d{7,8}$/u.test(text)) return valid(text)
  const short = /^(tt|nm|co)(\d{4,6})$/u.exec(text)
  if (short !== null)
    return invalid('length', 'leading-zeros', valid(`${short[1]}${(short[2] ?? '').padStart(7, '0')}`))
  if (/^\d{7,8}$/u.test(text)) return invalid('prefix', 'prefix', valid(`tt${text}`))
  return invalid(/^(?:tt|nm|co)\d*$/u.test(text) ? 'length' : 'characters')
}
