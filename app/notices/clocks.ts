import { Temporal } from 'temporal-polyfill'
import { isAboutOutputs, type Measure } from './measures.ts'

/** The days of a vendor's contact: its time zone, its weekend and its public holidays. */
export interface Calendar {
  /** ISO 3166-1, two letters. */
  readonly country: string
  readonly region?: string | undefined
  /** IANA name. */
  readonly timeZone: string
  /** ISO weekdays, 1 Monday to 7 Sunday. */
  readonly weekend: readonly number[]
  /** The name of the public holiday on a day `YYYY-MM-DD`, in English and where it differs in the language of the country. */
  readonly holidayOn: (day: string) => HolidayName | undefined
}

/** A holiday's name for both sides. */
export interface HolidayName {
  readonly name: string
  readonly nameOther?: string | undefined
}

/** What a clock waits for. */
export const clockKinds = ['acknowledge', 'decide', 'challenge'] as const

/** One of `clockKinds`. */
export type ClockKind = (typeof clockKinds)[number]

/** Why a clock has its number of days. */
export type DaysReason = 'acknowledgement' | 'outputs' | 'training' | 'mixed' | 'letter' | 'challenge-window'

/** A day that did not count. */
export type SkippedDay = {
  readonly day: string
  readonly why: 'weekend' | 'holiday'
  readonly name?: string
  readonly nameOther?: string
}

/** A time during which the holder had to act. */
export type Pause = {
  readonly pausedOn: string
  readonly daysLeft: number
  readonly resumedOn?: string
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

const mostDays = 90

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
  const key = `${start.kind} ${start.startedAt} ${start.workingDays} ${start.because}`
  const found = known.get(key) ?? computeClock(start, calendar)
  // Many notices are served in one round and have the same clocks; those of another round are others.
  if (known.size > 100) known.clear()
  known.set(key, found)
  return found
}

const computations = new WeakMap<Calendar, Map<string, Computation>>()

function computeClock(start: Parameters<typeof startClock>[0], calendar: Calendar): Computation {
  const startedOn = dayOf(start.startedAt, calendar)
  const { on, skipped } = addWorkingDays(startedOn, start.workingDays, calendar)
  return {
    kind: start.kind,
    startedAt: Temporal.Instant.from(start.startedAt).toString({ smallestUnit: 'millisecond' }),
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

/**
 * Stops a clock while the holder must act. The day of the question counts as used.
 *
 * @param at the instant of the question, ISO 8601
 */
export function pauseClock(clock: Computation, at: string, calendar: Calendar): Computation {
  const pausedOn = dayOf(at, calendar)
  const daysLeft = workingDaysBetween(pausedOn, clock.dueOn, calendar)
  return { ...clock, pauses: [...clock.pauses, { pausedOn, daysLeft }] }
}

/**
 * Lets a paused clock run on. The day of the answer is still paused.
 *
 * @param at the instant of the answer, ISO 8601
 * @returns the clock unchanged if it is not paused or was overdue when it was paused
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
 * Counts working days forward; the first day is not counted.
 *
 * @param from `YYYY-MM-DD`
 * @param workingDays 1 to 90
 * @returns the day reached and the days passed over on the way
 * @throws RangeError if `workingDays` is out of range
 */
export function addWorkingDays(
  from: string,
  workingDays: number,
  calendar: Calendar,
): { readonly on: string; readonly skipped: readonly SkippedDay[] } {
  if (!Number.isInteger(workingDays) || workingDays < 1 || workingDays > mostDays)
    throw new RangeError(`${workingDays} working days are not between 1 and ${mostDays}`)
  const skipped: SkippedDay[] = []
  let day = Temporal.PlainDate.from(from).toString()
  for (let left = workingDays; left > 0;) {
    day = dayAfter(day)
    const off = offReason(day, calendar)
    if (off) skipped.push(off)
    else left -= 1
    if (skipped.length > 1000)
      throw new RangeError(`The calendar of ${calendar.country} has no working days after ${from}`)
  }
  return { on: day, skipped }
}

/**
 * Counts the working days after one day up to another, which counts.
 *
 * @param from `YYYY-MM-DD`
 * @param until `YYYY-MM-DD`; on or before `from` there are none
 */
export function workingDaysBetween(from: string, until: string, calendar: Calendar): number {
  const last = Temporal.PlainDate.from(until).toString()
  let count = 0
  for (let day = dayAfter(Temporal.PlainDate.from(from).toString()); day <= last; day = dayAfter(day))
    if (!offReason(day, calendar)) count += 1
  return count
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

// A clock walks over many days: JavaScript's own dates in UTC take a tenth of the time, and days there have 24 hours.
function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
}

function offReason(day: string, calendar: Calendar): SkippedDay | undefined {
  const holiday = calendar.holidayOn(day)
  if (holiday)
    return {
      day,
      why: 'holiday',
      name: holiday.name,
      ...(holiday.nameOther === undefined ? {} : { nameOther: holiday.nameOther }),
    }
  // Sunday is 0 for JavaScript and 7 for ISO 8601.
  return calendar.weekend.includes(new Date(day).getUTCDay() || 7) ? { day, why: 'weekend' } : undefined
}

/**
 * The day on which an instant falls in the vendor's time zone.
 *
 * @param instant ISO 8601
 * @returns `YYYY-MM-DD`
 */
export function dayOf(instant: string, { timeZone }: Pick<Calendar, 'timeZone'>): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

/**
 * 23:59:59 of a day in a time zone. Where the clock skips that second the first one after it counts, where it repeats the last.
 *
 * @param day `YYYY-MM-DD`
 * @returns ISO 8601 in UTC, with milliseconds
 */
export function endOfDay(day: string, timeZone: string): string {
  return Temporal.PlainDate.from(day)
    .toPlainDateTime('23:59:59')
    .toZonedDateTime(timeZone, { disambiguation: 'later' })
    .toInstant()
    .toString({ smallestUnit: 'millisecond' })
}
