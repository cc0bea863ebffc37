import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { asMember } from '#app/notices/taker.server.ts'
import { findTermsFault } from './find-terms-fault.server.ts'
import { tidyTerms, type Signature, type Terms } from './mandate.ts'
import { lockMandate, type NotMine } from './on-mandate.server.ts'
import { oweMandateMail } from './owe-mandate-mail.server.ts'
import { stopUncovered } from './stop-uncovered.server.ts'
import type { TermsFault } from './judge-terms.ts'
import { recordMandateAudit } from './record-mandate-audit.server.ts'
import { endVersion, settleGrant, writeVersion } from './write-version.server.ts'

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
  /** The catalogues that the member names: an association does not see them, so it offers for all. Null: all that are offered. */
  readonly catalogues?: readonly string[] | null
}

/**
 * Accepts the offer of the other side: from its first day on it counts, in place of the version before. What waits to be sent
 * under the version before and is covered no more is withdrawn. Where the member names catalogues, the offer is accepted and
 * narrowed to them in one go, as a version of the member's own. Accepting twice is accepting once.
 */
export function acceptMandate({
  member,
  mandateId,
  version,
  signature,
  catalogues = null,
}: Acceptance): Promise<Accepted> {
  return asMember(member, async (tx, taker): Promise<Accepted> => {
    const mandate = await lockMandate(tx, { organisationId: member.organisation.id, mandateId })
    if (mandate === null) return { allowed: false, because: 'not-an-owner' }
    const { waiting, current, side } = mandate
    if (waiting?.version !== version)
      return (await wasAccepted(tx, { mandateId, version, member }))
        ? { allowed: true }
        : { allowed: false, because: 'gone' }
    if (waiting.offeredBy === member.organisation.id) return { allowed: false, because: 'own-offer' }
    // Whoever offered as the member has signed already.
    const signed = side === 'member' ? signature : null
    if (side === 'member' && signed === null) return { allowed: false, because: 'unsigned' }
    const named = signed === null ? null : namedTerms(waiting.terms, catalogues)
    const terms = named ?? waiting.terms
    const fault = await findTermsFault(tx, { mandate, terms })
    // An offer whose last day passed while it waited counts for nothing.
    if (fault === 'over-already' || fault === 'foreign-catalogue') return { allowed: false, because: fault }

    if (current !== null) await endVersion(tx, { mandateId, version: current.version })
    await tx.mandateVersion.updateMany({
      where: { mandateId, version, acceptedAt: null, declinedAt: null },
      data: {
        acceptedBy: member.personId,
        acceptedAt: now(),
        ...(signed && { signatoryName: signed.name, signatoryCapacity: signed.capacity }),
      },
    })
    await settleGrant(tx, mandateId)
    await recordMandateAudit(tx, { kind: 'mandate-accepted', mandate, version, member })
    if (named !== null && signed !== null) {
      await endVersion(tx, { mandateId, version })
      const offeredBy = { organisationId: member.organisation.id, personId: member.personId }
      const next = version + 1
      await writeVersion(tx, {
        mandateId,
        version: next,
        terms,
        document: null,
        signature: signed,
        offeredBy,
        accepted: true,
      })
      await settleGrant(tx, mandateId)
      await recordMandateAudit(tx, { kind: 'mandate-narrowed', mandate, version: next, member })
    }
    await stopUncovered(tx, { taker, mandate, remaining: terms, because: 'narrowed' })
    await oweMandateMail(tx, { kind: 'mandate-accepted', mandate, terms })
    return { allowed: true }
  })
}

// Sent twice: the version counts, or counted and was narrowed in the same go.
async function wasAccepted(
  tx: Transaction,
  { mandateId, version, member }: Pick<Acceptance, 'mandateId' | 'version' | 'member'>,
): Promise<boolean> {
  const row = await tx.mandateVersion.findFirst({
    where: {
      mandateId,
      version,
      acceptedAt: { not: null },
      revokedAt: null,
      NOT: { offeredByOrganisationId: member.organisation.id },
    },
    select: { version: true },
  })
  return row !== null
}

function namedTerms(offered: Terms, catalogues: readonly string[] | null): Terms | null {
  return catalogues === null || offered.catalogues !== null ? null : tidyTerms({ ...offered, catalogues })
}
