import type pg from 'pg'
import type { Member } from '#app/accounts/viewer.server.ts'
import { acceptMandate } from '#app/associations/accept-mandate.server.ts'
import type { Terms } from '#app/associations/mandate.ts'
import { offerMandate } from '#app/associations/offer-mandate.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { anOrganisation, aPerson } from './builders.ts'
import { memberOf } from './members.ts'
import { aPair } from './notices.ts'

/** Who signs for members in tests. */
export const signature = { name: 'Sato Yuki', capacity: 'Head of rights' }

/** The day this many days from today, by the machine's clock. */
export const dayFromNow = (offset: number): string =>
  new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

/** Terms that let see everything. */
export const seeAll: Terms = {
  scopes: ['view'],
  vendors: null,
  measures: null,
  catalogues: null,
  approvalRequired: false,
  startsOn: dayFromNow(-3),
  endsOn: null,
}

/** A verified association with its owner. */
export async function anAssociation(owner: pg.Pool) {
  const organisation = await anOrganisation(owner, 'association')
  const person = await aPerson(owner, { organisationId: organisation.id })
  return { organisation, person, member: memberOf(person, organisation, { kind: 'association' }) }
}

/** Offers terms as an association and accepts them as its member. */
export async function agree(association: Member, member: Member, terms: Terms): Promise<string> {
  const withId = member.organisation.id
  const offered = await offerMandate({ member: association, as: 'association', withId, terms, signature: null })
  if (!offered.allowed) throw new Error(offered.because)
  const { mandateId, version } = offered
  const accepted = await acceptMandate({ member, mandateId, version, signature })
  if (!accepted.allowed) throw new Error(accepted.because)
  return mandateId
}

/** An association, a holder and a vendor, with a mandate between the first two. */
export async function inForce(owner: pg.Pool, terms: Terms) {
  const [association, pair] = [await anAssociation(owner), await aPair(owner)]
  const { member } = pair.holder
  return { association, pair, member, mandateId: await agree(association.member, member, terms) }
}

/** Whether a person sees a notice. */
export const seesNotice = (personId: string, id: string): Promise<boolean> =>
  withPerson(personId, async (tx) => (await tx.notice.count({ where: { id } })) === 1)

/** Makes a notice one that an association filed for its holder. */
export async function filedBy(owner: pg.Pool, associationId: string, noticeId: string): Promise<void> {
  await owner.query('update notice set filed_by_organisation_id = $1 where id = $2', [associationId, noticeId])
  await owner.query(
    'update filing set filed_by_organisation_id = $1 where id = (select filing_id from notice where id = $2)',
    [associationId, noticeId],
  )
}

/** What the mails of a kind about mandates say that are owed to a person. */
export async function mandateMails(owner: pg.Pool, kind: string, personId: string) {
  const { rows } = await owner.query<{ facts: { stopped: number; reader: string; url: string } }>(
    'select facts from mail_duty where kind = $1 and person_id = $2',
    [kind, personId],
  )
  return rows.map(({ facts }) => facts)
}
