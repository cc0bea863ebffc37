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
 */
export function workingDaysBetween(from: string, until: string, calendar: Calendar): number {
  const last = Temporal.PlainDate.from(until).toString()
  let count = 0
  for (let day = dayAfter(Temporal.PlainDate.from(from).toString()); day <= last; day = dayAfter(day))
    if (!offReason(day, calendar)) count += 1
  return count
}

/** Whether a day counts. */
export function isWorkingDay(day: string, calendar: Calendar): boolean {
  return offReason(day, calendar) === undefined
}

// A clock walks over many days: JavaScript's own dates in UTC take a tenth of the time, and days there have 24 hours.
function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
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
  // Sunday is 0 for JavaScript and 7 for ISO 8601.
  return calendar.weekend.includes(new Date(day).getUTCDay() || 7) ? { day, why: 'weekend' } : undefined
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
