import type { Duty } from '#app/mail/mail-handlers.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { reminderDays, remindersOf } from './questions.ts'

/** When the holder of a notice is reminded of a question that is asked now. */
export async function remindersFor(
  tx: Transaction,
  { noticeId, at }: { noticeId: string; at: Date },
): Promise<ReturnType<typeof remindersOf>> {
  const [holder] = await tx.$queryRaw<{ timeZone: string }[]>`
    select h.time_zone as "timeZone" from notice n join organisation h on h.id = n.holder_organisation_id
    where n.id = ${noticeId}::uuid`
  if (!holder) throw new Error(`Notice ${noticeId} has no holder to remind of a question`)
  return remindersOf(at.toISOString(), holder.timeZone)
}

/**
 * Of some duties those that still make sense: a reminder of a question that ended is not sent, nor the first when the last
 * is due as well, after a time in which no mail went out.
 */
export async function stillNeeded(tx: Transaction, duties: readonly Duty[]): Promise<readonly Duty[]> {
  const reminders = duties.filter(({ kind }) => Object.hasOwn(reminderDays, kind))
  if (reminders.length === 0) return duties
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select d.id from mail_duty d join question q on q.notice_id = d.notice_id and q.asked_sequence = d.event_sequence
    where d.id = any(${reminders.map(({ id }) => id)}::uuid[]) and q.ended_at is null
      and (d.kind = 'question-last-reminder' or not exists (select from mail_duty l
        where l.notice_id = d.notice_id and l.event_sequence = d.event_sequence and l.kind = 'question-last-reminder'
          and l.not_before <= ${now()}))`
  const needed = new Set(rows.map(({ id }) => id))
  return duties.filter((duty) => !Object.hasOwn(reminderDays, duty.kind) || needed.has(duty.id))
}
