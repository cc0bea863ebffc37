import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { overwriteGetLocale } from '#app/generated/messages/runtime.js'
import { elementFields } from '#app/notices/filing-basis-fields.ts'
import { completenessOf, elementPlaces } from '#app/notices/filing-completeness.ts'
import { elementWords } from '#app/notices/filing-wording.ts'
import { measures } from '#app/notices/measures.ts'
import { completeDraft, everyPack, without } from '#test/complete-drafts.ts'
import { basisIds, elementIds, letterLocales, noticeKinds, type BasisId, type ElementId } from './basis.ts'
import { hasElement, wantedElements, type ElementFacts } from './elements.ts'
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
  ['CEASE_DESIST', 2, '268469bdd33cc978'],
  ['EU_CDSM_4_3', 1, '141e0cc8cfa712d2'],
  ['EU_GPAI_1_5', 1, '09c1688c44497cb8'],
  ['EU_DSA_16', 1, 'e7fea824b715d523'],
  ['US_DMCA_512C', 1, '88d74b92954752a3'],
  ['JP_CA_112', 1, 'fb0df0d6abfcf757'],
  ['UK_CDPA_16', 1, 'ff2efcad9d186c1b'],
  ['EXCLUSION_REQUEST', 2, 'acc75b558374aabc'],
  ['CEASE_DESIST', 3, '0701792af349ff80'],
  ['JP_CA_30_4', 2, 'b30aa1bc0c593f82'],
  ['EU_CDSM_4_3', 2, '05e8630d12a59bdf'],
  ['EU_GPAI_1_5', 2, 'b983c94632cde5e4'],
  ['EU_DSA_16', 2, 'b30c031e0db9965e'],
  ['US_DMCA_512C', 2, 'be9fa27c486f1f9a'],
  ['JP_CA_112', 2, '3b36f700ddcad0a6'],
  ['UK_CDPA_16', 2, '30db95b120d86e69'],
] as const)('%s version %i is what it was', ([basis, version, hash]) => {
  expect(sha256(packOf({ basis, version }))).toBe(hash)
})

test.for([
  [1, 'en', 'be23af504514d075'],
  [1, 'ja', '93f790bcb56f31a0'],
  [2, 'en', '038ec02076d28cac'],
  [2, 'ja', '1b538f651469d86d'],
  [3, 'en', 'be23af504514d075'],
  [3, 'ja', '6207432a762932c4'],
  [4, 'en', '038ec02076d28cac'],
  [4, 'ja', 'f0fea08782162f42'],
] as const)('the common letter %i in %s is what it was', ([version, locale, hash]) => {
  expect(sha256(letterFrame(version, locale))).toBe(hash)
})

test('no pack claims to be reviewed, and asking for a version that never was is a bug', () => {
  expect(basisIds.map((basis) => currentPack(basis).reviewedBy)).toEqual(basisIds.map(() => null))
  expect(() => packOf({ basis: 'CEASE_DESIST', version: 99 })).toThrow('no version 99 of CEASE_DESIST')
})

