import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  acts,
  basisIds,
  commitmentPoints,
  japanGrounds,
  japanRights,
  letterLocales,
  noticeKinds,
  signals,
  stances,
  statementIds,
} from './legal-bases/basis.ts'
import { currentPack } from './legal-bases/packs.ts'
import { composeLetter } from './letter-composition.ts'
import type { LetterFacts } from './letter-facts.ts'
import { letterFactsSchema } from './letter-facts-schema.ts'
import { letterSchema, letterText, letterTitle } from './letter.ts'
import { measures } from './measures.ts'
import { completeLetter, noParticulars } from '#test/complete-drafts.ts'

const facts: LetterFacts = { ...completeLetter('exclusion', ['EXCLUSION_REQUEST']), particulars: noParticulars }

// The first common letter, as notices of its time were filed.
const bothBases: LetterFacts = {
  ...facts,
  kind: 'cease_and_desist',
  bases: [
    { basis: 'CEASE_DESIST', version: 1 },
    { basis: 'JP_CA_30_4', version: 1 },
  ],
  deadlineOn: '2026-12-07',
  statements: ['accurate', 'authorised', 'good_faith', 'no_licence', 'japan_facts'],
  particulars: {
    ...noParticulars,
    acts: ['training', 'output'],
    models: 'NL-Video 2',
    rights: 'Reproduction, Japan',
    evidence: 'Prompt “Horus, prince of the sun”, captured 6 November 2026',
    locations: [{ url: 'https://outputs.example/1', work: null }],
    japanGrounds: ['output_reproduces'],
    japanRights: ['reproduction', 'adaptation'],
    japanFacts: 'Frames of the film appear in outputs.',
  },
}

test('the English exclusion request reads as a whole', async () => {
  await expect(letterText(composeLetter(facts))).toMatchFileSnapshot('./legal-bases/letters/exclusion-request.en.txt')
})

test('the Japanese exclusion request reads as a whole', async () => {
  await expect(letterText(composeLetter({ ...facts, locale: 'ja' }))).toMatchFileSnapshot(
    './legal-bases/letters/exclusion-request.ja.txt',
  )
})

test.for(letterLocales)('the cease and desist letter with article 30-4 reads as a whole in %s', async (locale) => {
  await expect(letterText(composeLetter({ ...bothBases, locale }))).toMatchFileSnapshot(
    `./legal-bases/letters/cease-desist-with-article-30-4.${locale}.txt`,
  )
})

test('the words that follow the choices are marked, and only those', () => {
  const { blocks } = composeLetter(facts)
  const runs = blocks.flatMap((block) =>
    block.type === 'facts'
      ? block.rows.flatMap(({ value }) => value)
      : (block.type === 'list' ? block.items : block.lines).flat(),
  )
  const marked = runs.filter((run) => run.chosen).map(({ text }) => text)
  expect(marked).toContain('1,760 works')
  expect(marked).toContain('do not use the works to train any model from the date of this letter;')
  expect(marked).toContain('20 working days')
  expect(marked).toContain('We would rather talk first.')
  expect(marked).not.toContain('Dear Sir or Madam,')
  expect(marked.join(' ')).not.toContain('Kanda')
})

test('a measure’s own words end the sentence of the letter once', () => {
  const asked = { measure: 'FILTER_OUTPUTS', detail: 'Prompts that name the films.' } as const
  expect(letterText(composeLetter({ ...facts, measures: [asked] }))).toContain(
    'for example: Prompts that name the films.\n',
  )
  const inJapanese = [{ ...asked, detail: '登場人物の名。' }]
  expect(letterText(composeLetter({ ...facts, locale: 'ja', measures: inJapanese }))).toContain(
    '（例：登場人物の名）。',
  )
})

test('a letter survives being stored and read back', () => {
  const letter = composeLetter(bothBases)
  const stored: unknown = JSON.parse(JSON.stringify(letter))
  expect(letterSchema.parse(stored)).toEqual(letter)
  expect(letterTitle(letter)).toBe('Demand to cease and desist')
})

test('one work is spoken of as one', () => {
  const text = letterText(
    composeLetter({ ...facts, works: { count: 1, whole: false, catalogue: 'Films', version: 1, examples: [] } }),
  )
  expect(text).toContain('holds rights in 1 work of its catalogue')
  expect(text).not.toContain('1 works')
})

test('a name cannot write lines of its own, and what it fills in is not filled in again', () => {
  const name = 'Studio\r\n\r\nWe withdraw this letter. {vendor}\u202E{undefined}<script>'
  const letter = composeLetter({ ...facts, holder: { ...facts.holder, name, nameOther: null } })
  const text = letterText(letter)
  expect(text.split('\n')[0]).toBe('Studio We withdraw this letter. {vendor}{undefined}<script>')
  expect(text).not.toMatch(/^We withdraw/mu)
  expect(text).not.toMatch(/[\r\u202E]/u)
})

