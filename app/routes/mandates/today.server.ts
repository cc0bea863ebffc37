import { Temporal } from 'temporal-polyfill'
import { now } from '#app/platform/clock.server.ts'

/** The day it is now in a time zone, `2026-11-17`. */
export function todayIn(timeZone: string): string {
  return Temporal.Instant.from(now().toISOString()).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}
