import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { takeSteps, type StepResults } from './take-steps.server.ts'
import type { Taker } from './taker.server.ts'

/**
 * Withdraws notices, with a reason. A vendor that was written to is told; a mail that has not been composed is never sent.
 *
 * @param withdrawal.reason a text for the vendor, kept beside the chain
 */
export async function withdrawNotice(
  tx: Transaction,
  { taker, noticeIds, reason }: { taker: Taker; noticeIds: readonly string[]; reason: string },
): Promise<StepResults> {
  // The duties first, as the worker takes them: whoever comes second finds the other's work done.
  const duties = await tx.$queryRaw<{ id: string; noticeId: string }[]>`
    select id, notice_id as "noticeId" from mail_duty
    where notice_id = any(${[...noticeIds]}::uuid[]) and kind = 'notice-served' and resolved_at is null and cancelled_at is null
    order by id for update`
  const results = await takeSteps(tx, {
    step: 'notice.withdrawn',
    noticeIds,
    taker,
    prepare: (ready) => Promise.resolve(new Map(ready.map(({ notice }) => [notice.id, { facts: { text: reason } }]))),
  })
  const gone = new Set(results.succeeded.map(({ noticeId }) => noticeId))
  const cancelled = duties.filter(({ noticeId }) => gone.has(noticeId)).map(({ id }) => id)
  if (cancelled.length > 0)
    await tx.mailDuty.updateMany({ where: { id: { in: cancelled } }, data: { cancelledAt: now() } })
  return results
}
