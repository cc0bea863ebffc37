import type { Transaction } from '#app/platform/db.server.ts'
import { takeSteps, type StepResults } from './take-steps.server.ts'
import type { Taker } from './taker.server.ts'
import { cancelServings, lockUnsentServings } from './unsent-servings.server.ts'

/**
 * Withdraws notices, with a reason. A vendor that was written to is told; a mail that has not been composed is never sent.
 *
 * @param withdrawal.reason a text for the vendor, kept beside the chain
 */
export async function withdrawNotice(
  tx: Transaction,
  { taker, noticeIds, reason }: { taker: Taker; noticeIds: readonly string[]; reason: string },
): Promise<StepResults> {
  const unsent = await lockUnsentServings(tx, noticeIds)
  const results = await takeSteps(tx, {
    step: 'notice.withdrawn',
    noticeIds,
    taker,
    prepare: (ready) => Promise.resolve(new Map(ready.map(({ notice }) => [notice.id, { facts: { text: reason } }]))),
  })
  const gone = new Set(results.succeeded.map(({ noticeId }) => noticeId))
  await cancelServings(
    tx,
    unsent.filter(({ noticeId }) => gone.has(noticeId)),
  )
  return results
}
