import { describe, expect, test } from 'vitest'
import { readPending, readRest } from './deciding.ts'
import type { Measure } from './measures.ts'

const pending: readonly Measure[] = ['STOP_TRAINING_FUTURE', 'FILTER_OUTPUTS']
const typed = (outcome: string, more: Partial<{ code: string; text: string; date: string }> = {}) => ({
  outcome,
  code: '',
  text: '',
  date: '',
  ...more,
})

describe('the answers for what is pending', () => {
  test('are one for each measure, with what its outcome needs', () => {
    expect(
      readRest(
        {
          STOP_TRAINING_FUTURE: typed('accepted_future_only', { date: '2026-12-01' }),
          FILTER_OUTPUTS: typed('refused', { code: 'exception_claimed', text: ' See our letter. ' }),
        },
        pending,
      ),
    ).toEqual({
      rest: {
        STOP_TRAINING_FUTURE: { outcome: 'accepted_future_only', effectiveOn: '2026-12-01' },
        FILTER_OUTPUTS: { outcome: 'refused', code: 'exception_claimed', text: 'See our letter.' },
      },
      faults: [],
    })
  })

  test('are asked for every measure with something pending, and for no other', () => {
    const { rest, faults } = readRest({ REMOVE_FROM_DATASETS: typed('not_used') }, pending)
    expect(rest).toEqual({})
    expect(faults).toEqual(
      pending.map((measure) => ({ id: `d-${measure}-outcome`, fault: { because: 'unanswered', measure } })),
    )
  })

  test.each([
    [typed(''), ['d-FILTER_OUTPUTS-outcome']],
    [typed('refused'), ['d-FILTER_OUTPUTS-code', 'd-FILTER_OUTPUTS-text']],
    [typed('refused', { text: 'No.' }), ['d-FILTER_OUTPUTS-code']],
    [typed('duplicate_of'), ['d-FILTER_OUTPUTS-text']],
    // Of training, not of outputs; nobody declares that something stays pending or is licensed.
    [typed('accepted_future_only', { date: '2026-12-01' }), ['d-FILTER_OUTPUTS-outcome']],
    [typed('pending'), ['d-FILTER_OUTPUTS-outcome']],
    [typed('licensed'), ['d-FILTER_OUTPUTS-outcome']],
    [typed('nonsense'), ['d-FILTER_OUTPUTS-outcome']],
  ])('%j is refused at its fields, and the other answer stands', (answer, ids) => {
    const { rest, faults } = readRest({ STOP_TRAINING_FUTURE: typed('not_used'), FILTER_OUTPUTS: answer }, pending)
    expect(rest).toEqual({ STOP_TRAINING_FUTURE: { outcome: 'not_used' } })
    expect(faults.map(({ id }) => id)).toEqual(ids)
  })
})

test.each([
  ['130', 130],
  ['0', null],
  ['-1', null],
  ['1e3', null],
  ['', null],
  [undefined, null],
])('a form that counts %j pending is read as %j', (value, read) => {
  const form = new FormData()
  if (value !== undefined) form.append('pending', value)
  expect(readPending(form)).toBe(read)
})
