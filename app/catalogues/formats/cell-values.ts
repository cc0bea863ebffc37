/** How the number of a cell is shown, as far as it changes what is meant. */
export type NumberShape =
  | { readonly kind: 'plain' }
  | { readonly kind: 'date'; readonly date: boolean; readonly time: boolean }
  /** A pattern of digits, such as 000-0-00-000000-0: its literals stand between them. */
  | { readonly kind: 'digits'; readonly pattern: string }

const plainShape: NumberShape = { kind: 'plain' }

// The formats that workbooks need not spell out (ECMA-376 part 1, 18.8.30), with those of Japan.
const builtInDates: ReadonlySet<number> = new Set([14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58])
const builtInTimes: ReadonlySet<number> = new Set([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56])

/** The shape of a number format, by its id where it is built in, else by its code. */
export function shapeOf(id: number, code: string | undefined): NumberShape {
  if (code === undefined) {
    if (builtInDates.has(id)) return { kind: 'date', date: true, time: false }
    if (id === 22) return { kind: 'date', date: true, time: true }
    return builtInTimes.has(id) ? { kind: 'date', date: false, time: true } : plainShape
  }
  const [first = ''] = code.split(';')
  // Literals, colours and paddings say nothing about the number.
  const bare = first.replaceAll(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^[\]]*\]/giu, '')
  const date = /[ydge]/iu.test(bare) && !/general/iu.test(bare)
  const time = /[hs]/iu.test(bare)
  if (date || time || /m/iu.test(bare.replaceAll(/general/giu, ''))) {
    return { kind: 'date', date: date || !time, time }
  }
  const pattern = first.replaceAll(
    /"([^"]*)"|\\(.)/gu,
    (_, quoted: string | undefined, escaped: string | undefined) => quoted ?? escaped ?? '',
  )
  return /^(?=.*0.*0)[0\- ]+$/u.test(pattern) ? { kind: 'digits', pattern } : plainShape
}

/**
 * The text of a number as its cell means it: never in powers of ten, a day as `YYYY-MM-DD`.
 *
 * @param value as the workbook writes it
 * @param from1904 days are counted from 1904, as old Macintosh workbooks do
 */
export function numberText(value: string, shape: NumberShape, from1904: boolean): string {
  const number = Number(value)
  if (value.trim() === '' || !Number.isFinite(number)) return value
  if (shape.kind === 'date') return dateText(number, shape, from1904) ?? plainNumber(number)
  return shape.kind === 'digits' ? digitsText(number, shape.pattern) : plainNumber(number)
}

function plainNumber(number: number): string {
  const text = String(number)
  if (!text.includes('e')) return text
  if (Math.abs(number) >= 1) return BigInt(Math.round(number)).toString()
  return number.toFixed(20).replace(/0+$/u, '')
}

function digitsText(number: number, pattern: string): string {
  if (!Number.isInteger(number) || number < 0) return plainNumber(number)
  const places = pattern.replaceAll(/[^0]/gu, '').length
  const digits = plainNumber(number).padStart(places, '0')
  // What is longer than the pattern stands before it.
  let next = digits.length - places
  return digits.slice(0, next) + pattern.replaceAll('0', () => digits.charAt(next++))
}

const dayMilliseconds = 86_400_000
// Day 1 is 1 January 1900; day 60 is the 29 February 1900 that never was, so that later days count from a day earlier.
const epoch1900 = Date.UTC(1899, 11, 30)
const epoch1904 = Date.UTC(1904, 0, 1)
const lastDay = 2_958_465

function dateText(number: number, shape: { date: boolean; time: boolean }, from1904: boolean): string | null {
  if (number < 0 || number > lastDay) return null
  const days = from1904 || number >= 60 ? number : number + 1
  const at = new Date(Math.round(((from1904 ? epoch1904 : epoch1900) + days * dayMilliseconds) / 1000) * 1000)
  const [day = '', time = ''] = at.toISOString().split('T')
  const clock = time.slice(0, time.startsWith('00', 6) ? 5 : 8)
  if (!shape.date) return clock
  return shape.time && clock !== '00:00' ? `${day} ${clock}` : day
}

/** The column, from 0, of a reference such as `AB12`; `undefined` if it is none. */
export function columnOf(reference: string): number | undefined {
  const letters = /^\$?([A-Z]{1,3})\$?\d*$/u.exec(reference)?.[1]
  if (letters === undefined) return undefined
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

/** Text as a workbook escapes what XML cannot hold: `_x000D_` is a carriage return, `_x005F_` the underscore of one meant literally. */
export function unescapedText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replaceAll(/_x([0-9A-F]{4})_/giu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
