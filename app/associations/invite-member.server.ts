import { normalText } from '#app/platform/normal-text.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { oweAccountMail } from '#app/accounts/owe-account-mail.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { newId } from '#app/platform/id.ts'
import type { MandateFacts } from '#emails/mandate-facts.ts'
import type { Terms } from './mandate.ts'
import { offerWithin } from './offer-mandate.server.ts'

/** A member whom an association invites. */
export interface MemberToInvite {
  readonly email: string
  /** As the association calls it. */
  readonly name: string
  readonly terms: Terms
}

/** What came of it: an offer, a mail that invites to sign up, nothing because it was done, or why not. */
export type InviteResult =
  | 'offered'
  | 'invited'
  | 'invited-already'
  | 'in-force-already'
  | 'offer-waits'
  | 'several'
  | 'not-an-owner'
  | 'not-verified'
  | 'ends-before-start'
  | 'over-already'
  | 'starts-later'
  | 'foreign-catalogue'

/**
 * Puts a mandate before a member: as an offer, where the address owns an organisation here, else as a mail that invites to sign
 * up with that address. Done twice, the member is asked once.
 */
export function inviteMember(member: Member, invited: MemberToInvite): Promise<InviteResult> {
  return withPerson(member.personId, async (tx): Promise<InviteResult> => {
    const associationId = member.organisation.id
    const [standing] = await tx.$queryRaw<{ owns: boolean; verified: boolean }[]>`
      select ${associationId}::uuid in (select my_organisations_as('{owner}')) as owns, is_verified(${associationId}::uuid) as verified`
    if (standing?.owns !== true) return 'not-an-owner'
    if (!standing.verified) return 'not-verified'
    const owned = await tx.$queryRaw<{ id: string; name: string }[]>`
      select organisation_id as id, name from mandate_members_at(${associationId}::uuid, ${invited.email})`
    if (owned.length === 0) return inviteByMail(tx, member, invited)
    const named = owned.length === 1 ? owned : owned.filter(({ name }) => folded(name) === folded(invited.name))
    const [only] = named
    if (only === undefined || named.length > 1) return 'several'
    return offerTo(tx, { member, withId: only.id, terms: invited.terms })
  })
}

async function offerTo(
  tx: Transaction,
  { member, withId, terms }: { member: Member; withId: string; terms: Terms },
): Promise<InviteResult> {
  const offered = await offerWithin(tx, { member, as: 'association', withId, terms, signature: null })
  if (offered.allowed) return 'offered'
  if (offered.because === 'unchanged') return 'in-force-already'
  return offered.because === 'no-partner' || offered.because === 'unsigned' ? 'not-verified' : offered.because
}

async function inviteByMail(tx: Transaction, member: Member, invited: MemberToInvite): Promise<InviteResult> {
  const { email, name, terms } = invited
  const { id: associationId, name: association, nameOther: associationOther } = member.organisation
  if (terms.endsOn !== null && terms.endsOn < now().toISOString().slice(0, 10)) return 'over-already'
  const added = await tx.$executeRaw`
    insert into mandate_invitation (id, association_id, email, name, scopes, approval_required, starts_on, ends_on, invited_by, invited_at)
    values (${newId()}::uuid, ${associationId}::uuid, ${email}, ${name}, ${[...terms.scopes]}::text[], ${terms.approvalRequired},
      ${terms.startsOn}::date, ${terms.endsOn}::date, ${member.personId}::uuid, ${now()})
    on conflict do nothing`
  if (added === 0) return 'invited-already'
  const { locale } = await tx.organisation.findUniqueOrThrow({
    where: { id: associationId },
    select: { locale: true },
  })
  const facts: MandateFacts = {
    reader: 'member',
    association,
    associationOther,
    member: name,
    scopes: [...terms.scopes],
    startsOn: terms.startsOn,
    endsOn: terms.endsOn,
    stopped: 0,
    url: `${env().BASE_URL}/sign-up`,
  }
  await oweAccountMail(tx, {
    kind: 'mandate-invitation',
    address: email,
    organisationId: associationId,
    locale: locale === 'ja' ? 'ja' : 'en',
    facts,
  })
  return 'invited'
}

function folded(name: string): string {
  return normalText(name, 'NFKC').toLowerCase().replaceAll(/\s+/gu, '')
}
