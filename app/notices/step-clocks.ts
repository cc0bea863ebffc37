import { decideDaysOf, standardDays, startClock, type Calendar, type ClockKind, type Computation } from './clocks.ts'
import type { Measure } from './measures.ts'
import { isServed, type Projection } from './projection.ts'
import type { ClockEffect } from './stages.ts'

/** What a step does to the clocks of one notice. */
export interface ClockChange {
  readonly started: readonly Computation[]
  readonly ended: readonly ClockKind[]
}

/** What the clocks need to know of a notice before the step. */
export interface ClockBasis {
  readonly projection: Projection
  readonly acknowledgeDays: number
  readonly decideDays: number
  readonly measures: readonly Measure[]
}

/**
 * The clocks that a step starts and ends.
 *
 * @param change.at the instant of the step, ISO 8601
 * @param change.calendarOf asked only when a clock starts
 * @throws Error for an effect of a step that is not offered yet
 */
export function clockChange(change: {
  readonly effects: readonly ClockEffect[]
  readonly at: string
  readonly basis: ClockBasis
  readonly calendarOf: () => Calendar
}): ClockChange {
  const all = change.effects.map((effect) => effectOf(effect, change))
  return { started: all.flatMap(({ started }) => started), ended: all.flatMap(({ ended }) => ended) }
}

function effectOf(effect: ClockEffect, change: Parameters<typeof clockChange>[0]): ClockChange {
  switch (effect) {
    case 'both_start':
      return { started: servedClocks(change), ended: [] }
    case 'acknowledge_ends':
      return { started: [], ended: ['acknowledge'] }
    case 'decide_ends':
      return { started: [], ended: ['decide'] }
    case 'window_opens':
      return { started: [challengeWindow(change)], ended: [] }
    case 'window_ends':
      return { started: [], ended: ['challenge'] }
    case 'all_end':
      return { started: [], ended: ['acknowledge', 'decide', 'challenge'] }
    default:
      throw new Error(`No offered step has the clock effect ${effect}`)
  }
}

// Another copy that arrives later dates nothing: the clocks run from the first.
function servedClocks({ at, basis, calendarOf }: Parameters<typeof clockChange>[0]): readonly Computation[] {
  const { projection, acknowledgeDays, decideDays, measures } = basis
  if (isServed(projection)) return []
  const calendar = calendarOf()
  const standard = decideDaysOf(measures)
  return [
    ...(projection.acknowledgedAt === null
      ? [
          startClock(
            {
              kind: 'acknowledge',
              startedAt: at,
              workingDays: acknowledgeDays,
              because: acknowledgeDays === standardDays.acknowledge ? 'acknowledgement' : 'letter',
            },
            calendar,
          ),
        ]
      : []),
    ...(projection.decidedAt === null
      ? [
          startClock(
            {
              kind: 'decide',
              startedAt: at,
              workingDays: decideDays,
              because: decideDays === standard.workingDays ? standard.because : 'letter',
            },
            calendar,
          ),
        ]
      : []),
  ]
}

function challengeWindow({ at, calendarOf }: Parameters<typeof clockChange>[0]): Computation {
  return startClock(
    { kind: 'challenge', startedAt: at, workingDays: standardDays.challenge, because: 'challenge-window' },
    calendarOf(),
  )
}
