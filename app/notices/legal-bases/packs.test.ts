import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { measures } from '#app/notices/measures.ts'
import { basisIds, elementIds, letterLocales, noticeKinds, type BasisId, type ElementId } from './basis.ts'
import { completenessOf, elementPlaces } from '#app/notices/filing-completeness.ts'
import { hasElement, type ElementFacts } from './elements.ts'
import { letterFrame } from './letter-frames.ts'
import { basesFor, currentPack, fitsMeasures, packOf } from './packs.ts'

const sha256 = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)

const holes = (value: unknown): string[] =>
  [...JSON.stringify(value).matchAll(/\{(\w+)\}/gu)].map(([, word]) => word ?? '').toSorted()

// A text that was used is never edited: to change one, add a version and its line here.
test.for([
  ['EXCLUSION_REQUEST', 1, '9bcd17ee72b5c6be'],
  ['CEASE_DESIST', 1, 'd4ca7d00cceb97dd'],
  ['JP_CA_30_4', 1, 'a01e4ac5cbcd42cf'],
] as const)('%s version %i is what it was', ([basis, version, hash]) => {
  expect(sha256(packOf({ basis, version }))).toBe(hash)
})

test.for([
  ['en', 'be23af504514d075'],
  ['ja', '93f790bcb56f31a0'],
] as const)('the common letter 1 in %s is what it was', ([locale, hash]) => {
  expect(sha256(letterFrame(1, locale))).toBe(hash)
})

test('no pack claims to be reviewed, and asking for a version that never was is a bug', () => {
  expect(basisIds.map((basis) => currentPack(basis).reviewedBy)).toEqual([null, null, null])
  expect(() => packOf({ basis: 'CEASE_DESIST', version: 99 })).toThrow('no version 99 of CEASE_DESIST')
})

test.for([
  ['exclusion', ['EXCLUSION_REQUEST', 'JP_CA_30_4']],
  ['cease_and_desist', ['CEASE_DESIST', 'JP_CA_30_4']],
  ['takedown', ['CEASE_DESIST']],
] as const)('for %s the bases are %j', ([kind, bases]) => {
  expect(basesFor(kind).map(({ id }) => id)).toEqual(bases)
})

test('article 30-4 has nothing to say about outputs alone', () => {
  expect(fitsMeasures(currentPack('JP_CA_30_4'), ['FILTER_OUTPUTS'])).toBe(false)
  expect(fitsMeasures(currentPack('JP_CA_30_4'), ['FILTER_OUTPUTS', 'STOP_TRAINING_FUTURE'])).toBe(true)
  expect(fitsMeasures(currentPack('EXCLUSION_REQUEST'), [])).toBe(true)
})

test('both languages say the same things: as many paragraphs, the same words to fill in', () => {
  for (const basis of basisIds) {
    const { words, statements } = currentPack(basis)
    expect(words.en.ground.length).toBe(words.ja.ground.length)
    expect(words.en.closing.length).toBe(words.ja.closing.length)
    for (const { en, ja } of statements) expect(holes(en)).toEqual(holes(ja))
  }
  for (const measure of measures) {
    const [en, ja] = letterLocales.map((locale) => letterFrame(1, locale).measures[measure])
    expect(holes(en)).toEqual(['detail'])
    expect(holes(ja)).toEqual(['detail'])
  }
  const opening = letterLocales.map((locale) => holes(letterFrame(1, locale).opening))
  expect(opening[0]).toEqual(opening[1])
})

const complete: ElementFacts = {
  signedLater: false,
  kind: 'exclusion',
  stance: 'objection',
  priorPermission: false,
  bases: [{ basis: 'EXCLUSION_REQUEST', version: 1 }],
  matterNumber: '',
  holder: { name: 'Studio', nameOther: 'スタジオ', address: '1-2-3 Kanda', telephone: '+81 3 5555 0100' },
  works: { count: 2, whole: true, catalogue: 'Films', version: 1, examples: [] },
  measures: [{ measure: 'STOP_TRAINING_FUTURE', detail: '' }],
  particulars: {
    acts: ['training'],
    models: 'NL-Video 2',
    rights: 'Reproduction, Japan',
    evidence: 'Seen on 6 November',
    locations: ['https://outputs.example/1'],
    japanGrounds: ['technical_measure'],
    japanRights: ['reproduction'],
    japanFacts: 'robots.txt refuses crawlers since 2024.',
  },
  deadlineOn: '2026-12-07',
  paragraph: '',
  statements: [],
  signatory: { name: 'Kenji Ono', capacity: 'Counsel', signedAt: '2026-11-22T08:52:00.000Z', timeZone: 'Asia/Tokyo' },
  vendors: 1,
  unfindable: 0,
  today: '2026-11-22',
  statementsSigned: true,
}

