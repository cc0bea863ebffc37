import { expect, test } from 'vitest'
import { z } from 'zod'

import { crawlerListSource, directoryEntries } from '#prisma/directory/entries.ts'

import { nameIn } from '#app/ui/language-of.ts'
import { directoryEntry, directoryEntrySchema, factSchema } from './directory.ts'

test('the directory holds at least 25 vendors, each with the form of an entry', () => {
  expect(directoryEntries.length).toBeGreaterThanOrEqual(25)
  expect(z.array(directoryEntrySchema).safeParse(directoryEntries).error).toBeUndefined()
})

test('every slug and every name is there once', () => {
  expect(new Set(directoryEntries.map(({ slug }) => slug)).size).toBe(directoryEntries.length)
  expect(new Set(directoryEntries.map(({ name }) => name.toLowerCase())).size).toBe(directoryEntries.length)
})

test('no vendor says the same fact twice, and at most one name in its script, legal entity, country and website', () => {
  const said = directoryEntries.flatMap(({ slug, facts }) =>
    facts.map(({ kind, value }) =>
      ['native_name', 'legal_entity', 'country', 'website'].includes(kind)
        ? `${slug} ${kind}`
        : `${slug} ${kind} ${value.toLowerCase()}`,
    ),
  )
  expect(said.filter((line, at) => said.indexOf(line) !== at)).toEqual([])
})

test('a name for readers of Japanese is a Japanese one: Chinese and Korean names are facts', () => {
  for (const entry of directoryEntries.filter(({ nameOther }) => nameOther !== null))
    expect({ slug: entry.slug, country: entry.facts.find(({ kind }) => kind === 'country')?.value }).toEqual({
      slug: entry.slug,
      country: 'JP',
    })
  const baidu = directoryEntries.find(({ slug }) => slug === 'baidu')
  expect(nameIn('ja', baidu?.name ?? '', baidu?.nameOther ?? null)).toBe('Baidu')
  expect(baidu?.facts).toContainEqual({ kind: 'native_name', value: '百度', note: null, source: null })
})

test('every crawler cites the list and its day', () => {
  const crawlers = directoryEntries.flatMap((entry) => entry.facts).filter(({ kind }) => kind === 'crawler')
  expect(crawlers.length).toBeGreaterThan(50)
  for (const { source } of crawlers) expect(source).toEqual(crawlerListSource)
})

test('a vendor that the list knows has its crawlers', () => {
  const known = ['openai', 'meta', 'google', 'you-com', 'bright-data', 'laion', 'moonshot-ai', 'huawei']
  const crawling = directoryEntries.filter(({ facts }) => facts.some(({ kind }) => kind === 'crawler'))
  expect(known.filter((slug) => !crawling.some((entry) => entry.slug === slug))).toEqual([])
})

test('nothing in the directory looks like a contact', () => {
  expect(JSON.stringify(directoryEntries)).not.toMatch(/[\w.]+@[\w.]+|mailto:|\+\d{6}/)
})

test('a website that the list names cites the list, another says that its source is not known', () => {
  const list = [
    { token: 'XBot', operator: 'X', operatorUrl: 'https://www.x.example/bot', purpose: 'training' as const },
  ]
  const source = { url: 'https://list.example/', on: '2026-08-22' }
  const entry = directoryEntry({ slug: 'x', name: 'X', website: 'https://x.example', operator: 'X' }, list, source)
  expect(entry.facts).toEqual([
    { kind: 'website', value: 'https://x.example', note: null, source },
    { kind: 'crawler', value: 'XBot', note: 'training', source },
  ])
  const other = directoryEntry({ slug: 'y', name: 'Y', website: 'https://y.example', country: 'JP' }, list, source)
  expect(other.facts).toEqual([
    { kind: 'country', value: 'JP', note: null, source: null },
    { kind: 'website', value: 'https://y.example', note: null, source: null },
  ])
})

test.each([
  [{ kind: 'country', value: 'Japan', note: null, source: null }],
  [{ kind: 'website', value: 'javascript:alert(1)', note: null, source: null }],
  [{ kind: 'crawler', value: 'X', note: 'disobeys', source: null }],
  [{ kind: 'model', value: ' ', note: null, source: null }],
  [{ kind: 'model', value: 'X', note: null, source: { url: 'https://x.example' } }],
  [{ kind: 'contact', value: 'a@x.example', note: null, source: null }],
])('%j is no fact', (fact) => {
  expect(factSchema.safeParse(fact).success).toBe(false)
})
