import type { Member } from '#app/accounts/viewer.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { acceptDecision } from './accept-decision.server.ts'
import { acknowledgeNotice } from './acknowledge-notice.server.ts'
import type { Untaken } from './explain-refusals.server.ts'
import { giveReference } from './give-reference.server.ts'
import type { PageAct } from './page-acts.ts'
import { recordReading } from './record-delivery.server.ts'
import { startReview } from './start-review.server.ts'
import type { StepResults } from './take-steps.server.ts'
import { asMember, type Taker } from './taker.server.ts'

/** What came of an act: done, refused by a rule, or no such notice for this organisation. */
export type ActResult = { readonly done: true } | { readonly done: false; readonly untaken: Untaken }

/**
 * Does one of the acts that stand on a notice's own page.
 *
 * @returns null when the member's organisation has no notice of this reference
 */
export function actOnNotice({
  member,
  reference,
  act,
}: {
  member: Member
  reference: string
  act: PageAct
}): Promise<ActResult | null> {
  return asMember(member, async (tx, taker) => {
    const found = await tx.notice.findUnique({ where: { reference }, select: { id: true } })
    if (!found) return null
    const { failed } = await perform(tx, { taker, noticeIds: [found.id] }, act)
    const [untaken] = failed
    return untaken ? { done: false, untaken } : { done: true }
  })
}

function perform(
  tx: Transaction,
  asked: { taker: Taker; noticeIds: readonly string[] },
  act: PageAct,
): Promise<StepResults> {
  switch (act.act) {
    case 'notice.acknowledged':
      return acknowledgeNotice(tx, { ...asked, reference: act.reference })
    case 'reference.given':
      return giveReference(tx, { ...asked, reference: act.reference })
    case 'review.started':
      return startReview(tx, asked)
    case 'decision.accepted':
      return acceptDecision(tx, asked)
    default:
      // Another act would not compile here.
      act satisfies { act: 'message.delivered' }
      return recordReading(tx, asked)
  }
}
