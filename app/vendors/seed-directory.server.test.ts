import { expect, test } from 'vitest'

import { withNobody, withPerson, withWorker } from '#app/platform/db.server.ts'
import { directoryEntries } from '#prisma/directory/entries.ts'
import { anOrganisation, aPerson } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'

import { addFact } from './add-fact.server.ts'
import type { DirectoryEntry } from './directory.ts'
import { findVendor } from './find-vendor.server.ts'
import { retireFact } from './retire-fact.server.ts'
import { seedDirectory } from './seed-directory.server.ts'

const db = await testDatabase()
const organisation = await anOrganisation(db.owner, 'operator')
const person = await aPerson(db.owner, { organisationId: organisation.id })
const member = { personId: person.id, organisation: { kind: 'operator', role: 'owner' } } as const
const entryOf = (slug: string) =>
  withPerson(person.id, (tx) => findVendor(tx, { slug, organisationId: organisation.id }))
const valuesOf = async (slug: string) => (await entryOf(slug))?.facts.map(({ kind, value }) => `${kind} ${value}`)

test('the whole directory is written once, and again without a change', async () => {
  const facts = directoryEntries.flatMap((entry) => entry.facts).length
  expect(await withWorker((tx) => seedDirectory(tx, directoryEntries))).toEqual({
    vendors: directoryEntries.length,
    added: facts,
    changed: 0,
    retired: 0,
  })
  expect(await withWorker((tx) => seedDirectory(tx, directoryEntries))).toMatchObject({
    added: 0,
    changed: 0,
    retired: 0,
  })
  expect(await withNobody((tx) => tx.vendor.count())).toBe(directoryEntries.length)
  expect(await withPerson(person.id, (tx) => tx.vendorContact.count())).toBe(0)
})

test('an entry reads back as it was written, in its order', async () => {
  const [first] = directoryEntries
  const entry = await entryOf('openai')
  expect(first?.slug).toBe('openai')
  expect(entry).toMatchObject({ name: 'OpenAI', claim: null, contacts: [], notices: 0, formerFacts: [] })
  expect(
    entry?.facts.map(({ kind, value, note, sourceUrl, sourceOn }) => ({ kind, value, note, sourceUrl, sourceOn })),
  ).toEqual(
    first?.facts.map(({ kind, value, note, source }) => ({
      kind,
      value,
      note,
      sourceUrl: source?.url ?? null,
      sourceOn: source?.on ?? null,
    })),
  )
})

const entry: DirectoryEntry = {
  slug: 'northlight',
  name: 'Northlight',
  nameOther: null,
  facts: [
    { kind: 'model', value: 'Aurora 1', note: null, source: null },
    { kind: 'model', value: 'Aurora 2', note: null, source: null },
    {
      kind: 'crawler',
      value: 'NorthBot',
      note: 'training',
      source: { url: 'https://list.example/', on: '2026-08-22' },
    },
  ],
}
const seed = (facts: DirectoryEntry['facts']) => withWorker((tx) => seedDirectory(tx, [{ ...entry, facts }]))

test('a newer list changes a source, retires what it no longer holds, and keeps the operator’s word', async () => {
  await seed(entry.facts)
  const models = (await entryOf('northlight'))?.facts ?? []
  expect(
    await addFact({
      member,
      slug: 'northlight',
      fact: { kind: 'product', value: 'Lantern', note: null, source: null },
    }),
  ).toEqual({ allowed: true })
  expect(await retireFact({ member, slug: 'northlight', factId: models[1]?.id ?? '' })).toEqual({ allowed: true })

  const newer = { url: 'https://list.example/', on: '2026-11-01' }
  const result = await seed([
    { kind: 'model', value: 'Aurora 2', note: null, source: null },
    { kind: 'crawler', value: 'NorthBot', note: 'search', source: newer },
  ])
  expect(result).toEqual({ vendors: 1, added: 0, changed: 1, retired: 1 })
  expect(await valuesOf('northlight')).toEqual(['crawler NorthBot', 'product Lantern'])
  const now = await entryOf('northlight')
  expect(now?.facts[0]).toMatchObject({ note: 'search', sourceOn: '2026-11-01' })
  expect(now?.formerFacts.map(({ value }) => value).toSorted()).toEqual(['Aurora 1', 'Aurora 2'])
})

test('a seeding leaves alone the vendors that it does not name', async () => {
  const before = await valuesOf('openai')
  await seed(entry.facts)
  expect(await valuesOf('openai')).toEqual(before)
})
