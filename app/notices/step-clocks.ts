import {
  decideDaysOf,
  extendClock,
  pauseClock,
  resumeClock,
  standardDays,
  startClock,
  type ClockKind,
  type Computation,
  type Extension,
} from './clocks.ts'
import type { Measure } from './measures.ts'
import { isServed, type Projection } from './projection.ts'
import { settledStages, type ClockEffect, type Standpoint } from './stages.ts'
import type { Calendar } from './working-days.ts'

/** What a step does to the clocks of one notice. */
export interface ClockChange {
  /** Started, or running on with another sum, each as it is from now on. */
  readonly started: readonly Computation[]
  readonly ended: readonly ClockKind[]
}

/** What the clocks need to know of a notice before the step. */
export interface ClockBasis {
  readonly projection: Projection
  readonly acknowledgeDays: number
  readonly decideDays: number
  readonly measures: readonly Measure[]
  /** The clocks that run or are paused. */
  readonly clocks: readonly Computation[]
}

/** The days that somebody adds to a clock. */
export type ExtensionAsked = Pick<Extension, 'days' | 'by'> & { readonly kind: ClockKind }

/** Where the days of a clock are counted. */
export type ClockPlace = Pick<Computation, 'country' | 'region' | 'timeZone'>

interface ToChange {
  readonly effects: readonly ClockEffect[]
  readonly at: string
  readonly basis: ClockBasis
  readonly calendarOf: (place?: ClockPlace) => Calendar
  readonly extension?: ExtensionAsked
}

/**
 * The clocks that a step starts, changes and ends.
 *
 * @param change.at the instant of the step, ISO 8601
 * @param change.calendarOf without a place that of the contact, asked only when a clock starts; else that of a clock
 */
export function clockChange(change: ToChange): ClockChange {
  const all = change.effects.map((effect) => effectOf(effect, change))
  return { started: all.flatMap(({ started }) => started), ended: all.flatMap(({ ended }) => ended) }
}

function effectOf(effect: ClockEffect, change: ToChange): ClockChange {
  switch (effect) {
    case 'both_start':
      return { started: servedClocks(change), ended: [] }
    case 'acknowledge_ends':
      return { started: [], ended: ['acknowledge'] }
    case 'decide_ends':
      return { started: [], ended: ['decide'] }
    case 'decide_pauses':
      return { started: decideClocks(change, pauseClock), ended: [] }
    case 'decide_resumes':
      return { started: decideClocks(change, resumeClock), ended: [] }
    case 'decide_restarts':
      return { started: [decideClock(change)], ended: [] }
    case 'one_extends':
      return { started: extendedClocks(change), ended: [] }
    case 'window_opens':
      return { started: [challengeWindow(change)], ended: [] }
    case 'window_ends':
      return { started: [], ended: ['challenge'] }
    case 'all_end':
      return { started: [], ended: ['acknowledge', 'decide', 'challenge'] }
    default:
      // Another effect would not compile here.
      return effect satisfies never
  }
}

// Another copy that arrives later dates nothing: the clocks run from the first.
function servedClocks(change: ToChange): readonly Computation[] {
  const { at, basis, calendarOf } = change
  const { projection, acknowledgeDays } = basis
  if (isServed(projection)) return []
  const acknowledge = {
    kind: 'acknowledge',
    startedAt: at,
    workingDays: acknowledgeDays,
    because: acknowledgeDays === standardDays.acknowledge ? 'acknowledgement' : 'letter',
  } as const
  return [
    ...(projection.acknowledgedAt === null ? [startClock(acknowledge, calendarOf())] : []),
    ...(projection.decidedAt === null ? [decideClock(change)] : []),
  ]
}

function decideClock({ at, basis, calendarOf }: ToChange): Computation {
  const { projection, decideDays, measures } = basis
  const standard = decideDaysOf(measures)
  const because = decideDays === standard.workingDays ? standard.because : 'letter'
  const calendar = calendarOf()
  const clock = startClock({ kind: 'decide', startedAt: at, workingDays: decideDays, because }, calendar)
  // A question may be open before the first server says that it took the notice.
  return projection.stage === 'clarification_needed' ? pauseClock(clock, at, calendar) : clock
}

function decideClocks({ at, basis, calendarOf }: ToChange, change: typeof pauseClock): readonly Computation[] {
  return basis.clocks.flatMap((clock) => {
    if (clock.kind !== 'decide') return []
    const changed = change(clock, at, calendarOf(clock))
    return changed === clock ? [] : [changed]
  })
}

function extendedClocks({ at, basis, calendarOf, extension }: ToChange): readonly Computation[] {
  if (!extension) throw new Error('A clock is to be extended, and no days were given')
  const { kind, days, by } = extension
  const clock = basis.clocks.find((each) => each.kind === kind)
  if (!clock) throw new Error(`There is no clock ${kind} to extend`)
  const sequence = basis.projection.lastSequence + 1
  return [extendClock(clock, { at, days, by, sequence }, calendarOf(clock))]
}

function challengeWindow({ at, basis, calendarOf }: ToChange): Computation {
  const settled: readonly Standpoint[] = settledStages
  const because = settled.includes(basis.projection.stage) ? 'correction' : 'challenge-window'
  return startClock({ kind: 'challenge', startedAt: at, workingDays: standardDays.challenge, because }, calendarOf())
}
