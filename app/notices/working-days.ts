import { Temporal } from 'temporal-polyfill'

/** The days of a vendor's contact: its time zone, its weekend and its public holidays. */
export interface Calendar {
  /** ISO 3166-1, two letters. */
  readonly country: string
  readonly region?: string | undefined
  /** IANA name. */
  readonly timeZone: string
  /** ISO weekdays, 1 Monday to 7 Sunday. */
  readonly weekend: readonly number[]
  /** The name of the public holiday on a day `YYYY-MM-DD`, in English and where it differs in the language of the country. */
  readonly holidayOn: (day: string) => HolidayName | undefined
}

/** A holiday's name for both sides. */
export interface HolidayName {
  readonly name: string
  readonly nameOther?: string | undefined
  /** In Japanese, for a country whose language is another. */
  readonly nameJa?: string | undefined
}

/** A day that did not count. */
export type SkippedDay = {
  readonly day: string
  readonly why: 'weekend' | 'holiday'
  readonly name?: string
  readonly nameOther?: string
  readonly nameJa?: string
}

/** No clock runs longer. */
export const mostWorkingDays = 90

/**
 * Counts working days forward; the first day is not counted.
 *
 * @param from `YYYY-MM-DD`
 * @param workingDays 1 to 90
 * @returns the day reached and the days passed over on the way
 * @throws RangeError if `workingDays` is out of range
 */
export function addWorkingDays(
  from: string,
  workingDays: number,
  calendar: Calendar,
): { readonly on: string; readonly skipped: readonly SkippedDay[] } {
  if (!Number.isInteger(workingDays) || workingDays < 1 || workingDays > mostWorkingDays)
    throw new RangeError(`${workingDays} working days are not between 1 and ${mostWorkingDays}`)
  const skipped: SkippedDay[] = []
  let day = Temporal.PlainDate.from(from).toString()
  for (let left = workingDays; left > 0;) {
    day = dayAfter(day)
    const off = offReason(day, calendar)
    if (off) skipped.push(off)
    else left -= 1
    if (skipped.length > 1000)
      throw new RangeError(`The calendar of ${calendar.country} has no working days after ${from}`)
  }
  return { on: day, skipped }
}

/**
 * Counts the working days after one day up to another, which counts.
 *
 * @param from `YYYY-MM-DD`
 * @param until `YYYY-MM-DD`; on or before `from` there are none
 * @param most where counting may end: whoever asks needs no more
 */
export function workingDaysBetween(from: string, until: string, calendar: Calendar, most = Infinity): number {
  const last = Temporal.PlainDate.from(until).toString()
  let count = 0
  for (let day = dayAfter(Temporal.PlainDate.from(from).toString()); day <= last && count < most; day = dayAfter(day))
    if (!offReason(day, calendar)) count += 1
  return count
}

/** Whether a day counts. */
export function isWorkingDay(day: string, calendar: Calendar): boolean {
  return offReason(day, calendar) === undefined
}

type KnownDay = { readonly after: string; readonly weekday: number }

// Every line of a list walks over the same weeks: what a day is and which comes next is found once. A lifetime has fewer.
const knownDays = new Map<string, KnownDay>()
const mostKnownDays = 40_000

function known(day: string): KnownDay {
  const found = knownDays.get(day)
  if (found !== undefined) return found
  // JavaScript's own dates in UTC take a tenth of Temporal's time, and days there have 24 hours. Sunday is 0, in ISO 8601 it is 7.
  const date = new Date(day)
  const after = new Date(date.getTime() + 86_400_000).toISOString().slice(0, 10)
  const made = { after, weekday: date.getUTCDay() || 7 }
  if (knownDays.size >= mostKnownDays) knownDays.clear()
  knownDays.set(day, made)
  return made
}

function dayAfter(day: string): string {
  return known(day).after
}

function offReason(day: string, calendar: Calendar): SkippedDay | undefined {
  const holiday = calendar.holidayOn(day)
  if (holiday)
    return {
      day,
      why: 'holiday',
      name: holiday.name,
      ...(holiday.nameOther === undefined ? {} : { nameOther: holiday.nameOther }),
      ...(holiday.nameJa === undefined ? {} : { nameJa: holiday.nameJa }),
    }
  return calendar.weekend.includes(known(day).weekday) ? { day, why: 'weekend' } : undefined
}

/**
 * The day on which an instant falls in the vendor's time zone.
 *
 * @param instant ISO 8601
 * @returns `YYYY-MM-DD`
 */
export function dayOf(instant: string, { timeZone }: Pick<Calendar, 'timeZone'>): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

/**
 * 23:59:59 of a day in a time zone. Where the clock skips that second the first one after it counts, where it repeats the last.
 *
 * @param day `YYYY-MM-DD`
 * @returns ISO 8601 in UTC, with milliseconds
 */
export function endOfDay(day: string, timeZone: string): string {
  return Temporal.PlainDate.from(day)
    .toPlainDateTime('23:59:59')
    .toZonedDateTime(timeZone, { disambiguation: 'later' })
    .toInstant()
    .toString({ smallestUnit: 'millisecond' })
}
