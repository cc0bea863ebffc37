import { describe, expect, test } from 'vitest'
import { startClock, type Computation } from './clocks.ts'
import { unborn, type Projection } from './projection.ts'
import { clockChange } from './step-clocks.ts'
import type { ClockEffect } from './stages.ts'
import type { Calendar } from './working-days.ts'

const calendar: Calendar = { country: 'DE', timeZone: 'Europe/Berlin', weekend: [6, 7], holidayOn: () => undefined }
const at = '2026-11-02T09:00:00.000Z'

function change(
  effects: readonly ClockEffect[],
  projection: Partial<Projection> = {},
  more: Partial<Parameters<typeof clockChange>[0]['basis']> = {},
) {
  const basis = {
    projection: { ...unborn, stage: 'sent' as const, ...projection },
    acknowledgeDays: 5,
    decideDays: 20,
    measures: ['STOP_TRAINING_FUTURE'] as const,
    clocks: [],
    ...more,
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

test('a correction that makes cells worse opens a window of its own', () => {
  expect(change(['window_opens'], { stage: 'decided' }).started).toEqual([['challenge', 20, 'correction']])
  expect(change(['window_opens'], { stage: 'in_review' }).started).toEqual([['challenge', 20, 'challenge-window']])
})

describe('a question', () => {
  const start = { kind: 'decide', startedAt: at, workingDays: 20, because: 'training' } as const
  const running = startClock(start, calendar)
  const effectOn = (effect: ClockEffect, clock: Computation, then: string) =>
    clockChange({
      effects: [effect],
      at: then,
      basis: {
        projection: { ...unborn, stage: 'in_review', servedAt: at, lastSequence: 6 },
        acknowledgeDays: 5,
        decideDays: 20,
        measures: ['STOP_TRAINING_FUTURE'],
        clocks: [clock],
      },
      calendarOf: () => calendar,
      extension: { kind: 'decide', days: 3, by: 'holder' },
    }).started

  test('pauses the decide clock once, and the answer lets it run on', () => {
    const [paused] = effectOn('decide_pauses', running, '2026-11-04T09:00:00.000Z')
    expect(paused).toMatchObject({ kind: 'decide', pauses: [{ pausedOn: '2026-11-04', daysLeft: 18 }] })
    if (!paused) throw new Error('The clock is not paused')
    expect(effectOn('decide_pauses', paused, '2026-11-05T09:00:00.000Z')).toEqual([])
    const [resumed] = effectOn('decide_resumes', paused, '2026-11-10T09:00:00.000Z')
    expect(resumed).toMatchObject({ dueOn: '2026-12-04' })
    expect(effectOn('decide_resumes', running, '2026-11-10T09:00:00.000Z')).toEqual([])
  })

  test('asked before the service was recorded, lets the clock start paused', () => {
    const { started } = clockChange({
      effects: ['both_start'],
      at,
      basis: {
        projection: { ...unborn, stage: 'clarification_needed', acknowledgedAt: at },
        acknowledgeDays: 5,
        decideDays: 20,
        measures: ['STOP_TRAINING_FUTURE'],
        clocks: [],
      },
      calendarOf: () => calendar,
    })
    expect(started).toMatchObject([{ kind: 'decide', pauses: [{ pausedOn: '2026-11-02', daysLeft: 20 }] }])
  })

  test('is no obstacle to more days, which the clock says with their line of the ledger', () => {
    const [paused] = effectOn('decide_pauses', running, '2026-11-04T09:00:00.000Z')
    const [extended] = effectOn('one_extends', paused ?? running, '2026-11-05T09:00:00.000Z')
    expect(extended).toMatchObject({
      dueOn: '2026-12-03',
      pauses: [{ daysLeft: 21 }],
      extensions: [{ on: '2026-11-05', days: 3, by: 'holder', sequence: 7 }],
    })
  })

  test('and after a challenge the clock starts with its full days', () => {
    expect(effectOn('decide_restarts', running, '2026-12-14T09:00:00.000Z')).toMatchObject([
      { kind: 'decide', workingDays: 20, startedOn: '2026-12-14', pauses: [] },
    ])
  })
})
