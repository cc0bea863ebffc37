import type { Member } from '#app/accounts/viewer.server.ts'
import { onMandate, type NotMine } from './on-mandate.server.ts'
import { oweMandateMail } from './owe-mandate-mail.server.ts'
import { recordMandateAudit } from './record-mandate-audit.server.ts'
import { closeOffer } from './write-version.server.ts'

/** The offer is gone, or why it is not. */
export type Declined = { readonly allowed: true } | NotMine | { readonly allowed: false; readonly because: 'gone' }

/**
 * Declines the offer of the other side, or takes back the own one. What counts stays as it is; the other side is told of a no,
 * not of an offer that was taken back.
 */
export function declineMandate({
  member,
  mandateId,
  version,
}: {
  member: Member
  mandateId: string
  version: number
}): Promise<Declined> {
  return onMandate({ member, mandateId }, async (tx, mandate): Promise<Declined> => {
    const { waiting } = mandate
    if (waiting?.version !== version) {
      const declined = await tx.mandateVersion.count({ where: { mandateId, version, declinedBy: member.personId } })
      return declined > 0 ? { allowed: true } : { allowed: false, because: 'gone' }
    }
    await closeOffer(tx, { mandateId, version, personId: member.personId })
    const ours = waiting.offeredBy === member.organisation.id
    const kind = ours ? 'mandate-withdrawn' : 'mandate-declined'
    await recordMandateAudit(tx, { kind, mandate, version, member })
    if (!ours) await oweMandateMail(tx, { kind: 'mandate-declined', mandate, terms: waiting.terms })
    return { allowed: true }
  })
}
