import type { Transaction } from '#app/platform/db.server.ts'
import { takeSteps, type StepResults } from './take-steps.server.ts'
import type { Taker } from './taker.server.ts'

/** Records that the vendor looks into notices that it has acknowledged. */
export function startReview(
  tx: Transaction,
  { taker, noticeIds }: { taker: Taker; noticeIds: readonly string[] },
): Promise<StepResults> {
  return takeSteps(tx, { step: 'review.started', noticeIds, taker })
}