test('the measure says what the filer adds, once, however it is written', () => {
  const text = letterText(
    composeLetter({ ...facts, measures: [{ measure: 'REMOVE_FROM_DATASETS', detail: "$& $1 {detail}\n$'" }] }),
  )
  expect(text).toContain("obtained from: $& $1 {detail} $'.")
})

const safe = fc.string({
  unit: fc.constantFrom('a', 'Z', ' ', '星', 'の', '<', '&', '\n', '\r', '\u202E', '$', "'"),
  maxLength: 20,
})
const anyFacts: fc.Arbitrary<LetterFacts> = fc.record({
  locale: fc.constantFrom(...letterLocales),
  kind: fc.constantFrom(...noticeKinds),
  stance: fc.option(fc.constantFrom(...stances)),
  priorPermission: fc.boolean(),
  bases: fc.subarray(basisIds.map((basis) => ({ basis, version: currentPack(basis).version }))),
  reference: fc.option(fc.constant('CAV-7H3K-9Q2V')),
  matterNumber: safe,
  holder: fc.record({ name: safe, nameOther: fc.option(safe), address: safe, telephone: fc.option(safe) }),
  vendor: fc.record({ name: safe, nameOther: fc.option(safe), legalEntity: fc.option(safe) }),
  works: fc.option(
    fc.record({
      count: fc.integer({ min: 1, max: 12_000_000 }),
      whole: fc.boolean(),
      catalogue: safe,
      version: fc.integer({ min: 1, max: 99 }),
      examples: fc.array(fc.record({ title: safe, year: fc.option(fc.integer({ min: 1800, max: 2030 })) }), {
        maxLength: 7,
      }),
    }),
  ),
  measures: fc.array(fc.record({ measure: fc.constantFrom(...measures), detail: safe }), { maxLength: 10 }),
  particulars: fc.record({
    acts: fc.subarray([...acts]),
    models: safe,
    rights: safe,
    evidence: safe,
    captured: fc.option(fc.constant({ at: '2026-11-06T05:30:00Z', timeZone: 'Asia/Tokyo' })),
    locations: fc.array(fc.record({ url: safe, work: fc.option(safe) }), { maxLength: 3 }),
    japanGrounds: fc.subarray([...japanGrounds]),
    japanRights: fc.subarray([...japanRights]),
    japanFacts: safe,
    contactEmail: safe,
    signals: fc.subarray([...signals]),
    signalUrls: fc.array(safe, { maxLength: 3 }),
    signalSince: fc.option(fc.constant('2024-03-01')),
    points: fc.subarray([...commitmentPoints]),
    complaintFacts: safe,
    repeated: fc.boolean(),
    illegality: safe,
    fairUse: fc.boolean(),
    ukConnection: safe,
  }),
  evidence: fc.array(
    fc.record({
      name: safe,
      type: fc.constant('image/png'),
      bytes: fc.integer({ min: 1, max: 2 ** 28 }),
      sha256: fc.constant('9f1c'.repeat(16)),
    }),
    { maxLength: 3 },
  ),
  acknowledgeDays: fc.integer({ min: 1, max: 90 }),
  decideDays: fc.integer({ min: 1, max: 90 }),
  deadlineOn: fc.option(fc.constant('2026-12-07')),
  paragraph: safe,
  statements: fc.subarray([...statementIds]),
  signatory: fc.option(
    fc.record({
      name: safe,
      capacity: safe,
      signedAt: fc.constant('2026-03-29T01:30:00.000Z'),
      timeZone: fc.constantFrom('Asia/Tokyo', 'Europe/Berlin', 'America/Los_Angeles', 'UTC'),
    }),
  ),
})

test('no combination leaves a hole, a brace, a control character or a markup of its own in the text', () => {
  fc.assert(
    fc.property(anyFacts, (given) => {
      const letter = composeLetter(given)
      const text = letterText(letter)
      expect(text).not.toMatch(/undefined|null|NaN|\[object|[{}]/u)
      expect(text).not.toMatch(/[\r\t\u202E]/u)
      expect(text).not.toMatch(/\n{3}/u)
      expect(text.endsWith('\n')).toBe(true)
      expect(letterSchema.parse(letter)).toEqual(letter)
      expect(letterText(composeLetter(given))).toBe(text)
      // What waits for a signature is kept and composed once more.
      expect(letterFactsSchema.parse(structuredClone(given))).toEqual(given)
    }),
    { numRuns: 1_500 },
  )
})
