import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { findTermsFault } from './find-terms-fault.server.ts'
import type { TermsFault } from './judge-terms.ts'
import { differencesOf, tidyTerms, type Signature, type Terms } from './mandate.ts'
import { lockMandate, type LockedMandate } from './on-mandate.server.ts'
import { oweMandateMail } from './owe-mandate-mail.server.ts'
import { recordMandateAudit } from './record-mandate-audit.server.ts'
import { writeVersion, type MandateDocument } from './write-version.server.ts'

/** Terms that one side puts before the other. */
export interface Offer {
  readonly member: Member
  /** Which side the asker's organisation is; an association can be a member of another. */
  readonly as: 'association' | 'member'
  /** The organisation on the other side. */
  readonly withId: string
  readonly terms: Terms
  readonly document?: MandateDocument | null
  /** Of the member, when the member offers. */
  readonly signature: Signature | null
}

/** The offer waits for the other side, or why there is none. */
export type Offered =
  | { readonly allowed: true; readonly mandateId: string; readonly version: number }
  | {
      readonly allowed: false
      readonly because: 'not-an-owner' | 'no-partner' | 'unsigned' | 'offer-waits' | TermsFault
    }

/**
 * Offers a mandate, or a new version of one. Nothing changes until the other side accepts. The same offer sent twice is there
 * once; while one waits, no other can be made.
 */
export function offerMandate(offer: Offer): Promise<Offered> {
  return withPerson(offer.member.personId, (tx) => offerWithin(tx, offer))
}

/** The same within a transaction, for many offers made together. */
export async function offerWithin(tx: Transaction, offer: Offer): Promise<Offered> {
  const { member, as, withId, signature } = offer
  if (as === 'member' && signature === null) return { allowed: false, because: 'unsigned' }
  const own = member.organisation.id
  const sides =
    as === 'association' ? { associationId: own, memberId: withId } : { associationId: withId, memberId: own }
  const mandateId = await findOrBegin(tx, { ...sides, personId: member.personId })
  if (mandateId === null) return { allowed: false, because: 'no-partner' }
  const mandate = await lockMandate(tx, { organisationId: own, mandateId })
  if (mandate === null) return { allowed: false, because: 'not-an-owner' }
  return offerVersion(tx, { mandate, offer: { ...offer, terms: tidyTerms(offer.terms) } })
}

async function offerVersion(
  tx: Transaction,
  { mandate, offer }: { mandate: LockedMandate; offer: Offer },
): Promise<Offered> {
  const { id: mandateId, waiting, current, newest } = mandate
  const { member, terms, document = null, signature } = offer
  if (waiting !== null) {
    const isSame = waiting.offeredBy === member.organisation.id && differencesOf(waiting.terms, terms).length === 0
    return isSame ? { allowed: true, mandateId, version: waiting.version } : { allowed: false, because: 'offer-waits' }
  }
  const fault = await findTermsFault(tx, { mandate, terms })
  if (fault !== null) return { allowed: false, because: fault }
  if (current !== null && document === null && differencesOf(current.terms, terms).length === 0)
    return { allowed: false, because: 'unchanged' }
  const version = newest + 1
  const offeredBy = { organisationId: member.organisation.id, personId: member.personId }
  await writeVersion(tx, { mandateId, version, terms, document, signature, offeredBy, accepted: false })
  await oweMandateMail(tx, { kind: 'mandate-offered', mandate, terms })
  await recordMandateAudit(tx, { kind: 'mandate-offered', mandate, version, member })
  return { allowed: true, mandateId, version }
}

type Sides = { associationId: string; memberId: string; personId: string }

async function findOrBegin(tx: Transaction, { associationId, memberId, personId }: Sides): Promise<string | null> {
  const [allowed] = await tx.$queryRaw<{ may: boolean }[]>`
    select mandate_may_begin(${associationId}::uuid, ${memberId}::uuid) and ${associationId}::uuid <> ${memberId}::uuid as may`
  if (allowed?.may !== true) return null
  await tx.$executeRaw`
    insert into mandate (id, association_id, member_id, created_by, created_at)
    values (${newId()}::uuid, ${associationId}::uuid, ${memberId}::uuid, ${personId}::uuid, ${now()})
    on conflict (association_id, member_id) do nothing`
  const found = await tx.mandate.findUnique({
    where: { associationId_memberId: { associationId, memberId } },
    select: { id: true },
  })
  return found?.id ?? null
}
