import { array, assert, constantFrom, dictionary, integer, property, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answersOf, kindNeeds, lacksOf, mayAnswer, measures, numberOf, outcomesOf } from './measures.ts'
import {
  classesOf,
  deriveOutcome,
  isPending,
  isWorse,
  outcomeRules,
  outcomes,
  shownResult,
  tallyOf,
  type NoticeOutcome,
  type Outcome,
  type Tally,
} from './outcomes.ts'

const agreed: ReadonlySet<Outcome> = new Set([
  'accepted_excluded',
  'accepted_removed',
  'agreed',
  'not_used',
  'licensed',
  'already_licensed',
] as const)
const no: ReadonlySet<Outcome> = new Set(['refused', 'insufficient_detail'] as const)
const uncounted: ReadonlySet<Outcome> = new Set(['withdrawn', 'duplicate_of'] as const)
const unanswered: ReadonlySet<Outcome> = new Set(['pending', 'licence_offered'] as const)

describe('the outcome of a notice', () => {
  test.each<[Tally, NoticeOutcome]>([
    [{}, 'pending'],
    [{ pending: 9 }, 'pending'],
    [{ pending: 1, licence_offered: 1 }, 'pending'],
    [{ pending: 1, accepted_excluded: 1 }, 'partial'],
    [{ pending: 1, refused: 1 }, 'partial'],
    [{ licence_offered: 1, accepted_removed: 1 }, 'partial'],
    [{ accepted_excluded: 5, not_used: 1, licensed: 1, agreed: 1, already_licensed: 1, accepted_removed: 1 }, 'all'],
    [{ accepted_excluded: 5, withdrawn: 3, duplicate_of: 2 }, 'all'],
    [{ refused: 2, insufficient_detail: 1 }, 'none'],
    [{ refused: 2, withdrawn: 1 }, 'none'],
    [{ refused: 2, accepted_excluded: 1 }, 'partial'],
    [{ accepted_future_only: 2 }, 'partial'],
    [{ accepted_output_blocked: 1, accepted_excluded: 4 }, 'partial'],
    [{ duplicate_of: 4 }, 'pending'],
  ])('%j is %s', (tally, outcome) => {
    expect(deriveOutcome(tally)).toBe(outcome)
  })

  test('defaults and counts say the same as every cell written out', () => {
    const anyMeasure = tuple(
      constantFrom(...outcomes),
      dictionary(integer({ min: 0, max: 11 }).map(String), constantFrom(...outcomes)),
    )
    assert(
      property(array(anyMeasure, { minLength: 1, maxLength: 4 }), integer({ min: 12, max: 20 }), (rows, works) => {
        const expanded = rows.flatMap(([standard, own]) =>
          Array.from({ length: works }, (_, work): Outcome => own[String(work)] ?? standard),
        )
        const tally = tallyOf({
          works,
          measures: rows.map(([outcome, own]) => ({ outcome, cells: counted(Object.values(own)) })),
        })
        expect(deriveOutcome(tally)).toBe(oracle(expanded))
        expect(isPending(tally)).toBe(expanded.includes('pending'))
        for (const outcome of outcomes)
          expect(tally[outcome] ?? 0).toBe(expanded.filter((cell) => cell === outcome).length)
        expect(Object.values(classesOf(tally)).reduce((sum, count) => sum + count)).toBe(expanded.length)
      }),
      { numRuns: 2000 },
    )
  })

  test('more cells than works is a bug, not an answer', () => {
    expect(() => tallyOf({ works: 1, measures: [{ outcome: 'pending', cells: { refused: 2 } }] })).toThrow(RangeError)
  })
})

function counted(cells: readonly Outcome[]): Tally {
  return Object.fromEntries(outcomes.map((outcome) => [outcome, cells.filter((cell) => cell === outcome).length]))
}

function oracle(cells: readonly Outcome[]): NoticeOutcome {
  const counting = cells.filter((cell) => !uncounted.has(cell))
  if (counting.every((cell) => unanswered.has(cell))) return 'pending'
  if (counting.every((cell) => agreed.has(cell))) return 'all'
  if (counting.every((cell) => no.has(cell))) return 'none'
  return 'partial'
}

