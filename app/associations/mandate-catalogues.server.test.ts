import { expect, test } from 'vitest'
import { withPerson } from '#app/platform/db.server.ts'
import { anAssociation, inForce, seeAll, signature } from '#test/associations.ts'
import { aCatalogue, aHolder } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { memberOf } from '#test/members.ts'
import { acceptMandate } from './accept-mandate.server.ts'
import type { Terms } from './mandate.ts'
import { refusalWords } from './mandate-words.ts'
import { narrowMandate } from './narrow-mandate.server.ts'
import { offerMandate } from './offer-mandate.server.ts'

const db = await testDatabase()
const fileAll: Terms = { ...seeAll, scopes: ['view', 'file'] }
const refused = { allowed: false, because: 'foreign-catalogue' } as const

/** A member with a catalogue, an association, and another holder’s catalogue with works. */
async function aMember() {
  const [association, holder, stranger] = [
    await anAssociation(db.owner),
    await aHolder(db.owner),
    await aHolder(db.owner),
  ]
  const own = await aCatalogue(db.owner, holder.organisation.id, { works: 2 })
  const foreign = await aCatalogue(db.owner, stranger.organisation.id, { works: 3 })
  return { association, member: memberOf(holder.person, holder.organisation), own, foreign }
}

test('an offer names catalogues of the member alone, whichever side makes it', async () => {
  const { association, member, own, foreign } = await aMember()
  const byAssociation = {
    member: association.member,
    as: 'association',
    withId: member.organisation.id,
    signature: null,
  } as const
  const byMember = { member, as: 'member', withId: association.organisation.id, signature } as const
  const both = { ...fileAll, catalogues: [own.id, foreign.id] }
  expect(await offerMandate({ ...byAssociation, terms: both })).toEqual(refused)
  expect(await offerMandate({ ...byMember, terms: both })).toEqual(refused)
  expect(await offerMandate({ ...byMember, terms: { ...fileAll, catalogues: [crypto.randomUUID()] } })).toEqual(refused)
  expect(refusalWords[refused.because]?.()).toMatch(/not the member’s/)
  expect(await offerMandate({ ...byMember, terms: { ...fileAll, catalogues: [own.id] } })).toMatchObject({
    allowed: true,
  })
})

test('who accepts names catalogues of the member alone, and nothing is accepted otherwise', async () => {
  const { association, member, own, foreign } = await aMember()
  const offered = await offerMandate({
    member: association.member,
    as: 'association',
    withId: member.organisation.id,
    terms: fileAll,
    signature: null,
  })
  const mandateId = offered.allowed ? offered.mandateId : ''
  const accept = { member, mandateId, version: 1, signature } as const
  expect(await acceptMandate({ ...accept, catalogues: [own.id, foreign.id] })).toEqual(refused)
  const seen = () =>
    withPerson(association.person.id, async (tx) => ({
      catalogues: (await tx.catalogue.findMany({ select: { id: true } })).map(({ id }) => id),
      works: await tx.work.count(),
      versions: await tx.catalogueVersion.count(),
    }))
  expect(await seen()).toEqual({ catalogues: [], works: 0, versions: 0 })
  expect(await acceptMandate({ ...accept, catalogues: [own.id] })).toEqual({ allowed: true })
  expect(await seen()).toEqual({ catalogues: [own.id], works: 2, versions: 1 })
})

test('what is narrowed names catalogues of the member alone', async () => {
  const { member, mandateId } = await inForce(db.owner, fileAll)
  const { foreign } = await aMember()
  const narrowed = await narrowMandate({
    member,
    mandateId,
    terms: { ...fileAll, catalogues: [foreign.id] },
    signature,
  })
  expect(narrowed).toEqual(refused)
})

test('a foreign catalogue that stands in an offer already is not accepted, and shows nothing', async () => {
  const { association, member, own, foreign } = await aMember()
  const offered = await offerMandate({
    member: association.member,
    as: 'association',
    withId: member.organisation.id,
    terms: { ...fileAll, catalogues: [own.id] },
    signature: null,
  })
  const mandateId = offered.allowed ? offered.mandateId : ''
  // As it may stand in a portal that is older than the rule.
  const named = `array['${own.id}', '${foreign.id}']::uuid[]`
  await db.owner.query(`alter table mandate_version disable trigger user`)
  await db.owner.query(`update mandate_version set catalogues = ${named} where mandate_id = $1`, [mandateId])
  await db.owner.query(`alter table mandate_version enable trigger user`)
  expect(await acceptMandate({ member, mandateId, version: 1, signature })).toEqual(refused)
  const asPerson = withPerson(
    member.personId,
    (tx) =>
      tx.$executeRaw`update mandate_version set accepted_at = now(), accepted_by = ${member.personId}::uuid,
        signatory_name = 'x', signatory_capacity = 'y' where mandate_id = ${mandateId}::uuid`,
  )
  await expect(asPerson).rejects.toThrow(/not its member/)
})

test('the database refuses a version with a foreign catalogue, also from an owner who writes past the act', async () => {
  const { association, mandateId } = await inForce(db.owner, fileAll)
  const { foreign } = await aMember()
  const written = withPerson(
    association.person.id,
    (tx) => tx.$executeRaw`
      insert into mandate_version (mandate_id, version, scopes, catalogues, starts_on, offered_by_organisation_id, offered_by, offered_at)
      values (${mandateId}::uuid, 2, '{view}', array[${foreign.id}::uuid], current_date, ${association.organisation.id}::uuid, ${association.person.id}::uuid, now())`,
  )
  await expect(written).rejects.toThrow(/not its member/)
})
