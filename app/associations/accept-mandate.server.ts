import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { asMember } from '#app/notices/taker.server.ts'
import type { Signature } from './mandate.ts'
import { faultOf } from './offer-mandate.server.ts'
import { lockMandate, type NotMine } from './on-mandate.server.ts'
import { oweMandateMail } from './owe-mandate-mail.server.ts'
import { stopUncovered } from './stop-uncovered.server.ts'
import type { TermsFault } from './judge-terms.ts'
import { endVersion, settleGrant } from './write-version.server.ts'

/** The version counts, or why it does not. */
export type Accepted =
  | { readonly allowed: true }
  | NotMine
  | { readonly allowed: false; readonly because: 'gone' | 'own-offer' | 'unsigned' | TermsFault }

interface Acceptance {
  readonly member: Member
  readonly mandateId: string
  /** The version that was on the page. */
  readonly version: number
  /** Of the member, when the member accepts. */
  readonly signature: Signature | null
}

/**
 * Accepts the offer of the other side: from its first day on it counts, in place of the version before. What waits to be sent
 * under the version before and is covered no more is withdrawn. Accepting twice is accepting once.
 */
export function acceptMandate({ member, mandateId, version, signature }: Acceptance): Promise<Accepted> {
  return asMember(member, async (tx, taker): Promise<Accepted> => {
    const mandate = await lockMandate(tx, { organisationId: member.organisation.id, mandateId })
    if (mandate === null) return { allowed: false, because: 'not-an-owner' }
    const { waiting, current, side } = mandate
    if (current?.version === version && current.offeredBy !== member.organisation.id) return { allowed: true }
    if (waiting?.version !== version) return { allowed: false, because: 'gone' }
    if (waiting.offeredBy === member.organisation.id) return { allowed: false, because: 'own-offer' }
    // Whoever offered as the member has signed already.
    const signed = side === 'member' ? signature : null
    if (side === 'member' && signed === null) return { allowed: false, because: 'unsigned' }
    const fault = faultOf(mandate, waiting.terms)
    // An offer whose last day passed while it waited counts for nothing.
    if (fault === 'over-already') return { allowed: false, because: fault }

    if (current !== null) await endVersion(tx, { mandateId, version: current.version })
    await tx.mandateVersion.updateMany({
      where: { mandateId, version, acceptedAt: null, declinedAt: null },
      data: {
        acceptedBy: member.personId,
        acceptedAt: now(),
        ...(signed && { signatoryName: signed.name, signatoryCapacity: signed.capacity }),
      },
    })
    await stopUncovered(tx, { taker, mandate, remaining: waiting.terms, because: 'narrowed' })
    await settleGrant(tx, mandateId)
    await oweMandateMail(tx, { kind: 'mandate-accepted', mandate, terms: waiting.terms })
    return { allowed: true }
  })
}