test.for([
  ['exclusion', ['EXCLUSION_REQUEST', 'EU_CDSM_4_3', 'EU_GPAI_1_5', 'JP_CA_30_4', 'UK_CDPA_16']],
  ['cease_and_desist', ['CEASE_DESIST', 'EU_CDSM_4_3', 'EU_GPAI_1_5', 'JP_CA_30_4', 'JP_CA_112', 'UK_CDPA_16']],
  ['takedown', ['CEASE_DESIST', 'EU_GPAI_1_5', 'EU_DSA_16', 'US_DMCA_512C', 'JP_CA_112']],
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

const complete = completeDraft('exclusion', ['EXCLUSION_REQUEST'])

test.for(elementIds)('the element %s is there when given and missing when not', (element) => {
  const facts = completeDraft('cease_and_desist', ['CEASE_DESIST'])
  const asking = { ...facts, measures: [...facts.measures, ...completeDraft('takedown', []).measures] }
  const hosting = completeDraft('takedown', ['US_DMCA_512C'])
  const given = element === 'hosted_material' ? hosting : asking
  expect(hasElement(element, given)).toBe(true)
  expect(hasElement(element, without[element](given))).toBe(false)
  expect(elementPlaces[element]).toBeTypeOf('string')
})

test.for(everyPack)('a complete $kind on $basis lacks nothing', ({ kind, basis }) => {
  const { missing, warnings } = completenessOf(completeDraft(kind, [basis]))
  expect(missing).toEqual([])
  expect(warnings).toEqual(kind === 'takedown' && basis === 'CEASE_DESIST' ? ['preservation', 'undertaking'] : [])
})

test('a complete draft lacks nothing whatever bases it stands on together', () => {
  fc.assert(
    fc.property(
      fc
        .constantFrom(...noticeKinds)
        .chain((kind) =>
          fc.record({ kind: fc.constant(kind), packs: fc.subarray([...basesFor(kind)], { minLength: 1 }) }),
        ),
      ({ kind, packs }) => {
        expect(
          completenessOf(
            completeDraft(
              kind,
              packs.map(({ id }) => id),
            ),
          ).missing,
        ).toEqual([])
      },
    ),
  )
})

const required = everyPack.flatMap(({ kind, basis }) =>
  wantedElements(completeDraft(kind, [basis]))
    .filter(({ level }) => level === 'R')
    .map(({ element }) => ({ kind, basis, element })),
)

test.for(required)('a $kind on $basis without $element lacks exactly that', ({ kind, basis, element }) => {
  expect(completenessOf(without[element](completeDraft(kind, [basis]))).missing).toEqual([element])
})

test('each element has a sentence of its own, in both languages', () => {
  for (const locale of letterLocales) {
    overwriteGetLocale(() => locale)
    expect(new Set(elementIds.map((element) => elementWords[element]())).size).toBe(elementIds.length)
  }
})

test('every required element of the step of bases has a field of its own to say so', () => {
  const signing: ReadonlySet<ElementId> = new Set(['statements', 'signature'])
  const here = required.filter(({ element }) => elementPlaces[element] === 'basis' && !signing.has(element))
  expect(here.filter(({ element }) => elementFields[element] === undefined)).toEqual([])
})

const trainingOnly = { ...complete.particulars, acts: ['training' as const] }

const wants = (basis: BasisId, kind: ElementFacts['kind']): Partial<ElementFacts> => ({
  kind,
  bases: [{ basis, version: currentPack(basis).version }],
})

test.for([
  ['a plain request is complete', {}, [], []],
  ['a warning does not block', without.holder_telephone(complete), [], ['holder_telephone']],
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
      particulars: { ...trainingOnly, evidence: '', models: '' },
      evidenceCount: 0,
    },
    [],
    ['models', 'evidence', 'preservation', 'undertaking'],
  ],
  [
    'evidence and model block where outputs are',
    {
      ...wants('CEASE_DESIST', 'cease_and_desist'),
      particulars: { ...trainingOnly, acts: ['output' as const], evidence: '', models: '' },
      evidenceCount: 0,
    },
    ['models', 'evidence'],
    ['preservation', 'undertaking'],
  ],
  [
    'a letter that leaves later is not overtaken by its own deadline',
    { ...wants('JP_CA_112', 'cease_and_desist'), deadlineOn: '2026-12-07', sentOn: '2026-12-07' },
    ['deadline'],
    [],
  ],
  [
    'article 30-4 wants its facts',
    { ...wants('JP_CA_30_4', 'exclusion'), particulars: { ...complete.particulars, japanFacts: '' } },
    ['japan_facts'],
    [],
  ],
  ['nothing chosen at all', { vendors: 0, works: null, signatory: null }, ['vendors', 'works', 'signature'], []],
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
  expect(of).toBe(17)
})

test('every kind has a basis', () => {
  for (const kind of noticeKinds) expect(basesFor(kind).length).toBeGreaterThan(0)
})
