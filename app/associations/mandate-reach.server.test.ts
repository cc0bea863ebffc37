import { expect, test } from 'vitest'
import { findNotice } from '#app/notices/find-notice.server.ts'
import { takeSteps } from '#app/notices/take-steps.server.ts'
import { asMember } from '#app/notices/taker.server.ts'
import { verifyLedger } from '#app/notices/verify-ledger.server.ts'
import { withdrawNotice } from '#app/notices/withdraw-notice.server.ts'
import { writeMessage } from '#app/notices/write-message.server.ts'
import { newId } from '#app/platform/id.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { agree, anAssociation, inForce, seeAll } from '#test/associations.ts'
import { aCatalogue, aPerson, insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { memberOf } from '#test/members.ts'
import { aNotice, aSentNotice } from '#test/notices.ts'
import type { Terms } from './mandate.ts'
import { narrowMandate } from './narrow-mandate.server.ts'

const db = await testDatabase()
const fileAll: Terms = { ...seeAll, scopes: ['view', 'file'] }
const query = { view: undefined, cursor: null, earlier: undefined } as const
const signature = { name: 'Sato Yuki', capacity: 'Head of rights' }

const reads = (personId: string) =>
  withPerson(personId, async (tx) => ({
    catalogues: (await tx.catalogue.findMany({ select: { id: true } })).map(({ id }) => id).toSorted(),
    works: await tx.work.count(),
    versions: await tx.catalogueVersion.count(),
  }))

test('who may file reads the catalogues that the mandate names, and changes none of them', async () => {
  const { association, member, mandateId } = await inForce(db.owner, fileAll)
  const one = await aCatalogue(db.owner, member.organisation.id, { works: 2 })
  const other = await aCatalogue(db.owner, member.organisation.id, { works: 3 })
  const { id } = association.person
  expect(await reads(id)).toEqual({ catalogues: [one.id, other.id].toSorted(), works: 5, versions: 2 })
  await narrowMandate({ member, mandateId, terms: { ...fileAll, catalogues: [one.id] }, signature })
  expect(await reads(id)).toEqual({ catalogues: [one.id], works: 2, versions: 1 })
  const changed = await withPerson(id, (tx) => tx.$executeRaw`update work set title = 'x'`)
  expect(changed).toBe(0)
  await narrowMandate({ member, mandateId, terms: { ...seeAll, catalogues: [one.id] }, signature })
  expect(await reads(id)).toEqual({ catalogues: [], works: 0, versions: 0 })
})

test('who may only see has the notice’s page without an act', async () => {
  const { association, pair } = await inForce(db.owner, seeAll)
  const { reference } = await aSentNotice(db.owner, pair)
  const page = await findNotice({ member: association.member, reference, query })
  expect(page).toMatchObject({ side: 'holder', role: 'viewer', byMandate: true })
  const withdrawn = await asMember(association.member, async (tx, taker) => {
    const found = await tx.notice.findUniqueOrThrow({ where: { reference }, select: { id: true } })
    return withdrawNotice(tx, { taker, noticeIds: [found.id], reason: 'Settled.' })
  })
  expect(withdrawn).toMatchObject({ succeeded: [], failed: [{ because: expect.any(String) }] })
})

test('who may file withdraws a member’s own notice, with its letter unsent, and writes; the rest stays the member’s', async () => {
  const { association, pair, mandateId } = await inForce(db.owner, fileAll)
  const [queued, sent] = [await aNotice(db.owner, pair), await aSentNotice(db.owner, pair)]
  const { member } = association
  const withdrawn = await asMember(member, (tx, taker) =>
    withdrawNotice(tx, { taker, noticeIds: [queued.id], reason: 'Settled.' }),
  )
  expect(withdrawn.succeeded).toMatchObject([{ stage: 'withdrawn' }])
  const { rows } = await db.owner.query(
    `select cancelled_at is not null as cancelled from mail_duty where notice_id = $1 and kind = 'notice-served'`,
    [queued.id],
  )
  expect(rows).toEqual([{ cancelled: true }])
  const message = { key: newId(), text: 'When do you answer?' }
  expect(await writeMessage({ member, reference: sent.reference, message })).toEqual({ done: true })
  const extended = await asMember(member, (tx, taker) =>
    takeSteps(tx, { step: 'clock.extended', noticeIds: [sent.id], taker }),
  )
  expect(extended.failed).toMatchObject([{ because: 'not-yours' }])
  const { rows: persons } = await db.owner.query(
    `select p.facts ->> 'organisation' as organisation from event_person p where notice_id = $1 order by sequence desc limit 1`,
    [queued.id],
  )
  expect(persons).toEqual([{ organisation: association.organisation.name }])
  const acts = (personId: string) =>
    withPerson(
      personId,
      (tx) => tx.$queryRaw`select reference, type, version from mandate_acts(${mandateId}::uuid, null, null, null, 10)`,
    )
  expect(await acts(pair.holder.person.id)).toEqual([
    { reference: sent.reference, type: 'message.written', version: 1 },
    { reference: queued.reference, type: 'notice.withdrawn', version: 1 },
  ])
  expect(await acts(pair.vendor.person.id)).toEqual([])
  expect(await verifyLedger({ reference: queued.reference })).toMatchObject({ notices: 1, broken: [] })
})

test('of two associations one acts for itself: what the other may, it may not', async () => {
  const { association, pair } = await inForce(db.owner, fileAll)
  const idle = await anAssociation(db.owner)
  const person = await aPerson(db.owner, { organisationId: association.organisation.id, role: 'editor' })
  await insert(db.owner, 'membership', {
    id: newId(),
    person_id: person.id,
    organisation_id: idle.organisation.id,
    role: 'owner',
    created_at: new Date(),
  })
  const { reference, id } = await aSentNotice(db.owner, pair)
  const member = memberOf(person, idle.organisation, { kind: 'association' })
  expect(await findNotice({ member, reference, query })).toBeNull()
  const taken = await asMember(member, (tx, taker) =>
    withdrawNotice(tx, { taker, noticeIds: [id], reason: 'Settled.' }),
  )
  expect(taken.failed).toMatchObject([{ because: 'not-yours' }])
})

test('an association that is a member of another is seen by its own notices, not by those of its members', async () => {
  const { association: inner, pair } = await inForce(db.owner, fileAll)
  const outer = await anAssociation(db.owner)
  await agree(outer.member, inner.member, fileAll)
  await aSentNotice(db.owner, pair)
  expect(await withPerson(outer.person.id, (tx) => tx.notice.count())).toBe(0)
  expect(await withPerson(inner.person.id, (tx) => tx.notice.count())).toBe(1)
})
