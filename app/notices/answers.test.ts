import { assert, constantFrom, property } from 'fast-check'
import { expect, test } from 'vitest'
import { answerSchema, betterThan, faultsOf, storedAnswer, worksChoiceSchema, type Answer } from './answers.ts'
import { answersOf, measures, type Measure } from './measures.ts'
import { isWorse, outcomes } from './outcomes.ts'

test.each<[Answer, Measure, readonly string[]]>([
  [{ outcome: 'accepted_excluded' }, 'STOP_TRAINING_FUTURE', []],
  [{ outcome: 'accepted_excluded' }, 'FILTER_OUTPUTS', ['outcome']],
  [{ outcome: 'licence_offered' }, 'STOP_TRAINING_FUTURE', ['outcome']],
  [{ outcome: 'withdrawn' }, 'STOP_TRAINING_FUTURE', ['outcome']],
  [{ outcome: 'pending' }, 'STOP_TRAINING_FUTURE', ['outcome']],
  [{ outcome: 'refused' }, 'DISCLOSE_USE', ['code', 'text']],
  [{ outcome: 'refused', code: 'other' }, 'DISCLOSE_USE', ['text']],
  [{ outcome: 'refused', code: 'other', text: '' }, 'DISCLOSE_USE', ['text']],
  [{ outcome: 'refused', code: 'other', text: 'Because.' }, 'DISCLOSE_USE', []],
  [{ outcome: 'accepted_future_only' }, 'RETRAIN_OR_UNLEARN', ['effectiveOn']],
  [{ outcome: 'accepted_future_only', effectiveOn: '2027-01-01' }, 'RETRAIN_OR_UNLEARN', []],
  [{ outcome: 'agreed' }, 'WRITTEN_UNDERTAKING', ['text']],
  [{ outcome: 'insufficient_detail' }, 'LICENCE_OFFER', []],
])('%j for %s lacks %j', (answer, measure, fields) => {
  expect(faultsOf([measure], answer).map(({ field }) => field)).toEqual(fields)
})

test('an outcome that a measure does not allow is named with the measure', () => {
  expect(faultsOf(['STOP_TRAINING_FUTURE', 'FILTER_OUTPUTS'], { outcome: 'accepted_excluded' })).toEqual([
    { field: 'outcome', because: 'not-for-this-measure', measure: 'FILTER_OUTPUTS' },
  ])
})

test('with every part given, an answer is at fault exactly where its measure does not take it', () => {
  assert(
    property(constantFrom(...measures), constantFrom(...outcomes), (measure, outcome) => {
      const faults = faultsOf([measure], { outcome, code: 'other', text: 'Because.', effectiveOn: '2027-01-01' })
      expect(faults.length === 0).toBe(answersOf(measure).includes(outcome))
    }),
  )
})

test('parts that do not belong to an outcome are not kept', () => {
  const all = { code: 'other', text: 'See above.', effectiveOn: '2027-01-01' } as const
  expect(storedAnswer({ outcome: 'refused', ...all })).toEqual({
    outcome: 'refused',
    code: 'other',
    text: 'See above.',
    effectiveOn: null,
  })
  expect(storedAnswer({ outcome: 'not_used', ...all })).toEqual({
    outcome: 'not_used',
    code: null,
    text: 'See above.',
    effectiveOn: null,
  })
  expect(storedAnswer({ outcome: 'not_used', text: '' })).toMatchObject({ text: null })
})

test.each([
  { outcome: 'yes' },
  { outcome: 'refused', code: 'mood' },
  { outcome: 'agreed', text: 'a\0b' },
  { outcome: 'agreed', text: 'a\ud800' },
  { outcome: 'agreed', text: 'x'.repeat(5001) },
  { outcome: 'accepted_future_only', effectiveOn: '2027-02-30' },
  { outcome: 'agreed', more: 1 },
])('%j is no answer', (typed) => {
  expect(answerSchema.safeParse(typed).success).toBe(false)
})

test('a choice of no work is no choice', () => {
  expect(worksChoiceSchema.safeParse({ kind: 'chosen', workIds: [] }).success).toBe(false)
  expect(worksChoiceSchema.safeParse({ kind: 'all', clear: true }).success).toBe(true)
})

test('what is better than an outcome is what a change to it takes back', () => {
  for (const after of outcomes)
    for (const before of outcomes) expect(betterThan(after).includes(before)).toBe(isWorse(before, after))
})