const lacking: Record<ElementId, Partial<ElementFacts>> = {
  holder_name: { holder: { ...complete.holder, name: ' \u200B' } },
  holder_other_script: { holder: { ...complete.holder, nameOther: null } },
  holder_address: { holder: { ...complete.holder, address: '\n ' } },
  holder_telephone: { holder: { ...complete.holder, telephone: '' } },
  vendors: { vendors: 0 },
  works: { works: null },
  works_findable: { unfindable: 1 },
  measures: { measures: [{ measure: 'DISCLOSE_USE', detail: '' }] },
  filter_example: { measures: [{ measure: 'FILTER_OUTPUTS', detail: ' ' }] },
  output_locations: { kind: 'takedown', particulars: { ...complete.particulars, locations: [' '], evidence: '' } },
  stance: { stance: null },
  basis: { bases: [] },
  acts: { particulars: { ...complete.particulars, acts: [] } },
  models: { particulars: { ...complete.particulars, models: '' } },
  evidence: { particulars: { ...complete.particulars, evidence: '' } },
  rights_relied_on: { particulars: { ...complete.particulars, rights: '' } },
  deadline: { deadlineOn: '2026-11-22' },
  preservation: {},
  undertaking: {},
  japan_grounds: { particulars: { ...complete.particulars, japanGrounds: [] } },
  japan_facts: { particulars: { ...complete.particulars, japanFacts: '' } },
  japan_rights: { particulars: { ...complete.particulars, japanRights: [] } },
  statements: { statementsSigned: false },
  signature: { signatory: null },
}

const asking: ElementFacts = {
  ...complete,
  measures: [
    { measure: 'STOP_TRAINING_FUTURE', detail: '' },
    { measure: 'PRESERVE_EVIDENCE', detail: '' },
    { measure: 'WRITTEN_UNDERTAKING', detail: '' },
  ],
}

test.for(elementIds)('the element %s is there when given and missing when not', (element) => {
  expect(hasElement(element, asking)).toBe(true)
  const given =
    element === 'preservation' || element === 'undertaking' ? complete : { ...complete, ...lacking[element] }
  expect(hasElement(element, given)).toBe(false)
  expect(elementPlaces[element]).toBeTypeOf('string')
})

const wants = (basis: BasisId, kind: ElementFacts['kind']): Partial<ElementFacts> => ({
  kind,
  bases: [{ basis, version: 1 }],
})

test.for([
  ['a plain request is complete', {}, [], []],
  ['a warning does not block', lacking.holder_telephone, [], ['holder_telephone']],
  ['without a basis the first that fits says what is missing', { bases: [] }, ['basis'], []],
  ['a basis of another kind is none', wants('CEASE_DESIST', 'exclusion'), ['basis'], ['preservation', 'undertaking']],
  [
    'cease and desist warns of what it advises',
    wants('CEASE_DESIST', 'cease_and_desist'),
    [],
    ['preservation', 'undertaking'],
  ],
  [
    'evidence and model only warn where training is complained of',
    {
      ...wants('CEASE_DESIST', 'cease_and_desist'),
      particulars: { ...complete.particulars, evidence: '', models: '' },
    },
    [],
    ['models', 'evidence', 'preservation', 'undertaking'],
  ],
  [
    'evidence and model block where outputs are',
    {
      ...wants('CEASE_DESIST', 'cease_and_desist'),
      particulars: { ...complete.particulars, acts: ['output' as const], evidence: '', models: '' },
    },
    ['models', 'evidence'],
    ['preservation', 'undertaking'],
  ],
  [
    'article 30-4 wants its facts',
    { ...wants('JP_CA_30_4', 'exclusion'), ...lacking.japan_facts },
    ['japan_facts'],
    [],
  ],
  [
    'nothing chosen at all',
    { ...lacking.vendors, ...lacking.works, ...lacking.signature },
    ['vendors', 'works', 'signature'],
    [],
  ],
  ['no kind, no measures and no basis that fit', { kind: null }, ['measures', 'basis'], []],
] as const)('%s', ([, change, missing, warnings]) => {
  const judged = completenessOf({ ...complete, ...change })
  expect(judged.missing).toEqual(missing)
  expect(judged.warnings).toEqual(warnings)
  expect(judged.of - judged.have).toBe(missing.length)
})

test('two bases want what either wants, each once', () => {
  const { of } = completenessOf({
    ...complete,
    kind: 'cease_and_desist',
    bases: [
      { basis: 'CEASE_DESIST', version: 1 },
      { basis: 'JP_CA_30_4', version: 1 },
    ],
  })
  expect(of).toBe(15)
})

test('every kind has a basis', () => {
  for (const kind of noticeKinds) expect(basesFor(kind).length).toBeGreaterThan(0)
})
