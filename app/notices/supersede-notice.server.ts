import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { openStages } from './stages.ts'
import { takeSteps, type StepResults } from './take-steps.server.ts'
import { asSystem, type Taker } from './taker.server.ts'

/** What came of superseding: ordered for the moment at which the new notice is served, or done at once. */
export type Superseded =
  | { readonly because: 'unknown' }
  | { readonly because: null; readonly ordered: readonly string[]; readonly results: StepResults }

const nothing: StepResults = { succeeded: [], failed: [] }

/**
 * Lets a notice take the place of older ones of the same holder to the same vendor. One that has not been served yet
 * takes it when it is: until then nothing happens that the vendor sees, and a recall undoes the order by itself.
 *
 * For a filing: call it within its transaction for every notice that was submitted, with the older notices that its filer
 * chose to supersede; those of other vendors, and those that have ended, are passed over. One that is yet to be sent gives way
 * once it was served, too.
 */
export async function supersedeNotices(
  tx: Transaction,
  { taker, noticeIds, successorId }: { taker: Taker; noticeIds: readonly string[]; successorId: string },
): Promise<Superseded> {
  const successor = await tx.notice.findUnique({
    where: { id: successorId },
    select: { id: true, reference: true, servedAt: true, vendorId: true, holderOrganisationId: true },
  })
  if (!successor) return { because: 'unknown' }
  const { vendorId, holderOrganisationId } = successor
  const older = await tx.notice.findMany({
    where: {
      id: { in: [...noticeIds], not: successorId },
      vendorId,
      holderOrganisationId,
      stage: { in: ['awaiting_approval', 'queued', ...openStages, 'decided'] },
    },
    select: { id: true, servedAt: true },
  })
  const ordered = older.map(({ id }) => id)
  const served = older.flatMap(({ id, servedAt }) => (servedAt === null ? [] : [id]))
  await order(tx, ordered, successorId)
  const results = successor.servedAt === null ? nothing : await take(tx, { taker, noticeIds: served, successor })
  return { because: null, ordered, results }
}

async function order(tx: Transaction, noticeIds: readonly string[], successorId: string): Promise<void> {
  await tx.noticeSuccession.deleteMany({ where: { successorId, takenAt: null, noticeId: { notIn: [...noticeIds] } } })
  if (noticeIds.length === 0) return
  await tx.$executeRaw`
    insert into notice_succession (notice_id, successor_id, ordered_at)
    select id, ${successorId}::uuid, ${now()}::timestamptz from unnest(${[...noticeIds]}::uuid[]) id
    on conflict (notice_id) do update set successor_id = excluded.successor_id, ordered_at = excluded.ordered_at
    where notice_succession.taken_at is null`
}

async function take(
  tx: Transaction,
  {
    taker,
    noticeIds,
    successor,
  }: { taker: Taker; noticeIds: readonly string[]; successor: { readonly id: string; readonly reference: string } },
): Promise<StepResults> {
  const results = await takeSteps(tx, {
    step: 'notice.superseded',
    noticeIds,
    taker,
    prepare: (ready) =>
      Promise.resolve(new Map(ready.map(({ notice }) => [notice.id, { payload: { by: successor.reference } }]))),
  })
  const taken = results.succeeded.map(({ noticeId }) => noticeId)
  await tx.noticeSuccession.updateMany({
    where: { noticeId: { in: taken }, successorId: successor.id },
    data: { takenAt: now() },
  })
  // An order that cannot be carried out any more is none: the notice went another way.
  await tx.noticeSuccession.deleteMany({
    where: { noticeId: { in: results.failed.map(({ noticeId }) => noticeId) }, takenAt: null },
  })
  return results
}

const batch = 100

/**
 * Carries out the orders whose new notice was served. In the worker process; run it as often as you like, and after any
 * time in which it did not run.
 *
 * @returns how many notices were superseded
 */
export function supersedeServed(): Promise<number> {
  return asSystem(async (tx, taker) => {
    const due = await tx.$queryRaw<{ id: string; reference: string; noticeIds: string[] }[]>`
      select s.id, s.reference, array_agg(c.notice_id order by c.notice_id) as "noticeIds"
      from (select c.* from notice_succession c join notice n on n.id = c.successor_id
        join notice o on o.id = c.notice_id
        where c.taken_at is null and n.served_at is not null and (o.served_at is not null or o.stage not in ('awaiting_approval', 'queued')) order by c.ordered_at limit ${batch}) c
      join notice s on s.id = c.successor_id group by s.id, s.reference order by s.id`
    let count = 0
    for (const { noticeIds, ...successor } of due) {
      count += (await take(tx, { taker, noticeIds, successor })).succeeded.length
    }
    return count
  })
}
