import { Prisma } from '#app/generated/prisma/client.ts'
import { dueMark, type DueMark } from './due-mark.ts'
import { calendarOfPlace, type Place } from './place-calendar.server.ts'
import type { Standpoint } from './stages.ts'

/** What a row of a list holds from which its mark is made. */
export interface MarkedRow {
  readonly stage: Standpoint
  readonly undeliverableAt: Date | null
  readonly unresponsiveAt: Date | null
  readonly acknowledgedAt: Date | null
  readonly acknowledgeDueAt: Date | null
  readonly decideDueAt: Date | null
  /** Where its decision is counted; null before it is served. */
  readonly place: (Place & { readonly veryOverdueAt: string | null }) | null
}

/** The columns of `notice n` that a `MarkedRow` has beyond those that every list asks for. */
export const markColumns = Prisma.sql`n.unresponsive_at as "unresponsiveAt",
  (select json_build_object('country', k.computed -> 'country', 'region', k.computed -> 'region', 'timeZone', k.computed -> 'timeZone',
    'veryOverdueAt', k.computed -> 'veryOverdueAt') from clock k where k.notice_id = n.id and k.kind = 'decide') as place`

/** What is late or near in a row, in the working days of its own clocks. */
export function markOf(row: MarkedRow, at: Date): DueMark | null {
  const { place } = row
  const veryOverdueAt = place?.veryOverdueAt ? new Date(place.veryOverdueAt) : null
  const calendar = calendarOfPlace(place ?? { country: null, timeZone: null })
  return dueMark({ ...row, veryOverdueAt, paused: row.stage === 'clarification_needed' }, at, calendar)
}
