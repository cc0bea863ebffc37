import { Temporal } from 'temporal-polyfill'

/** How far ahead a filing may be planned, in days. */
export const mostPlannedDays = 90

/** When a filing leaves: after the time in which it may be recalled, and not before it was planned. */
export function sendTimeOf({
  at,
  undoMinutes,
  plannedAt,
}: {
  at: Date
  undoMinutes: number
  plannedAt: Date | string | null
}): Date {
  const undone = new Date(at.getTime() + undoMinutes * 60_000)
  const planned = plannedAt === null ? undone : new Date(plannedAt)
  return planned > undone ? planned : undone
}

/** What was typed as the time of sending, as an instant, or why it is none. */
export type Planned =
  | { readonly planned: true; readonly at: Date }
  | { readonly planned: false; readonly because: 'unreadable' | 'past' | 'too-far' }

/**
 * Reads a day and time as clocks show it in a time zone.
 *
 * @param typed `YYYY-MM-DDTHH:MM`, as a browser's own field sends it; a time that a clock change leaves out counts as the
 *   same time after it
 * @param zone an IANA time zone
 */
export function readPlan(typed: string, zone: string, now: Date): Planned {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/u.test(typed)) return { planned: false, because: 'unreadable' }
  const wall = readWallTime(typed)
  if (wall === null) return { planned: false, because: 'unreadable' }
  const at = new Date(wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds)
  if (at <= now) return { planned: false, because: 'past' }
  if (at.getTime() > now.getTime() + mostPlannedDays * 86_400_000) return { planned: false, because: 'too-far' }
  return { planned: true, at }
}

/** An instant as the field for it shows it: `YYYY-MM-DDTHH:MM` in a time zone. */
export function wallTimeOf(at: Date | string, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(new Date(at).getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
}

function readWallTime(typed: string): Temporal.PlainDateTime | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = typed.split(/[-T:]/u).map(Number)
  const sane = month >= 1 && month <= 12 && day >= 1 && hour <= 23 && minute <= 59
  if (!sane || day > Temporal.PlainYearMonth.from({ year, month }).daysInMonth) return null
  return Temporal.PlainDateTime.from({ year, month, day, hour, minute })
}
