import { describe, expect, test } from 'vitest'
import type { Calendar } from './clocks.ts'
import { unborn, type Projection } from './projection.ts'
import { clockChange } from './step-clocks.ts'
import type { ClockEffect } from './stages.ts'

const calendar: Calendar = { country: 'DE', timeZone: 'Europe/Berlin', weekend: [6, 7], holidayOn: () => undefined }
const at = '2026-11-02T09:00:00.000Z'

function change(
  effects: readonly ClockEffect[],
  projection: Partial<Projection> = {},
  days: { acknowledgeDays?: number; decideDays?: number } = {},
) {
  const basis = {
    projection: { ...unborn, stage: 'sent' as const, ...projection },
    acknowledgeDays: 5,
    decideDays: 20,
    measures: ['STOP_TRAINING_FUTURE'] as const,
    ...days,
  }
  const { started, ended } = clockChange({ effects, at, basis, calendarOf: () => calendar })
  return { started: started.map(({ kind, workingDays, because }) => [kind, workingDays, because]), ended }
}

describe('service starts', () => {
  test('both clocks, the first time', () => {
    expect(change(['both_start']).started).toEqual([
      ['acknowledge', 5, 'acknowledgement'],
      ['decide', 20, 'training'],
    ])
  })

  test('none for another copy', () => {
    expect(change(['both_start'], { servedAt: at }).started).toEqual([])
  })

  test('both again after every copy came back, unless someone has answered', () => {
    expect(change(['both_start'], { servedAt: at, undeliverableAt: at }).started).toHaveLength(2)
    expect(change(['both_start'], { servedAt: at, undeliverableAt: at, acknowledgedAt: at }).started).toEqual([])
  })

  test('only the decide clock where the answer came before the server’s word', () => {
    expect(change(['both_start'], { acknowledgedAt: at }).started).toEqual([['decide', 20, 'training']])
    expect(change(['both_start'], { acknowledgedAt: at, decidedAt: at }).started).toEqual([])
  })

  test('what the letter set', () => {
    expect(change(['both_start'], {}, { acknowledgeDays: 3, decideDays: 14 }).started).toEqual([
      ['acknowledge', 3, 'letter'],
      ['decide', 14, 'letter'],
    ])
  })
})

test.each<[ClockEffect, string[], string[]]>([
  ['acknowledge_ends', [], ['acknowledge']],
  ['decide_ends', [], ['decide']],
  ['window_opens', ['challenge'], []],
  ['window_ends', [], ['challenge']],
  ['all_end', [], ['acknowledge', 'decide', 'challenge']],
])('%s', (effect, started, ended) => {
  const changed = change([effect])
  expect(changed.started.map(([kind]) => kind)).toEqual(started)
  expect(changed.ended).toEqual(ended)
})

test.each<ClockEffect>(['decide_pauses', 'decide_resumes', 'decide_restarts', 'one_extends'])(
  '%s has no offered step yet',
  (effect) => {
    expect(() => change([effect])).toThrow(effect)
  },
)