describe('corrections', () => {
  test.each<[Outcome, Outcome, boolean]>([
    ['accepted_excluded', 'refused', true],
    ['accepted_excluded', 'accepted_future_only', true],
    ['accepted_excluded', 'not_used', false],
    ['accepted_future_only', 'refused', true],
    ['refused', 'accepted_excluded', false],
    ['refused', 'insufficient_detail', false],
    ['agreed', 'duplicate_of', true],
    ['accepted_excluded', 'withdrawn', false],
    ['pending', 'refused', true],
  ])('%s to %s takes back: %s', (before, after, worse) => {
    expect(isWorse(before, after)).toBe(worse)
  })
})

describe('measures', () => {
  test('are numbered 1 to 10 in their order', () => {
    expect(measures.map((measure) => numberOf(measure))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  const rest = [
    'pending',
    'not_used',
    'already_licensed',
    'refused',
    'insufficient_detail',
    'duplicate_of',
    'withdrawn',
  ]
  const allowed = (number: number): readonly string[] => [
    ...([1, 2, 3].includes(number) ? ['accepted_excluded', 'accepted_removed', 'accepted_future_only'] : []),
    ...([5, 6].includes(number) ? ['accepted_output_blocked', 'accepted_removed'] : []),
    ...([4, 7, 8, 10].includes(number) ? ['agreed'] : []),
    ...([1, 2, 3, 5, 6, 9].includes(number) ? ['licence_offered', 'licensed'] : []),
    ...rest,
  ]
  test.each(measures)('%s allows exactly its outcomes', (measure) => {
    expect(outcomesOf(measure).toSorted()).toEqual(allowed(numberOf(measure)).toSorted())
  })

  test('a vendor records no outcome that another step sets', () => {
    assert(
      property(constantFrom(...measures), constantFrom(...outcomes), (measure, outcome) => {
        const expected = outcomesOf(measure).includes(outcome) && !('by' in outcomeRules[outcome])
        expect(mayAnswer(measure, outcome)).toBe(expected)
        expect(answersOf(measure).includes(outcome)).toBe(expected)
      }),
    )
  })

  const complete = { measures, hasLocations: true, hasEvidence: true, hasDeadline: true } as const
  test.each<[keyof typeof kindNeeds, Partial<Parameters<typeof lacksOf>[1]>, readonly string[]]>([
    ['exclusion', {}, []],
    [
      'exclusion',
      { measures: ['STOP_TRAINING_FUTURE'], hasDeadline: false, hasEvidence: false, hasLocations: false },
      [],
    ],
    ['exclusion', { measures: ['REMOVE_FROM_DATASETS'] }, []],
    ['exclusion', { measures: ['FILTER_OUTPUTS'] }, ['measure']],
    ['takedown', { measures: ['REMOVE_OUTPUT_URLS'], hasEvidence: false }, []],
    ['takedown', { measures: ['FILTER_OUTPUTS'], hasLocations: false }, []],
    ['takedown', { measures: ['FILTER_OUTPUTS'], hasLocations: false, hasEvidence: false }, ['locations-or-evidence']],
    ['takedown', { measures: ['STOP_TRAINING_FUTURE'] }, ['measure']],
    ['cease_and_desist', { measures: ['WRITTEN_UNDERTAKING'] }, []],
    ['cease_and_desist', { measures: [] }, ['measure']],
    ['cease_and_desist', { hasDeadline: false }, ['deadline']],
  ])('%s with %j lacks %j', (kind, more, lacks) => {
    expect(lacksOf(kind, { ...complete, ...more })).toEqual(lacks)
  })
})

test.each([
  ['withdrawn', 'pending', 'withdrawn'],
  ['withdrawn', 'partial', 'withdrawn'],
  ['superseded', 'pending', 'superseded'],
  ['superseded', 'none', 'none'],
  ['sent', 'pending', 'pending'],
  ['closed', 'all', 'all'],
] as const)('a notice at %s with the outcome %s shows %s', (stage, outcome, shown) => {
  expect(shownResult({ stage, outcome })).toBe(shown)
})
