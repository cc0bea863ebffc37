import type { Transaction } from '#app/platform/db.server.ts'
import { giveReference } from './give-reference.server.ts'
import { takeSteps, type StepResults } from './take-steps.server.ts'
import type { Taker } from './taker.server.ts'

/**
 * Records that the vendor has received notices; with its own reference, if it states one.
 *
 * @param answer.reference as `vendorReferenceSchema` reads it
 */
export async function acknowledgeNotice(
  tx: Transaction,
  { taker, noticeIds, reference }: { taker: Taker; noticeIds: readonly string[]; reference?: string | undefined },
): Promise<StepResults> {
  const results = await takeSteps(tx, { step: 'notice.acknowledged', noticeIds, taker })
  if (reference === undefined || results.succeeded.length === 0) return results
  await giveReference(tx, { taker, noticeIds: results.succeeded.map(({ noticeId }) => noticeId), reference })
  return results
}
