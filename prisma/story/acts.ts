import type { Member } from '#app/accounts/viewer.server.ts'
import { acceptDecision } from '#app/notices/accept-decision.server.ts'
import { acknowledgeNotice } from '#app/notices/acknowledge-notice.server.ts'
import type { Answer, Setting } from '#app/notices/answers.ts'
import { declareDecision } from '#app/notices/declare-decision.server.ts'
import type { Measure } from '#app/notices/measures.ts'
import { recordReading } from '#app/notices/record-delivery.server.ts'
import { recordOutcomes } from '#app/notices/record-outcomes.server.ts'
import { startReview } from '#app/notices/start-review.server.ts'
import type { StepResults } from '#app/notices/take-steps.server.ts'
import { asBearer, asMember, type Taker } from '#app/notices/taker.server.ts'
import { withdrawNotice } from '#app/notices/withdraw-notice.server.ts'
import { linkToken, withWorker, type Transaction } from '#app/platform/db.server.ts'

/** Who answers in the story: a member in the portal, or a contact who opened the link of the mail. */
export type Actor = { member: Member } | { bearer: { name: string; role: string } }

type Act = (tx: Transaction, taker: Taker, noticeIds: string[]) => Promise<StepResults>

/** The notice of the newest filing to this vendor by this holder. */
export async function noticeTo(vendorId: string, holder: Member): Promise<string> {
  const { id } = await withWorker((tx) =>
    tx.notice.findFirstOrThrow({
      where: { vendorId, holderOrganisationId: holder.organisation.id },
      orderBy: { id: 'desc' },
      select: { id: true },
    }),
  )
  return id
}

/** The acts of the story, each through the same door as on the page. */
export const acts = {
  read: (): Act => (tx, taker, noticeIds) => recordReading(tx, { taker, noticeIds }),
  acknowledge:
    (reference?: string): Act =>
    (tx, taker, noticeIds) =>
      acknowledgeNotice(tx, { taker, noticeIds, reference }),
  review: (): Act => (tx, taker, noticeIds) => startReview(tx, { taker, noticeIds }),
  answer:
    (settings: readonly Setting[]): Act =>
    async (tx, taker, noticeIds) => {
      const recorded = await recordOutcomes(tx, { taker, noticeIds, settings })
      if (!recorded.accepted) throw new Error(`The story answers wrongly: ${JSON.stringify(recorded.faults)}`)
      return recorded
    },
  declare:
    (rest: Partial<Record<Measure, Answer>>): Act =>
    async (tx, taker, noticeIds) => {
      const declared = await declareDecision(tx, { taker, noticeIds, rest })
      if (!declared.accepted) throw new Error(`The story decides wrongly: ${JSON.stringify(declared)}`)
      return declared
    },
  accept: (): Act => (tx, taker, noticeIds) => acceptDecision(tx, { taker, noticeIds }),
  withdraw:
    (reason: string): Act =>
    (tx, taker, noticeIds) =>
      withdrawNotice(tx, { taker, noticeIds, reason }),
} as const

/** Lets somebody do something to a notice, and insists that it happened. */
export async function perform(actor: Actor, noticeId: string, act: Act): Promise<void> {
  const results =
    'member' in actor
      ? await asMember(actor.member, (tx, taker) => act(tx, taker, [noticeId]))
      : await asContact(actor.bearer, noticeId, act)
  if (results.failed.length > 0)
    throw new Error(`The story is stuck at notice ${noticeId}: ${JSON.stringify(results.failed)}`)
}

async function asContact(bearer: { name: string; role: string }, noticeId: string, act: Act): Promise<StepResults> {
  const link = await withWorker((tx) => tx.noticeLink.findFirstOrThrow({ where: { noticeId }, select: { id: true } }))
  const result = await asBearer(
    linkToken(link.id),
    { ...bearer, networkAddress: '192.0.2.10', confirmed: true },
    (tx, taker) => act(tx, taker, [noticeId]),
  )
  if (!result.open) throw new Error(`The link of notice ${noticeId} is ${result.because}`)
  return result.value
}
