import type { Transaction } from '#app/platform/db.server.ts'
import { takeSteps, type StepResults } from './take-steps.server.ts'
import type { Taker } from './taker.server.ts'

/**
 * Keeps the vendor's own reference with notices. The one that stands there already leaves no line; another replaces it,
 * and the ledger has both.
 *
 * @param given.reference as `vendorReferenceSchema` reads it
 */
export function giveReference(
  tx: Transaction,
  { taker, noticeIds, reference }: { taker: Taker; noticeIds: readonly string[]; reference: string },
): Promise<StepResults> {
  return takeSteps(tx, {
    step: 'reference.given',
    noticeIds,
    taker,
    prepare: async (ready) => {
      const ids = ready.map(({ notice }) => notice.id)
      const changed = await tx.$queryRaw<{ id: string }[]>`
        update notice set vendor_reference = ${reference}
        where id = any(${ids}::uuid[]) and vendor_reference is distinct from ${reference} returning id`
      return new Map(changed.map(({ id }) => [id, { facts: { reference } }]))
    },
  })
}
