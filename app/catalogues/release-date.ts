import { normalText } from '#app/platform/normal-text.ts'

/** A date as precise as it was written: `on` is its first day, `yyyy-mm-dd`. */
export type ReleaseDate = { on: string; precision: 'day' | 'month' | 'year' }

/** A date that was read, one that can mean two days (its year is kept), or one that cannot be read. */
export type DateReading =
  | { read: 'sure'; date: ReleaseDate }
  | { read: 'ambiguous'; date: ReleaseDate }
  | { read: 'not' }

const eras = [
  ['明治', 1868],
  ['大正', 1912],
  ['昭和', 1926],
  ['平成', 1989],
  ['令和', 2019],
] as const

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const
const monthPattern = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?'

type Pattern = { form: RegExp; parts: readonly ('year' | 'month' | 'day' | 'name')[] }

const patterns: readonly Pattern[] = [
  { form: /^(\d{4})$/u, parts: ['year'] },
  { form: /^(\d{4})年$/u, parts: ['year'] },
  { form: /^(\d{4})[-/.](\d{1,2})$/u, parts: ['year', 'month'] },
  { form: /^(\d{4})年(\d{1,2})月$/u, parts: ['year', 'month'] },
  { form: /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/u, parts: ['year', 'month', 'day'] },
  { form: /^(\d{4})年(\d{1,2})月(\d{1,2})日$/u, parts: ['year', 'month', 'day'] },
  { form: /^(\d{4})(\d{2})(\d{2})$/u, parts: ['year', 'month', 'day'] },
  { form: new RegExp(`^${monthPattern} (\\d{4})$`, 'u'), parts: ['name', 'year'] },
  { form: new RegExp(`^(\\d{1,2})(?:st|nd|rd|th)? ${monthPattern},? (\\d{4})$`, 'u'), parts: ['day', 'name', 'year'] },
  { form: new RegExp(`^${monthPattern} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})$`, 'u'), parts: ['name', 'day', 'year'] },
]

/**
 * Reads a date in the forms that catalogues use: ISO, with slashes or dots, Japanese with Western or era years, and
 * English month names. A time of day after the date is ignored. `03/04/2005` can be March or April: only its year holds.
 */
export function readDate(raw: string): DateReading {
  const text = westernYear(normalText(raw, 'NFKC').trim().toLowerCase())
    .replace(/[t ]\d{1,2}:\d{2}.*$/su, '')
    .replace(/^(\d{4})\.0$/u, '$1')
    .replaceAll(/\s+/gu, ' ')
  for (const { form, parts } of patterns) {
    const match = form.exec(text)
    if (match === null) continue
    const found = new Map(parts.map((part, index) => [part, match[index + 1] ?? '']))
    const month = found.get('month') ?? monthNumber(found.get('name'))
    return sure(dateOf(found.get('year'), month, found.get('day')))
  }
  return readTwoWays(text)
}

/**
 * The year of a cell that should hold one alone, such as `1997`, `1997.0` or `1997年`; -9999 to 2200.
 * A catalogue may begin before our era: Homer stands at -720 in one.
 */
export function readYear(raw: string): number | undefined {
  const text = westernYear(normalText(raw, 'NFKC').trim()).replace(/(?:\.0|年)$/u, '')
  if (!/^-?\d{1,4}$/u.test(text)) return undefined
  const year = Number(text)
  return year >= -9999 && year <= 2200 && year !== 0 ? year : undefined
}

function sure(date: ReleaseDate | undefined): DateReading {
  return date === undefined ? { read: 'not' } : { read: 'sure', date }
}

// Day and month are told apart only if one of them is above twelve, or both are the same.
function readTwoWays(text: string): DateReading {
  const match = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/u.exec(text)
  if (match === null) return { read: 'not' }
  const [, first, second, year] = match
  const asDayFirst = dateOf(year, second, first)
  const asMonthFirst = dateOf(year, first, second)
  if (asDayFirst === undefined || asMonthFirst === undefined || first === second)
    return sure(asDayFirst ?? asMonthFirst)
  return { read: 'ambiguous', date: { on: `${year}-01-01`, precision: 'year' } }
}

function westernYear(text: string): string {
  const match = /^(明治|大正|昭和|平成|令和)(元|\d{1,2})(年.*)?$/u.exec(text)
  if (match === null) return text
  const first = eras.find(([name]) => name === match[1])?.[1] ?? 0
  const year = first - 1 + (match[2] === '元' ? 1 : Number(match[2]))
  return `${year}${match[3] ?? ''}`
}

function monthNumber(name: string | undefined): string | undefined {
  const index = monthNames.findIndex((month) => month === name)
  return index === -1 ? undefined : String(index + 1)
}

function dateOf(year = '', month?: string, day?: string): ReleaseDate | undefined {
  const numbers = [Number(year), Number(month ?? 1), Number(day ?? 1)] as const
  if (numbers[0] < 1000 || numbers[0] > 2200) return undefined
  const date = new Date(Date.UTC(numbers[0], numbers[1] - 1, numbers[2]))
  if (date.getUTCMonth() !== numbers[1] - 1 || date.getUTCDate() !== numbers[2]) return undefined
  const precision = day !== undefined ? 'day' : month !== undefined ? 'month' : 'year'
  return { on: date.toISOString().slice(0, 10), precision }
}
