import type { Transaction } from '#app/platform/db.server.ts'
import { takeSteps, type StepResults } from './take-steps.server.ts'
import type { Taker } from './taker.server.ts'

/** Records that the holder accepts what the vendor decided, which ends the challenge window. */
export function acceptDecision(
  tx: Transaction,
  { taker, noticeIds }: { taker: Taker; noticeIds: readonly string[] },
): Promise<StepResults> {
  return takeSteps(tx, { step: 'decision.accepted', noticeIds, taker })
}
