import { existsSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { checkIdentifier, identifierSchemes, isScheme, type Scheme } from './identifiers.ts'

const vectors = z
  .object({ source: z.string(), cases: z.array(z.tuple([z.string(), z.string(), z.string().nullable()])) })
  .parse(JSON.parse(readFileSync('test/fixtures/catalogues/identifiers.json', 'utf8')))

function schemeCalled(name: string): Scheme {
  return scheme(name === 'EAN' ? 'gtin' : name.toLowerCase())
}

function scheme(name: string): Scheme {
  if (!isScheme(name)) throw new Error(`no scheme ${name}`)
  return name
}

test.for(vectors.cases)('%s %j is read as %j', ([name, raw, value]) => {
  const verdict = checkIdentifier(scheme(name), raw)
  expect(verdict.valid ? verdict.value : null).toBe(value)
})

test.for([
  ['isbn', '439023483', 'length', { value: '9780439023481', how: 'leading-zeros' }],
  ['isbn', '61120081', 'length', { value: '9780061120084', how: 'leading-zeros' }],
  ['isbn', '9.78043902348e+12', 'scientific-notation', { value: '9780439023481', how: 'scientific-notation' }],
  ['isbn', '9.7806182603e+12', 'scientific-notation', { value: '9780618260300', how: 'scientific-notation' }],
  ['isbn', '9.78E+12', 'scientific-notation', undefined],
  ['isbn', '978043902348', 'length', { value: '9780439023481', how: 'check-character' }],
  ['isbn', '9780439023480', 'check-character', undefined],
  ['gtin', '4.90123456789E+12', 'scientific-notation', { value: '04901234567894', how: 'scientific-notation' }],
  ['gtin', '12345678905', 'length', { value: '00012345678905', how: 'leading-zeros' }],
  ['imdb', 'tt420238', 'length', { value: 'tt0420238', how: 'leading-zeros' }],
  ['imdb', '0420238', 'prefix', { value: 'tt0420238', how: 'prefix' }],
  ['iswc', 'T-034.524.680', 'length', { value: 'T-034.524.680-1', how: 'check-character' }],
  ['issn', '3178471', 'length', { value: '0317-8471', how: 'leading-zeros' }],
  ['isni', '121032683', 'length', { value: '0000000121032683', how: 'leading-zeros' }],
  ['isrc', 'XX-SKG-19-12345', 'country', undefined],
] as const)(
  '%s %j is refused for its %s, and a repair is offered only where one is sure',
  ([name, raw, because, repair]) => {
    const verdict = checkIdentifier(name, raw)
    expect(verdict).toEqual(repair === undefined ? { valid: false, because } : { valid: false, because, repair })
  },
)

const normalForms = vectors.cases.flatMap(([name, , value]) => (value === null ? [] : [[name, value] as const]))
test.for(normalForms)('%s %j is its own normal form', ([name, value]) => {
  expect(checkIdentifier(scheme(name), value)).toEqual({ valid: true, value })
})

test('full-width digits and Japanese hyphens are read', () => {
  expect(checkIdentifier('isbn', '９７８‐３‐１６‐１４８４１０‐０')).toEqual(
    checkIdentifier('isbn', '978-3-16-148410-0'),
  )
  expect(checkIdentifier('eidr', '10.5240/7791ー8534ー2C23ー9030ー8610ー5').valid).toBe(true)
})

test('nothing a file can hold makes a check throw, and whatever is offered as a repair is valid', () => {
  const names = fc.constantFrom(...Object.keys(identifierSchemes).map(scheme))
  fc.assert(
    fc.property(
      names,
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[0-9X eE+.tT-]{0,20}$/u)),
      (name, raw) => {
        const verdict = checkIdentifier(name, raw)
        if (verdict.valid || verdict.repair === undefined) return
        expect(checkIdentifier(name, verdict.repair.value)).toEqual({ valid: true, value: verdict.repair.value })
      },
    ),
    { numRuns: 3000 },
  )
})

// The full public vectors are too many to carry along: they are read where a copy lies beside the project.
const sharedVectors = '../shared/conformance/identifiers/vectors.json'
describe.skipIf(!existsSync(sharedVectors))(`vectors of ${sharedVectors} (skipped where they are absent)`, () => {
  const one = z.object({ in: z.string(), valid: z.boolean(), normal: z.string().optional() })
  const file = z.object({ schemes: z.record(z.string(), z.array(one)) })
  const { schemes } = existsSync(sharedVectors)
    ? file.parse(JSON.parse(readFileSync(sharedVectors, 'utf8')))
    : { schemes: {} }
  test('all are judged as stated', () => {
    const cases = Object.entries(schemes).flatMap(([name, list]) => list.map((vector) => ({ name, ...vector })))
    expect(cases.length).toBeGreaterThan(70)
    for (const { name, in: raw, valid, normal } of cases) {
      const verdict = checkIdentifier(scheme(name), raw)
      expect([raw, verdict.valid, verdict.valid ? verdict.value : undefined]).toEqual([raw, valid, normal])
    }
  })
})

const sharedFacts = '../shared/data/identifiers/vectors_shared.json'
describe.skipIf(!existsSync(sharedFacts))(`vectors of ${sharedFacts} (skipped where they are absent)`, () => {
  const one = z.object({ scheme: z.string(), input: z.string(), valid: z.boolean(), canonical: z.string().nullable() })
  // Those libraries insist on the printed hyphen; a catalogue's spreadsheet often lost it, and nothing else with it.
  const readHere = new Set(['1750 0095', 'US-CA29500702', 'ISSN1562-6865', 'ISSN  0264-2875'])
  const known = z.array(one).parse(existsSync(sharedFacts) ? JSON.parse(readFileSync(sharedFacts, 'utf8')) : [])

  test('all are judged as stated, but for what is only spacing', () => {
    expect(known).toHaveLength(131)
    const strict = known.filter(({ input }) => !readHere.has(input))
    expect(
      strict.map((vector) => [vector.input, checkIdentifier(schemeCalled(vector.scheme), vector.input).valid]),
    ).toEqual(strict.map(({ input, valid }) => [input, valid]))
  })

  test('each has the normal form of its canonical spelling', () => {
    const stated = known.flatMap(({ scheme: name, input, valid, canonical }) =>
      valid && canonical !== null ? [{ name: schemeCalled(name), input, canonical }] : [],
    )
    expect(stated.map(({ name, input }) => checkIdentifier(name, input))).toEqual(
      stated.map(({ name, canonical }) => checkIdentifier(name, canonical)),
    )
  })
})

const isccVectors = '../shared/data/identifiers/iscc/data.json'
describe.skipIf(!existsSync(isccVectors))(`codes of ${isccVectors} (skipped where they are absent)`, () => {
  test('every published code is valid, and invalid with one character more or less', () => {
    const codes = [...new Set(readFileSync(isccVectors, 'utf8').match(/ISCC:[A-Z2-7]+/gu))]
    expect(codes.length).toBeGreaterThan(40)
    for (const code of codes) {
      expect(checkIdentifier('iscc', code)).toEqual({ valid: true, value: code })
      expect(checkIdentifier('iscc', `${code}A`).valid).toBe(false)
      expect(checkIdentifier('iscc', code.slice(0, -1)).valid).toBe(false)
    }
  })
})
