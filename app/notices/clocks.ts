import { isAboutOutputs, type Measure } from './measures.ts'
import { addWorkingDays, dayOf, endOfDay, workingDaysBetween, type Calendar, type SkippedDay } from './working-days.ts'

/** What a clock waits for. */
export const clockKinds = ['acknowledge', 'decide', 'challenge'] as const

/** One of `clockKinds`. */
export type ClockKind = (typeof clockKinds)[number]

/** Why a clock has its number of days. */
export type DaysReason =
  | 'acknowledgement'
  | 'outputs'
  | 'training'
  | 'mixed'
  | 'letter'
  | 'challenge-window'
  | 'correction'

/** A time during which the holder had to act. */
export type Pause = {
  readonly pausedOn: string
  readonly daysLeft: number
  readonly resumedOn?: string
}

/** Days that one side added, with its reason in the line of the ledger that `sequence` numbers. */
export type Extension = {
  readonly on: string
  readonly days: number
  readonly by: 'holder' | 'vendor'
  readonly sequence: number
}

/** How a due date came about: plain data, stored with the clock and shown as the sum. Instants ISO 8601 in UTC. */
export type Computation = {
  readonly kind: ClockKind
  readonly startedAt: string
  /** The day of the event in the vendor's time zone; it does not count. */
  readonly startedOn: string
  readonly workingDays: number
  readonly because: DaysReason
  readonly country: string
  readonly region?: string
  readonly timeZone: string
  readonly skipped: readonly SkippedDay[]
  readonly pauses: readonly Pause[]
  /** In the order in which they were given; absent where there is none. */
  readonly extensions?: readonly Extension[]
  readonly dueOn: string
  /** 23:59:59 of `dueOn` in the vendor's time zone. */
  readonly dueAt: string
  /** When the vendor is reminded, or when it counts as very overdue. */
  readonly reminderOn?: string
  readonly veryOverdueAt?: string
}

/** The days that hold unless a basis or a letter sets others. */
export const standardDays = {
  acknowledge: 5,
  reminder: 2,
  outputs: 10,
  training: 20,
  veryOverdue: 20,
  challenge: 20,
} as const

/**
 * The working days a vendor has to decide: 10 about outputs, 20 about training and datasets, mixed the longest.
 */
export function decideDaysOf(measures: readonly Measure[]): {
  readonly workingDays: number
  readonly because: DaysReason
} {
  const some = measures.some(isAboutOutputs)
  const every = some && measures.every(isAboutOutputs)
  if (every) return { workingDays: standardDays.outputs, because: 'outputs' }
  return { workingDays: standardDays.training, because: some ? 'mixed' : 'training' }
}

/**
 * Starts a clock.
 *
 * @param start.startedAt the instant of the event, ISO 8601
 * @param start.workingDays 1 to 90
 * @returns the due date with everything that led to it
 * @throws RangeError if `workingDays` is out of range
 * @see Regulation (EEC, Euratom) No 1182/71, article 3: the day of the event is not counted
 */
export function startClock(
  start: {
    readonly kind: ClockKind
    readonly startedAt: string
    readonly workingDays: number
    readonly because: DaysReason
  },
  calendar: Calendar,
): Computation {
  const known = computations.get(calendar) ?? new Map<string, Computation>()
  computations.set(calendar, known)
  const startedOn = dayOf(start.startedAt, calendar)
  const key = `${start.kind} ${startedOn} ${start.workingDays} ${start.because}`
  const found = known.get(key) ?? computeClock({ ...start, startedOn }, calendar)
  // Notices that are served on one day differ in the instant alone.
  if (known.size > 100) known.clear()
  known.set(key, found)
  return { ...found, startedAt: new Date(start.startedAt).toISOString() }
}

const computations = new WeakMap<Calendar, Map<string, Computation>>()

function computeClock(
  start: Parameters<typeof startClock>[0] & { readonly startedOn: string },
  calendar: Calendar,
): Computation {
  const { startedOn } = start
  const { on, skipped } = addWorkingDays(startedOn, start.workingDays, calendar)
  return {
    kind: start.kind,
    startedAt: start.startedAt,
    startedOn,
    workingDays: start.workingDays,
    because: start.because,
    country: calendar.country,
    ...(calendar.region === undefined ? {} : { region: calendar.region }),
    timeZone: calendar.timeZone,
    skipped,
    pauses: [],
    ...dueFields(start.kind, on, calendar),
    ...(start.kind === 'acknowledge' && start.workingDays > standardDays.reminder
      ? { reminderOn: addWorkingDays(startedOn, standardDays.reminder, calendar).on }
      : {}),
  }
}

