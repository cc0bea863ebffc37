import { Temporal } from 'temporal-polyfill'
import { morningOf } from './reminders.ts'
import { dayOf } from './working-days.ts'

// Later in the week a summary of it is of no use: the next Monday has another.
const goodForDays = 2

/** The Monday of the week of a day, `YYYY-MM-DD`. */
export function mondayOf(day: string): string {
  const date = Temporal.PlainDate.from(day)
  return date.subtract({ days: date.dayOfWeek - 1 }).toString()
}

/**
 * The Monday whose summary is due in a time zone: from eight in the morning, for two days, so that one that was missed
 * comes late rather than never.
 *
 * @param at the present instant, ISO 8601 with milliseconds
 * @returns `YYYY-MM-DD`, or null when none is due
 */
export function summaryDueAt(at: string, timeZone: string): string | null {
  const monday = mondayOf(dayOf(at, { timeZone }))
  const until = Temporal.PlainDate.from(monday).add({ days: goodForDays }).toString()
  return at >= morningOf(monday, timeZone) && at < morningOf(until, timeZone) ? monday : null
}
