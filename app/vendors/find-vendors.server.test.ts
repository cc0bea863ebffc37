import { beforeAll, expect, test } from 'vitest'

import { newId } from '#app/platform/id.ts'
import { withPerson, withWorker } from '#app/platform/db.server.ts'
import { directoryEntries } from '#prisma/directory/entries.ts'
import { aHolder, insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'

import { chooseContact, contactChannels } from './contact.ts'
import { findVendors, offerVendors } from './find-vendors.server.ts'
import { seedDirectory } from './seed-directory.server.ts'
import type { VendorFilter } from './vendor.ts'

const db = await testDatabase()
const holder = await aHolder(db.owner)
const all = directoryEntries.length

type Asked = Partial<VendorFilter> & { after?: string | null; most?: number }

function find({ search = '', contact = 'any', after = null, most = 100 }: Asked = {}) {
  const organisationId = holder.organisation.id
  return withPerson(holder.person.id, (tx) =>
    findVendors(tx, { filter: { search, contact }, after, most, organisationId }),
  )
}

beforeAll(async () => {
  await withWorker((tx) => seedDirectory(tx, directoryEntries))
})

test('pages by name hold every vendor once', async () => {
  const names: string[] = []
  let after: string | null = null
  do {
    const page: Awaited<ReturnType<typeof find>> = await find({ after, most: 10 })
    expect(page.found).toBe(all)
    expect(page.vendors.length).toBeLessThanOrEqual(10)
    names.push(...page.vendors.map(({ name }) => name))
    after = page.next
  } while (after !== null)
  expect(names).toEqual(
    directoryEntries.map(({ name }) => name).toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
  )
})

test.each([
  ['gptbot', ['OpenAI']],
  ['ＧＰＴＢＯＴ', ['OpenAI']],
  ['Stable Diffusion', ['Stability AI']],
  ['阿里巴巴', ['Alibaba']],
  ['meta platforms', ['Meta']],
  ['100%', []],
  ['_', []],
  [String.raw`\ `, []],
])('a search for %j finds %j', async (search, names) => {
  const { vendors, found } = await find({ search })
  expect(vendors.filter(({ name }) => names.includes(name)).map(({ name }) => name)).toEqual(names)
  expect(found).toBe(vendors.length)
  expect(found === 0).toBe(names.length === 0)
})

test('a row says what is known and counts what it links to', async () => {
  const { vendors } = await find({ search: 'openai' })
  expect(vendors.find(({ slug }) => slug === 'openai')).toMatchObject({
    country: 'US',
    crawlers: 5,
    contacts: [],
    notices: 0,
    isInvented: false,
  })
  expect(vendors.find(({ slug }) => slug === 'openai')?.products.slice(0, 2)).toEqual(['ChatGPT', 'Sora'])
})

test('the notices of a row are those of the reader’s organisation', async () => {
  const { vendors } = await find({ search: 'openai' })
  const other = await aHolder(db.owner)
  const tally = { vendor_id: vendors[0]?.id, kind: 'exclusion', stage: 'sent', outcome: 'pending' }
  await insert(db.owner, 'notice_tally', { ...tally, holder_organisation_id: holder.organisation.id, count: 3 })
  await insert(db.owner, 'notice_tally', {
    ...tally,
    stage: 'decided',
    holder_organisation_id: holder.organisation.id,
    count: 1,
  })
  await insert(db.owner, 'notice_tally', { ...tally, holder_organisation_id: other.organisation.id, count: 7 })
  expect((await find({ search: 'openai' })).vendors[0]?.notices).toBe(4)
})

test('the database and the rule agree on which contacts work', async () => {
  const days = [null, new Date('2026-11-01'), new Date('2026-11-02')]
  const states = days.flatMap((verified_at) =>
    days.flatMap((last_failed_at) =>
      days.map((last_delivered_at) => ({ verified_at, last_failed_at, last_delivered_at })),
    ),
  )
  const contacts = states.flatMap((state) =>
    contactChannels.flatMap((channel) =>
      [null, new Date('2026-11-03')].flatMap((retired_at) =>
        ['legal_notices', 'takedown'].map((purpose) => ({ ...state, channel, retired_at, purpose })),
      ),
    ),
  )
  const at = new Date()
  for (const [index, contact] of contacts.entries()) {
    const vendor = { id: newId(), slug: `case-${index}`, name: `Case ${index}`, created_at: at, updated_at: at }
    await insert(db.owner, 'vendor', vendor)
    await insert(db.owner, 'vendor_contact', {
      id: newId(),
      vendor_id: vendor.id,
      address: 'x',
      country: 'JP',
      time_zone: 'Asia/Tokyo',
      created_at: at,
      ...contact,
    })
  }
  const most = contacts.length + all
  const working = await find({ contact: 'working', most })
  const lacking = await find({ contact: 'lacking', most })
  expect(working.found).toBeGreaterThan(0)
  expect(working.found + lacking.found).toBe(contacts.length + all)
  expect(working.vendors.filter((vendor) => chooseContact(vendor.contacts, 'exclusion') === null)).toEqual([])
  expect(lacking.vendors.filter((vendor) => chooseContact(vendor.contacts, 'exclusion') !== null)).toEqual([])
})

test.each(['exclusion', 'takedown'] as const)(
  'for an %s those that can be sent one are offered first',
  async (kind) => {
    const { vendors: known } = await find({ most: 1000 })
    const chosen = known.filter((_vendor, index) => index % 7 === 0).map(({ id }) => id)
    const wanted = { search: '', kind, chosen, organisationId: holder.organisation.id }
    const { vendors, found } = await withPerson(holder.person.id, (tx) => offerVendors(tx, { ...wanted, most: 1000 }))
    expect(found).toBe(known.length - chosen.length)
    expect(vendors.filter(({ id }) => chosen.includes(id))).toEqual([])
    const [reached, others] = [true, false].map((working) =>
      known.filter(({ id, contacts }) => !chosen.includes(id) && (chooseContact(contacts, kind) !== null) === working),
    )
    expect(reached?.length).toBeGreaterThan(0)
    expect(vendors.map(({ name }) => name)).toEqual([...(reached ?? []), ...(others ?? [])].map(({ name }) => name))
    const first = await withPerson(holder.person.id, (tx) => offerVendors(tx, { ...wanted, most: 2 }))
    expect(first).toMatchObject({ found, vendors: vendors.slice(0, 2) })
  },
)
