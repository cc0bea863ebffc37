import { asMember, type ActingMember } from '#app/notices/taker.server.ts'
import { lockMandate, type NotMine } from './on-mandate.server.ts'
import { oweMandateMail } from './owe-mandate-mail.server.ts'
import { recordMandateAudit } from './record-mandate-audit.server.ts'
import { stopUncovered } from './stop-uncovered.server.ts'
import { closeOffer, endVersion, settleGrant } from './write-version.server.ts'

/** The mandate is revoked, with the notices that were stopped; or why it is not. */
export type Revoked = { readonly allowed: true; readonly stopped: number } | NotMine

/**
 * Revokes a mandate, for an owner of either side, at once: the association sees nothing of the member any more, what it filed
 * and was not sent is withdrawn, and an offer that waits is gone. Done twice, nothing more happens.
 */
export function revokeMandate({ member, mandateId }: { member: ActingMember; mandateId: string }): Promise<Revoked> {
  return asMember(member, async (tx, taker): Promise<Revoked> => {
    const mandate = await lockMandate(tx, { organisationId: member.organisation.id, mandateId })
    if (mandate === null) return { allowed: false, because: 'not-an-owner' }
    const { current, waiting } = mandate
    const { personId } = member
    if (waiting !== null) {
      await closeOffer(tx, { mandateId, version: waiting.version, personId })
      const kind = waiting.offeredBy === member.organisation.id ? 'mandate-withdrawn' : 'mandate-declined'
      await recordMandateAudit(tx, { kind, mandate, version: waiting.version, member })
    }
    if (current === null) return { allowed: true, stopped: 0 }
    const stopped = await stopUncovered(tx, { taker, mandate, remaining: null, because: 'revoked' })
    await endVersion(tx, { mandateId, version: current.version, revokedBy: personId })
    await settleGrant(tx, mandateId)
    await oweMandateMail(tx, {
      kind: 'mandate-revoked',
      mandate,
      terms: current.terms,
      stopped,
    })
    await recordMandateAudit(tx, { kind: 'mandate-revoked', mandate, version: current.version, member })
    return { allowed: true, stopped }
  })
}
