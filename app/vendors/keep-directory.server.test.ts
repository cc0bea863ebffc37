import { beforeAll, expect, test } from 'vitest'

import { verifyOrganisation } from '#app/accounts/verify-organisation.server.ts'
import { withNobody, withPerson, withWorker } from '#app/platform/db.server.ts'
import { aHolder, anOrganisation, aPerson, aVendor } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'

import { addContact } from './add-contact.server.ts'
import { addFact } from './add-fact.server.ts'
import { addVendor } from './add-vendor.server.ts'
import { contactHealth } from './contact.ts'
import { editVendor } from './edit-vendor.server.ts'
import { findVendor } from './find-vendor.server.ts'
import { linkVendorOrganisation } from './link-vendor-organisation.server.ts'
import { listVendors } from './list-vendors.server.ts'
import { retireContact } from './retire-contact.server.ts'
import { retireFact } from './retire-fact.server.ts'
import { unlinkVendorOrganisation } from './unlink-vendor-organisation.server.ts'
import { verifyContact } from './verify-contact.server.ts'

const db = await testDatabase()
const operator = await anOrganisation(db.owner, 'operator')
const keeper = await aPerson(db.owner, { organisationId: operator.id, role: 'editor' })
const member = { personId: keeper.id, organisation: { kind: 'operator', role: 'editor' } } as const
const slug = 'orrery'
const entry = () => withPerson(keeper.id, (tx) => findVendor(tx, { slug, organisationId: operator.id }))
const contact = { purpose: 'legal_notices', channel: 'email', address: 'legal@orrery.example', locale: 'en' } as const

beforeAll(async () => {
  await addVendor({ member, name: 'Orrery' })
})

test('the same vendor is not added twice; another of like name gets an address of its own', async () => {
  expect(await addVendor({ member, name: 'ORRERY' })).toEqual({ allowed: false, because: 'already-there' })
  expect(await addVendor({ member, name: 'Orrery!' })).toEqual({ allowed: true, slug: 'orrery-2' })
  expect(await addVendor({ member, name: '天球儀' })).toEqual({ allowed: true, slug: 'vendor' })
})

test('names are corrected, the address stays', async () => {
  expect(await editVendor({ member, slug, name: 'Orrery AI', nameOther: 'オーラリー' })).toEqual({ allowed: true })
  expect(await entry()).toMatchObject({ slug, name: 'Orrery AI', nameOther: 'オーラリー' })
  expect(await editVendor({ member, slug: 'nobody', name: 'X' })).toEqual({ allowed: false, because: 'no-vendor' })
})

test('a second legal entity takes the place of the first, which stays in the history', async () => {
  const source = { url: 'https://orrery.example/imprint', on: '2026-11-20' }
  const fact = (value: string) => ({ kind: 'legal_entity', value, note: null, source }) as const
  expect(await addFact({ member, slug, fact: fact('Orrery Ltd') })).toEqual({ allowed: true })
  expect(await addFact({ member, slug, fact: fact('Orrery Ltd') })).toEqual({
    allowed: false,
    because: 'already-there',
  })
  expect(await addFact({ member, slug, fact: fact('Orrery plc') })).toEqual({ allowed: true })
  const found = await entry()
  expect(found?.facts).toMatchObject([
    { value: 'Orrery plc', sourceUrl: source.url, sourceOn: source.on, byOperator: true },
  ])
  expect(found?.formerFacts).toMatchObject([{ value: 'Orrery Ltd' }])
  const factId = found?.facts[0]?.id ?? ''
  expect(await retireFact({ member, slug: 'orrery-2', factId })).toEqual({ allowed: false, because: 'no-fact' })
  expect(await retireFact({ member, slug, factId })).toEqual({ allowed: true })
  expect(await retireFact({ member, slug, factId })).toEqual({ allowed: false, because: 'no-fact' })
})

test('a contact works once it is verified with its place, and no longer when it is retired', async () => {
  const added = await addContact({ member, slug, contact })
  const contactId = 'id' in added ? added.id : ''
  expect(await addContact({ member, slug, contact })).toEqual({ allowed: false, because: 'already-there' })
  const check = { how: 'reply from the address' }
  expect(await verifyContact({ member, contactId, check })).toEqual({ allowed: false, because: 'country-missing' })
  expect(await verifyContact({ member, contactId, check: { ...check, country: 'US', region: 'CA' } })).toEqual({
    allowed: false,
    because: 'time-zone-missing',
  })
  const whole = { ...check, country: 'US', region: 'CA', timeZone: 'America/Los_Angeles' }
  expect((await entry())?.contacts.map(contactHealth)).toEqual([{ working: false, because: 'not-verified' }])
  expect(await verifyContact({ member, contactId, check: whole })).toEqual({ allowed: true })
  expect(await verifyContact({ member, contactId, check: whole })).toEqual({
    allowed: false,
    because: 'already-verified',
  })
  const [found] = (await entry())?.contacts ?? []
  expect(found).toMatchObject({
    ...contact,
    country: 'US',
    region: 'CA',
    timeZone: 'America/Los_Angeles',
    verifiedHow: 'reply from the address',
  })
  expect((await withWorker(listVendors)).find((vendor) => vendor.slug === slug)).toMatchObject({
    contact: 'working',
    claimed: false,
  })
  expect(await retireContact({ member, contactId })).toEqual({ allowed: true })
  expect(await retireContact({ member, contactId })).toEqual({ allowed: false, because: 'no-contact' })
  expect((await withWorker(listVendors)).find((vendor) => vendor.slug === slug)).toMatchObject({ contact: 'retired' })
  expect(await addContact({ member, slug, contact })).toMatchObject({ allowed: true })
})

