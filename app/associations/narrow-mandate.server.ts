import type { Member } from '#app/accounts/viewer.server.ts'
import { asMember } from '#app/notices/taker.server.ts'
import { findTermsFault } from './find-terms-fault.server.ts'
import type { TermsFault } from './judge-terms.ts'
import { differencesOf, isNarrower, tidyTerms, type Signature, type Terms } from './mandate.ts'
import { lockMandate, type NotMine } from './on-mandate.server.ts'
import { oweMandateMail } from './owe-mandate-mail.server.ts'
import { recordMandateAudit } from './record-mandate-audit.server.ts'
import { stopUncovered } from './stop-uncovered.server.ts'
import { closeOffer, endVersion, settleGrant, writeVersion, type MandateDocument } from './write-version.server.ts'

/** The narrower version counts, with the notices that it stopped; or why it does not. */
export type Narrowed =
  | { readonly allowed: true; readonly version: number; readonly stopped: number }
  | NotMine
  | { readonly allowed: false; readonly because: 'none' | 'wider' | TermsFault }

interface Narrowing {
  readonly member: Member
  readonly mandateId: string
  readonly terms: Terms
  readonly document?: MandateDocument | null
  readonly signature: Signature
}

/**
 * Takes away from a mandate, as its member: at once, nobody is asked. What is not yet sent and no longer covered is withdrawn,
 * and an own wider offer that waits is taken back. Terms that add anything are refused: those are offered.
 */
export function narrowMandate({
  member,
  mandateId,
  document = null,
  signature,
  ...given
}: Narrowing): Promise<Narrowed> {
  const terms = tidyTerms(given.terms)
  return asMember(member, async (tx, taker): Promise<Narrowed> => {
    const mandate = await lockMandate(tx, { organisationId: member.organisation.id, mandateId })
    if (mandate === null || mandate.side !== 'member') return { allowed: false, because: 'not-an-owner' }
    const { current, waiting, newest } = mandate
    if (current === null) return { allowed: false, because: 'none' }
    if (differencesOf(current.terms, terms).length === 0 && document === null)
      return { allowed: true, version: current.version, stopped: 0 }
    if (!isNarrower(terms, current.terms)) return { allowed: false, because: 'wider' }
    const fault = await findTermsFault(tx, { mandate, terms })
    if (fault !== null) return { allowed: false, because: fault }

    const { personId, organisation } = member
    if (waiting?.offeredBy === organisation.id) await closeOffer(tx, { mandateId, version: waiting.version, personId })
    await endVersion(tx, { mandateId, version: current.version })
    const version = newest + 1
    const offeredBy = { organisationId: organisation.id, personId }
    await writeVersion(tx, { mandateId, version, terms, document, signature, offeredBy, accepted: true })
    const stopped = await stopUncovered(tx, { taker, mandate, remaining: terms, because: 'narrowed' })
    await settleGrant(tx, mandateId)
    await oweMandateMail(tx, { kind: 'mandate-narrowed', mandate, terms, stopped })
    await recordMandateAudit(tx, { kind: 'mandate-narrowed', mandate, version, member })
    return { allowed: true, version, stopped }
  })
}
