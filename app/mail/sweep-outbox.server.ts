import type { Transaction } from '#app/platform/db.server.ts'
import { endsOfIds, nextPart, type Part } from '#app/platform/walk-table.server.ts'

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

/** How many duties one comparison looks at among the newest, and as many among all. */
const dutiesAtOnce = 20_000

/**
 * Compares duties with their mails, and opens again those that have lost them: the newest each time, and of all the next
 * part, so that all have their turn. Run it now and then.
 *
 * @returns how many were opened again
 */
export async function compareDuties(tx: Transaction, atOnce: number = dutiesAtOnce): Promise<number> {
  const among = await nextPart(tx, 'duties', async (after) => {
    const [end] = await tx.$queryRaw<{ id: string }[]>`
      select id from mail_duty where id > ${after}::uuid order by id offset ${atOnce - 1}::int limit 1`
    return end?.id
  })
  const [newest] = await tx.$queryRaw<{ id: string }[]>`
    select id from mail_duty order by id desc offset ${atOnce}::int limit 1`
  return (
    (await openLost(tx, { after: newest?.id ?? endsOfIds.first, upTo: endsOfIds.last })) + (await openLost(tx, among))
  )
}

// The bounds stand on both sides, so that neither table is read beyond them.
function openLost(tx: Transaction, { after, upTo }: Part): Promise<number> {
  return tx.$executeRaw`
    update mail_duty d set resolved_at = null
    where d.id > ${after}::uuid and d.id <= ${upTo}::uuid and d.resolved_at is not null and d.cancelled_at is null
      and not exists (select from outgoing_mail m where m.duty_id = d.id and m.duty_id > ${after}::uuid and m.duty_id <= ${upTo}::uuid)`
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