test('only a verified vendor organisation gets an entry, each one', async () => {
  const organisation = await anOrganisation(db.owner, 'vendor', { verified_at: null, verified_how: null })
  const holder = await aHolder(db.owner)
  const claimed = await aVendor(db.owner)
  const link = (organisationSlug: string, vendor = slug) =>
    linkVendorOrganisation({ member, slug: vendor, organisationSlug })
  expect(await link(holder.organisation.slug)).toEqual({ allowed: false, because: 'no-vendor-organisation' })
  expect(await link('nobody')).toEqual({ allowed: false, because: 'no-vendor-organisation' })
  expect(await link(organisation.slug)).toEqual({ allowed: false, because: 'not-verified' })
  expect(
    await verifyOrganisation({ member, slug: organisation.slug, how: 'domain orrery.example by DNS record' }),
  ).toEqual({ allowed: true })
  expect(await verifyOrganisation({ member, slug: organisation.slug, how: 'again' })).toEqual({
    allowed: false,
    because: 'already-verified',
  })
  expect(await link(claimed.organisation.slug)).toEqual({ allowed: false, because: 'organisation-linked' })
  expect(await link(organisation.slug)).toEqual({ allowed: true })
  expect(await link(claimed.organisation.slug)).toEqual({ allowed: false, because: 'vendor-claimed' })
  const claim = { organisation: organisation.name, verifiedHow: 'domain orrery.example by DNS record' }
  expect((await entry())?.claim).toMatchObject(claim)
  const seen = await withPerson(holder.person.id, (tx) =>
    findVendor(tx, { slug, organisationId: holder.organisation.id }),
  )
  expect(seen?.claim).toMatchObject(claim)
  expect(await unlinkVendorOrganisation({ member, slug })).toEqual({ allowed: true })
  expect(await unlinkVendorOrganisation({ member, slug })).toEqual({ allowed: false, because: 'not-linked' })
})

test('nobody else keeps the directory: the acts refuse, and so does the database', async () => {
  const holder = await aHolder(db.owner)
  const vendor = await aVendor(db.owner)
  const viewer = await aPerson(db.owner, { organisationId: operator.id, role: 'viewer' })
  const others = [
    { personId: holder.person.id, organisation: { kind: 'rights_holder', role: 'owner' } },
    { personId: vendor.person.id, organisation: { kind: 'vendor', role: 'owner' } },
    { personId: viewer.id, organisation: { kind: 'operator', role: 'viewer' } },
  ] as const
  const refusal = { allowed: false, because: 'not-operator' }
  const {
    contact: { id: contactId },
  } = vendor
  for (const other of others) {
    const asked = { member: other, slug }
    expect(await addVendor({ member: other, name: 'Mine' })).toEqual(refusal)
    expect(await editVendor({ ...asked, name: 'Mine' })).toEqual(refusal)
    expect(await addFact({ ...asked, fact: { kind: 'model', value: 'Mine', note: null, source: null } })).toEqual(
      refusal,
    )
    expect(await retireFact({ ...asked, factId: contactId })).toEqual(refusal)
    expect(await addContact({ ...asked, contact })).toEqual(refusal)
    expect(await verifyContact({ member: other, contactId, check: { how: 'mine' } })).toEqual(refusal)
    expect(await retireContact({ member: other, contactId })).toEqual(refusal)
    expect(await linkVendorOrganisation({ ...asked, organisationSlug: vendor.organisation.slug })).toEqual(refusal)
    expect(await unlinkVendorOrganisation(asked)).toEqual(refusal)
    expect(await verifyOrganisation({ ...asked, how: 'mine' })).toEqual(refusal)
    // A forged membership gets no further: row-level security looks at the real one.
    const forged = { personId: other.personId, organisation: { kind: 'operator', role: 'owner' } } as const
    await expect(addVendor({ member: forged, name: 'Mine' })).rejects.toThrow(/row-level security/)
    await expect(
      addContact({ member: forged, slug, contact: { ...contact, address: 'mine@x.example' } }),
    ).rejects.toThrow(/row-level security/)
    expect(await retireContact({ member: forged, contactId })).toEqual({ allowed: false, because: 'no-contact' })
    expect(await editVendor({ member: forged, slug, name: 'Mine' })).toEqual({ allowed: false, because: 'no-vendor' })
  }
  expect(await withNobody((tx) => tx.vendorContact.count())).toBe(0)
})