/** Whether the holder must act before the clock runs on. */
export function isPaused({ pauses }: Pick<Computation, 'pauses'>): boolean {
  const last = pauses.at(-1)
  return last !== undefined && last.resumedOn === undefined
}

/**
 * The working days of a clock that were used by an instant: those of a pause do not count.
 *
 * @param at ISO 8601
 */
export function usedDays(clock: Computation, at: string, calendar: Calendar): number {
  const day = dayOf(at, calendar)
  const paused = clock.pauses
    .map(({ pausedOn, resumedOn }) =>
      workingDaysBetween(pausedOn, resumedOn === undefined || resumedOn > day ? day : resumedOn, calendar),
    )
    .reduce((sum, days) => sum + days, 0)
  return workingDaysBetween(clock.startedOn, day, calendar) - paused
}

/**
 * Stops a clock while the holder must act. The day of the question counts as used.
 *
 * @param at the instant of the question, ISO 8601
 * @returns the clock unchanged if it is paused already
 */
export function pauseClock(clock: Computation, at: string, calendar: Calendar): Computation {
  if (isPaused(clock)) return clock
  const pausedOn = dayOf(at, calendar)
  const daysLeft = workingDaysBetween(pausedOn, clock.dueOn, calendar)
  return { ...clock, pauses: [...clock.pauses, { pausedOn, daysLeft }] }
}

/**
 * Lets a paused clock run on. The day of the answer is still paused.
 *
 * @param at the instant of the answer, ISO 8601
 * @returns the clock unchanged if it is not paused; with its old date if that had passed when it was paused
 */
export function resumeClock(clock: Computation, at: string, calendar: Calendar): Computation {
  const open = clock.pauses.at(-1)
  if (!open || open.resumedOn !== undefined) return clock
  const resumedOn = dayOf(at, calendar)
  const pauses = [...clock.pauses.slice(0, -1), { ...open, resumedOn }]
  if (open.pausedOn > clock.dueOn) return { ...clock, pauses }
  // Nothing left: the answer's own day is the last.
  const { on, skipped } =
    open.daysLeft === 0 ? { on: resumedOn, skipped: [] } : addWorkingDays(resumedOn, open.daysLeft, calendar)
  const before = clock.skipped.filter(({ day }) => day <= open.pausedOn)
  return { ...clock, pauses, skipped: [...before, ...skipped], ...dueFields(clock.kind, on, calendar) }
}

/**
 * Adds working days to a clock, whether it runs, is paused or its date has passed: they count from the date as it was,
 * so that the sum always adds up. The reminder moves on with it.
 *
 * @param extension.at the instant of the extension, ISO 8601
 * @param extension.days 1 to 90
 * @throws RangeError if `days` is out of range
 */
export function extendClock(
  clock: Computation,
  { at, days, by, sequence }: { readonly at: string } & Omit<Extension, 'on'>,
  calendar: Calendar,
): Computation {
  const { on, skipped } = addWorkingDays(clock.dueOn, days, calendar)
  const open = isPaused(clock) ? clock.pauses.at(-1) : undefined
  const { reminderOn } = clock
  return {
    ...clock,
    extensions: [...(clock.extensions ?? []), { on: dayOf(at, calendar), days, by, sequence }],
    skipped: [...clock.skipped, ...skipped],
    pauses: open
      ? [...clock.pauses.slice(0, -1), { ...open, daysLeft: workingDaysBetween(open.pausedOn, on, calendar) }]
      : clock.pauses,
    ...dueFields(clock.kind, on, calendar),
    ...(reminderOn === undefined ? {} : { reminderOn: addWorkingDays(reminderOn, days, calendar).on }),
  }
}

function dueFields(
  kind: ClockKind,
  on: string,
  calendar: Calendar,
): Pick<Computation, 'dueOn' | 'dueAt' | 'veryOverdueAt'> {
  return {
    dueOn: on,
    dueAt: endOfDay(on, calendar.timeZone),
    ...(kind === 'decide'
      ? { veryOverdueAt: endOfDay(addWorkingDays(on, standardDays.veryOverdue, calendar).on, calendar.timeZone) }
      : {}),
  }
}
