import type { Transaction } from '#app/platform/db.server.ts'
import type { CollectiveContent } from './collective.ts'
import type { FrozenAnnex } from './freeze-annexes.server.ts'
import { tieAnnexes } from './guard-annexes.server.ts'
import { findRepeatedWorks, freezeRest, type NamedWorks } from './repeated-works.server.ts'
import { pairOf } from './store-annex-notices.server.ts'

/** The works that a member names anew in its annex, and its notices there. */
export interface ChangedAnnex extends Omit<NamedWorks, 'vendors'> {
  readonly filingId: string
  readonly content: CollectiveContent
  readonly notices: readonly { readonly id: string; readonly vendorId: string }[]
}

/**
 * Asks of the works that a member names during the review what was asked when the annex was made, as the association chose for the
 * whole filing: where repeated works are left out, the notice to that vendor names the rest. Its notices are there already, so one
 * of whose works all are asked is not unmade but linked. What the works of before were tied to is forgotten.
 *
 * @returns by vendor, what its notice names instead of the whole annex
 */
export async function guardChange(
  tx: Transaction,
  { filingId, content, notices, ...named }: ChangedAnnex,
  at: Date,
): Promise<ReadonlyMap<string, FrozenAnnex>> {
  const { memberId, works } = named
  const measures = content.filing.measures.map(({ measure }) => measure)
  const asked = { ...named, vendors: notices.map(({ vendorId }) => ({ id: vendorId })) }
  const repeated = (await findRepeatedWorks(tx, [asked], { measures, filingId })).get(memberId) ?? []
  await forgetTies(
    tx,
    notices.map(({ id }) => id),
  )
  const skips = content.duplicates === 'skip'
  const whole = repeated.filter(({ duplicates }) => duplicates.covered === works.count)
  const ties = (skips ? whole : repeated).map(({ duplicates, notices: earlier }) => ({
    pair: pairOf(memberId, duplicates.vendorId),
    earlier,
  }))
  const made = new Map(notices.map(({ id, vendorId }) => [pairOf(memberId, vendorId), id]))
  await tieAnnexes(tx, { content }, { ties, made, at })
  if (!skips) return new Map()
  const some = repeated.filter((each) => each.duplicates.covered > 0 && !whole.includes(each))
  return freezeRest(tx, { memberId, repeated: some, at })
}

async function forgetTies(tx: Transaction, noticeIds: readonly string[]): Promise<void> {
  await tx.relatedNotice.deleteMany({ where: { noticeId: { in: [...noticeIds] } } })
  await tx.noticeSuccession.deleteMany({ where: { successorId: { in: [...noticeIds] }, takenAt: null } })
}
