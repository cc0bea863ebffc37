import { Temporal } from 'temporal-polyfill'
import { getLocale } from '#app/generated/messages/runtime.js'
import { cityOf } from './cities.ts'

type Locale = 'en' | 'ja'

/** A calendar day: `2026-11-17`, or the `Date` at midnight UTC that a `date` column gives. */
export type Day = string | Date

/** A moment: a `Date` or its ISO text. */
export type Instant = string | Date

/** How a day is written; without options `17 Nov 2026`. */
export interface DayOptions {
  /** Adds the day of the week, as for a due date. */
  readonly weekday?: boolean
  /** `false` leaves the year out, as in lists of this year. */
  readonly year?: boolean
  /** Sets the language; the reader's own if left out. */
  readonly locale?: Locale
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
const weekdaysJa = ['月', '火', '水', '木', '金', '土', '日'] as const
const monthsInFull = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const
const weekdaysInFull = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/** What parts two sentences: a space; nothing after 。 */
export function sentenceGap(): string {
  return localeNow() === 'ja' ? '' : ' '
}

/** What parts a label from what follows it in running text: `: `, ： */
export function colon(): string {
  return localeNow() === 'ja' ? '：' : ': '
}

/** `1,240`, in both languages. */
export function formatNumber(value: number | bigint): string {
  if (value >= 0 && value < 1000 && (typeof value === 'bigint' || Number.isInteger(value))) return String(value)
  const [whole = '', fraction] = String(value).split('.')
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

/**
 * `71 %` or `71%`, rounded down, so that 100 % means all.
 *
 * @param share 0 to 1
 */
export function formatShare(share: number, locale: Locale = localeNow()): string {
  // Ten decimals undo the error of 0.29 * 100.
  const percent = Math.floor(Number((share * 100).toFixed(10)))
  return locale === 'ja' ? `${percent}%` : `${percent} %`
}

/** A number too long to read: `12.0 million`, `1,200万`; below a million as it is. */
export function formatLarge(value: number, locale: Locale = localeNow()): string {
  if (value < 1_000_000) return formatNumber(value)
  return locale === 'ja' ? `${formatNumber(Math.floor(value / 10_000))}万` : `${tenths(value / 1_000_000)} million`
}

function tenths(value: number): string {
  const [whole = '0', fraction = '0'] = (Math.floor(Number((value * 10).toFixed(6))) / 10).toFixed(1).split('.')
  return `${formatNumber(Number(whole))}.${fraction}`
}

/** `17 Nov 2026`, `Tue 17 Nov 2026`; 2026年11月17日（火）. */
export function formatDay(day: Day, { weekday = false, year = true, locale = localeNow() }: DayOptions = {}): string {
  const date = plainDate(day)
  if (locale === 'ja') {
    const text = `${year ? `${date.year}年` : ''}${date.month}月${date.day}日`
    return weekday ? `${text}（${weekdaysJa[date.dayOfWeek - 1] ?? ''}）` : text
  }
  const text = `${date.day} ${months[date.month - 1] ?? ''}${year ? ` ${date.year}` : ''}`
  return weekday ? `${weekdays[date.dayOfWeek - 1] ?? ''} ${text}` : text
}

/** A day in full, as a sentence wants it: `Tuesday 17 November 2026`; 2026年11月17日（火）. */
export function formatDayInFull(day: Day, locale: Locale = localeNow()): string {
  if (locale === 'ja') return formatDay(day, { weekday: true, locale })
  const date = plainDate(day)
  return `${weekdaysInFull[date.dayOfWeek - 1] ?? ''} ${date.day} ${monthsInFull[date.month - 1] ?? ''} ${date.year}`
}

/** `18–20 Nov`, `30 Nov – 2 Dec`; 11月18〜20日, 11月30日〜12月2日. One day is written once. */
export function formatDays(from: Day, to: Day, { locale = localeNow() }: Pick<DayOptions, 'locale'> = {}): string {
  const first = plainDate(from)
  const last = plainDate(to)
  const short = { year: first.year !== last.year, locale }
  if (first.equals(last)) return formatDay(from, short)
  const sameMonth = first.month === last.month && first.year === last.year
  if (locale === 'ja') {
    return sameMonth
      ? `${first.month}月${first.day}〜${last.day}日`
      : `${formatDay(from, short)}〜${formatDay(to, short)}`
  }
  return sameMonth ? `${first.day}–${formatDay(to, short)}` : `${formatDay(from, short)} – ${formatDay(to, short)}`
}

/** `14:10`, by the 24-hour clock of `timeZone`. */
export function formatTime(instant: Instant, timeZone: string): string {
  const { hour, minute } = zoned(instant, timeZone)
  return `${two(hour)}:${two(minute)}`
}

/** `14:10, Tokyo`; 14:10（東京）. */
export function formatTimeAndCity(instant: Instant, timeZone: string, locale: Locale = localeNow()): string {
  const time = formatTime(instant, timeZone)
  const city = cityOf(timeZone, locale)
  return locale === 'ja' ? `${time}（${city}）` : `${time}, ${city}`
}

/** A month: `Nov 2026`; 2026年11月. */
export function formatMonth(month: string, locale: Locale = localeNow()): string {
  const { year, month: number } = Temporal.PlainYearMonth.from(month)
  return locale === 'ja' ? `${year}年${number}月` : `${months[number - 1] ?? ''} ${year}`
}

/** The day on which `instant` falls in `timeZone`. */
export function formatDate(instant: Instant, timeZone: string, options: DayOptions = {}): string {
  return formatDay(dayOf(instant, timeZone), options)
}

/** Day and time: `20 Nov 2026, 14:10`; 2026年11月20日 14:10. */
export function formatDateTime(instant: Instant, timeZone: string, options: DayOptions = {}): string {
  const locale = options.locale ?? localeNow()
  const day = formatDate(instant, timeZone, options)
  const time = formatTime(instant, timeZone)
  if (locale === 'en') return options.year === false && options.weekday !== true ? `${day} ${time}` : `${day}, ${time}`
  return options.weekday === true ? `${day}${time}` : `${day} ${time}`
}

/** The calendar day of an instant in a time zone, as `2026-11-17`. */
export function dayOf(instant: Instant, timeZone: string): string {
  return zoned(instant, timeZone).day
}

/** `9f1c…e04b`: a hash or a long code, short enough to recognise. The whole stands on the page of its object. */
export function formatHash(hash: string): string {
  return hash.length <= 12 ? hash : `${hash.slice(0, 4)}…${hash.slice(-4)}`
}

/** `1.4 MB`, `12 kB`, `88 bytes`; 1.4 MB, 88バイト. */
export function formatBytes(bytes: number, locale: Locale = localeNow()): string {
  if (bytes < 1000) return locale === 'ja' ? `${bytes}バイト` : `${bytes} bytes`
  const [size, unit] =
    bytes < 1_000_000 ? [bytes / 1000, 'kB'] : bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB']
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${unit}`
}

function localeNow(): Locale {
  return getLocale() === 'ja' ? 'ja' : 'en'
}

function plainDate(day: Day): Temporal.PlainDate {
  const text = typeof day === 'string' ? day : day.toISOString().slice(0, 10)
  return remembered(days, text, () => Temporal.PlainDate.from(text))
}

// A page or a round of mails names few days and instants, each of them several times; what a zone makes of one is dear to find.
const days = new Map<string, Temporal.PlainDate>()
const moments = new Map<string, { day: string; hour: number; minute: number }>()
const mostRemembered = 500

function zoned(instant: Instant, timeZone: string): { day: string; hour: number; minute: number } {
  const name = `${typeof instant === 'string' ? instant : instant.getTime()} ${timeZone}`
  return remembered(moments, name, () => {
    const moment =
      typeof instant === 'string'
        ? Temporal.Instant.from(instant)
        : Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    const there = moment.toZonedDateTimeISO(timeZone)
    return { day: there.toPlainDate().toString(), hour: there.hour, minute: there.minute }
  })
}

function remembered<T>(found: Map<string, T>, name: string, find: () => T): T {
  const known = found.get(name)
  if (known !== undefined) return known
  const made = find()
  if (found.size >= mostRemembered) found.clear()
  found.set(name, made)
  return made
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
