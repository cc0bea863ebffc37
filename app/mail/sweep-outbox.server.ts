import type { Transaction } from '#app/platform/db.server.ts'

/** What a sweep did, and what it found that somebody should look at. */
export type SweepResult = {
  /** Mails whose sender ended without a word; they go out again, and their attempt says so. */
  reclaimed: number
  /** Mails of duties that were cancelled before they went out. */
  cancelled: number
  /** Duties due for more than a minute, and mails due for more than ten, that nobody has taken. */
  late: number
}

const lost = 'The sending process ended before it wrote down what the server said. The server may have the mail.'

/**
 * Takes up what was left lying, and counts what is late. Cheap: run it every few seconds.
 *
 * @param leasesHold the clock was set a moment ago: a lease that seems over may belong to a sending that is under way
 */
export async function sweepOutbox(
  tx: Transaction,
  { at, leasesHold = false }: { at: Date; leasesHold?: boolean },
): Promise<SweepResult> {
  const reclaimed = leasesHold ? 0 : await reclaim(tx, at)
  const cancelled = await tx.$executeRaw`
    update outgoing_mail m set status = 'cancelled' from mail_duty d
    where d.id = m.duty_id and d.cancelled_at is not null and m.accepted_at is null and m.status in ('queued', 'deferred') and m.attempts = 0`
  return { reclaimed, cancelled, late: await countLate(tx, at) }
}

/**
 * Compares every duty with its mails, and opens again those that have lost them. It reads all duties: run it now and then.
 *
 * @returns how many were opened again
 */
export function compareDuties(tx: Transaction): Promise<number> {
  return tx.$executeRaw`
    update mail_duty d set resolved_at = null
    where d.resolved_at is not null and d.cancelled_at is null and not exists (select from outgoing_mail m where m.duty_id = d.id)`
}

async function reclaim(tx: Transaction, at: Date): Promise<number> {
  const rows = await tx.$queryRaw<{ id: string; attempts: number }[]>`
    update outgoing_mail set status = 'deferred', next_attempt_at = ${at}, lease_until = null, last_response = ${lost}
    where id in (select id from outgoing_mail where accepted_at is null and status = 'sending' and lease_until < ${at} for update skip locked)
    returning id, attempts`
  await tx.$executeRaw`
    update mail_attempt a set result = 'ambiguous', ended_at = ${at}, response = ${lost}
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ attempts }) => attempts)}::int[]) as r (id, number)
    where a.mail_id = r.id and a.number = r.number and a.result = 'running'`
  return rows.length
}

async function countLate(tx: Transaction, at: Date): Promise<number> {
  const minuteAgo = new Date(at.getTime() - 60_000)
  const tenAgo = new Date(at.getTime() - 600_000)
  const [row] = await tx.$queryRaw<{ late: number }[]>`
    select ((select count(*) from mail_duty where resolved_at is null and cancelled_at is null and not_before < ${minuteAgo})
      + (select count(*) from outgoing_mail where accepted_at is null and status in ('queued', 'deferred') and next_attempt_at < ${tenAgo}))::int as late`
  return row?.late ?? 0
}
