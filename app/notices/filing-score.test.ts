import { assert, boolean, constantFrom, integer, property, record, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { completeDraft, everyPack, without } from '#test/complete-drafts.ts'
import { scoreOf, type ScoreFacts } from './filing-score.ts'
import { hasElement, wantedElements, type ElementFacts } from './legal-bases/elements.ts'

const plain = completeDraft('exclusion', ['EXCLUSION_REQUEST'])
const demand = completeDraft('cease_and_desist', ['CEASE_DESIST'])
const whole: ScoreFacts = { elements: plain, matterNumber: 'HA-14', vendors: 2, reachable: 2 }

function gapsOf(given: Partial<ScoreFacts>): string[] {
  return scoreOf({ ...whole, ...given }).gaps.map(({ id }) => id)
}

describe.each(everyPack)('$kind on $basis', ({ kind, basis }) => {
  const elements = completeDraft(kind, [basis])

  test('what can be filed has no gap that blocks, and 100 if nothing else is wanted', () => {
    const { score, gaps } = scoreOf({ ...whole, elements })
    expect(gaps.filter(({ blocks }) => blocks)).toEqual([])
    expect(score === 100).toBe(wantedElements(elements).every(({ element }) => hasElement(element, elements)))
  })

  test('each element that is missing is named, and costs something', () => {
    for (const { element } of wantedElements(elements)) {
      const lacking = { ...whole, elements: without[element](elements) }
      if (!wantedElements(lacking.elements).some((wanted) => wanted.element === element)) continue
      const { score, gaps } = scoreOf(lacking)
      expect({ element, named: gaps.map(({ id }) => id) }).toEqual({
        element,
        named: expect.arrayContaining([element]),
      })
      expect(score).toBeLessThan(100)
    }
  })
})

test.each<[string, Partial<ScoreFacts>, string[]]>([
  ['no own matter number', { matterNumber: ' ' }, ['matter_number']],
  ['a vendor whose contact is not verified', { reachable: 1 }, ['contacts']],
  ['works without identifier or location', { elements: without.works_findable(plain) }, ['works_findable']],
  ['no deadline', { elements: without.deadline(demand) }, ['deadline']],
])('%s is the only gap', (_what, given, gaps) => {
  expect(gapsOf(given)).toEqual(gaps)
})

test('no evidence where outputs are complained of is a gap that blocks', () => {
  const { gaps } = scoreOf({ ...whole, elements: without.evidence(demand) })
  expect(gaps).toContainEqual({ id: 'evidence', blocks: true })
})

test('what blocks is told apart from what only helps', () => {
  expect(scoreOf({ ...whole, matterNumber: '', elements: without.stance(plain) }).gaps).toEqual([
    { id: 'stance', blocks: true },
    { id: 'matter_number', blocks: false },
  ])
})

test('the plain request that lacks nothing has 100', () => {
  expect(scoreOf(whole)).toEqual({ score: 100, gaps: [] })
})

test('each work that can be found counts', () => {
  const scores = [0, 440, 880, 1_760].map(
    (unfindable) => scoreOf({ ...whole, elements: { ...plain, unfindable } }).score,
  )
  expect(scores).toEqual(scores.toSorted((one, other) => other - one))
  expect(new Set(scores).size).toBe(4)
})

const anyFacts = record({
  stance: constantFrom(null, 'objection' as const),
  unfindable: integer({ min: 0, max: 2_000 }),
  statementsSigned: boolean(),
  signedLater: boolean(),
  matterNumber: string(),
  reachable: integer({ min: 0, max: 2 }),
})

test('a score is 0 to 100, 100 only without gaps, and never falls when something is added', () => {
  assert(
    property(anyFacts, ({ matterNumber, reachable, ...given }) => {
      const elements: ElementFacts = { ...demand, ...given }
      const facts = { elements, matterNumber, vendors: 2, reachable }
      const { score, gaps } = scoreOf(facts)
      expect(score).toBeGreaterThanOrEqual(0)
      expect(score === 100).toBe(gaps.length === 0)
      for (const more of [
        { ...facts, matterNumber: 'A' },
        { ...facts, reachable: 2 },
        { ...facts, elements: { ...elements, unfindable: 0 } },
        { ...facts, elements: { ...elements, stance: 'objection' as const } },
      ])
        expect(scoreOf(more).score).toBeGreaterThanOrEqual(score)
    }),
  )
})
