import { formatDate, formatDateTime, formatDay, type Day as DayValue, type DayOptions, type Instant } from './format.ts'

/** A calendar day, readable by machines too. */
export function Day({ day, ...options }: { day: DayValue } & DayOptions) {
  return (
    <time dateTime={typeof day === 'string' ? day : day.toISOString().slice(0, 10)}>{formatDay(day, options)}</time>
  )
}

/** The day of a moment, in the reader's time zone. */
export function DateOf({ at, timeZone, ...options }: { at: Instant; timeZone: string } & DayOptions) {
  return <time dateTime={iso(at)}>{formatDate(at, timeZone, options)}</time>
}

/** Day and time of a moment, in the reader's time zone. */
export function Moment({ at, timeZone, ...options }: { at: Instant; timeZone: string } & DayOptions) {
  return <time dateTime={iso(at)}>{formatDateTime(at, timeZone, options)}</time>
}

function iso(at: Instant): string {
  return typeof at === 'string' ? at : at.toISOString()
}
