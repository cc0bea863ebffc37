import { array, assert, boolean, constantFrom, integer, property, record, uniqueArray } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { extendClock, pauseClock, resumeClock, startClock, type Computation } from './clocks.ts'
import { chasing, firstLookAt, mailDayOf, morningOf, nextReminder, type Reminded } from './reminders.ts'
import { summaryDueAt } from './summary-week.ts'
import { endOfDay, type Calendar } from './working-days.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000
const zones = Intl.supportedValuesOf('timeZone')

// Everything that the rule is checked against is counted here day by day, by the wall clock that Intl shows.
const wallOf = new Map<string, Intl.DateTimeFormat>()
function wall(ms: number, timeZone: string): { day: string; hour: number } {
  const known =
    wallOf.get(timeZone) ??
    new Intl.DateTimeFormat('en-CA', { timeZone, hourCycle: 'h23', dateStyle: 'short', timeStyle: 'medium' })
  wallOf.set(timeZone, known)
  const [day = '', time = ''] = known.format(ms).split(', ')
  return { day, hour: Number(time.slice(0, 2)) }
}

const isoDay = (offset: number) => new Date(Date.UTC(2024, 0, 1) + offset * dayMs).toISOString().slice(0, 10)

const anyCalendar = record({
  timeZone: constantFrom(...zones),
  weekend: constantFrom<readonly number[]>([6, 7], [5, 6], [7], []),
  free: uniqueArray(integer({ min: 0, max: 700 }), { maxLength: 60 }),
}).map(({ timeZone, weekend, free }): Calendar & { isFree: (day: string) => boolean } => {
  const days = new Set(free.map((offset) => isoDay(offset)))
  return {
    country: 'ZZ',
    timeZone,
    weekend,
    holidayOn: (day) => (days.has(day) ? { name: 'Free' } : undefined),
    isFree: (day) => days.has(day) || weekend.includes(new Date(day).getUTCDay() || 7),
  }
})

/** The day after which so many working days have passed, by walking. */
function walk(from: string, count: number, isFree: (day: string) => boolean): string {
  let day = from
  for (let left = count; left > 0;) {
    day = new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10)
    if (!isFree(day)) left -= 1
  }
  return day
}

describe('in every zone there is', () => {
  test('a clock ends on the day that counting by hand finds, in its last hour', () => {
    assert(
      property(
        anyCalendar,
        integer({ min: 0, max: 400 * 24 }),
        integer({ min: 3, max: 30 }),
        (calendar, hour, days) => {
          const startedAt = Date.UTC(2024, 0, 2) + hour * hourMs
          const clock = startClock(
            { kind: 'acknowledge', startedAt: new Date(startedAt).toISOString(), workingDays: days, because: 'letter' },
            calendar,
          )
          const { day } = wall(startedAt, calendar.timeZone)
          expect(clock.startedOn).toBe(day)
          expect(clock.dueOn).toBe(walk(day, days, calendar.isFree))
          expect(clock.reminderOn).toBe(walk(day, 2, calendar.isFree))
          expect(wall(Date.parse(clock.dueAt), calendar.timeZone)).toEqual({ day: clock.dueOn, hour: 23 })
          expect(wall(Date.parse(clock.dueAt) + 1000, calendar.timeZone).day > clock.dueOn).toBe(true)
        },
      ),
      { numRuns: 600 },
    )
  })

  test('mornings are at eight, on leap days, on the 31st and when the clocks change', () => {
    const days = ['2024-02-29', '2025-02-28', '2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01', '2026-12-31']
    for (const timeZone of zones)
      for (const day of days) expect(wall(Date.parse(morningOf(day, timeZone)), timeZone)).toEqual({ day, hour: 8 })
  })

  test('a Monday’s summary is due from eight on, for two days', () => {
    assert(
      property(constantFrom(...zones), integer({ min: 0, max: 800 * 24 }), (timeZone, hour) => {
        const ms = Date.UTC(2024, 0, 1) + hour * hourMs
        const { day, hour: local } = wall(ms, timeZone)
        const weekday = new Date(day).getUTCDay()
        const inTime = (weekday === 1 && local >= 8) || weekday === 2 || (weekday === 3 && local < 8)
        expect(summaryDueAt(new Date(ms).toISOString(), timeZone) !== null).toBe(inTime)
      }),
      { numRuns: 2000 },
    )
  })
})

type Act = {
  what: 'work' | 'pause' | 'resume' | 'extend' | 'freeze' | 'thaw' | 'answer'
  afterHours: number
  days: number
}

const anyAct = record<Act>({
  what: constantFrom(
    'work',
    'work',
    'work',
    'work',
    'work',
    'work',
    'pause',
    'resume',
    'extend',
    'freeze',
    'thaw',
    'answer',
  ),
  // A worker that looks every hour, sleeps a night, or is down for weeks.
  afterHours: constantFrom(1, 1, 3, 8, 24, 24, 72, 200, 700),
  days: integer({ min: 1, max: 5 }),
})

interface Said extends Reminded {
  readonly at: number
}

interface Played {
  readonly said: readonly Said[]
  /** The clock at each point of time, and whether nothing may be said. */
  readonly course: readonly { readonly at: number; readonly clock: Computation; readonly quiet: boolean }[]
}

// A sequential model of steps and rounds. The worker looks when the clock says so, as the database lets it.
function play(calendar: Calendar, kind: 'acknowledge' | 'decide', acts: readonly Act[]): Played {
  let at = Date.UTC(2024, 2, 1, 5)
  const iso = () => new Date(at).toISOString()
  let clock = startClock({ kind, startedAt: iso(), workingDays: 5, because: 'letter' }, calendar)
  let look = firstLookAt(clock)
  let [frozen, answered] = [false, false]
  const said: Said[] = []
  const course: { at: number; clock: Computation; quiet: boolean }[] = []
  const changed = (next: Computation) => {
    if (next !== clock) look = firstLookAt(next)
    clock = next
  }
  for (const { what, afterHours, days } of acts) {
    at += afterHours * hourMs
    if (what === 'pause') changed(pauseClock(clock, iso(), calendar))
    if (what === 'resume') changed(resumeClock(clock, iso(), calendar))
    if (what === 'extend' && (clock.extensions ?? []).length < 8)
      changed(extendClock(clock, { at: iso(), days, by: 'holder', sequence: 1 }, calendar))
    if (what === 'freeze' || what === 'thaw') frozen = what === 'freeze'
    if (what === 'answer') answered = true
    const quiet = frozen || answered || firstLookAt(clock) === null
    course.push({ at, clock, quiet })
    if (what !== 'work' || look === null || look > iso()) continue
    const next = quiet ? null : nextReminder(clock, { past: said, at: iso(), calendar })
    if (next !== null && next.from <= iso()) {
      const { from: _from, ...words } = next
      said.push({ ...words, mailOn: mailDayOf(iso(), calendar), at })
    }
    if (answered) look = null
    else if (frozen) look = new Date(at + dayMs).toISOString()
    else look = nextReminder(clock, { past: said, at: iso(), calendar })?.from ?? null
  }
  return { said, course }
}

const anyPlay = record({
  calendar: anyCalendar,
  kind: constantFrom('acknowledge' as const, 'decide' as const),
  acts: array(anyAct, { minLength: 20, maxLength: 120, size: 'max' }),
  untilTheEnd: boolean(),
}).map(({ acts, untilTheEnd, ...more }) => ({
  ...more,
  // Half of the histories end with a worker that looks every day and is never answered.
  acts: untilTheEnd
    ? [
        ...acts.filter(({ what }) => what !== 'answer'),
        { what: 'thaw' as const, afterHours: 1, days: 1 },
        { what: 'resume' as const, afterHours: 1, days: 1 },
        ...Array.from({ length: 120 }, () => ({ what: 'work' as const, afterHours: 24, days: 1 })),
      ]
    : acts,
  untilTheEnd,
}))

describe('over any course of steps, clock jumps and downtime', () => {
  test('nobody is chased twice a day, more than five times in thirty days, or while it is of no use', () => {
    assert(
      property(anyPlay, ({ calendar, kind, acts }) => {
        const { said, course } = play(calendar, kind, acts)
        const chasers = said.filter(({ reminder }) => reminder === 'acknowledge_overdue')
        const mailDays = chasers.map(({ mailOn }) => Date.parse(mailOn) / dayMs)
        expect(new Set(mailDays).size).toBe(mailDays.length)
        for (const [place, day] of mailDays.entries())
          expect(mailDays.slice(place).filter((other) => other - day < chasing.withinDays).length).toBeLessThanOrEqual(
            chasing.most,
          )
        for (const { at } of said) expect(course.find((point) => point.at === at)?.quiet).toBe(false)
      }),
      { numRuns: 150 },
    )
  })

  test('each reminder is true when it is said, and the chasers of one date are numbered one by one', () => {
    assert(
      property(anyPlay, ({ calendar, kind, acts }) => {
        const { said, course } = play(calendar, kind, acts)
        for (const { reminder, dueOn, at } of said) {
          const clock = course.find((point) => point.at === at)?.clock
          expect(clock?.dueOn).toBe(dueOn)
          expect(at > Date.parse(endOfDay(dueOn, calendar.timeZone))).toBe(reminder !== 'acknowledge_soon')
        }
        for (const ofDate of Map.groupBy(said, ({ dueOn }) => dueOn).values()) {
          const numbers = ofDate
            .filter(({ reminder }) => reminder === 'acknowledge_overdue')
            .map(({ number }) => number)
          expect(numbers).toEqual(numbers.map((_, place) => place + 1))
          expect(numbers.length).toBeLessThanOrEqual(chasing.most)
          const others = ofDate
            .filter(({ reminder }) => reminder !== 'acknowledge_overdue')
            .map(({ reminder }) => reminder)
          expect(new Set(others).size).toBe(others.length)
        }
      }),
      { numRuns: 150 },
    )
  })

  test('none is lost: where nobody ever answers, the last word is said in the end', () => {
    let ended = 0
    assert(
      property(anyPlay, ({ calendar, kind, acts, untilTheEnd }) => {
        const { said, course } = play(calendar, kind, acts)
        const last = course.at(-1)
        // Free days without end could keep a date from coming within the course.
        if (!untilTheEnd || !last || last.at < Date.parse(last.clock.dueAt) + 100 * dayMs) return
        ended += 1
        expect(said.at(-1)).toMatchObject({
          reminder: kind === 'acknowledge' ? 'unresponsive' : 'decision_very_overdue',
          dueOn: last.clock.dueOn,
        })
      }),
      { numRuns: 150 },
    )
    expect(ended).toBeGreaterThan(20)
  })

  test('after weeks without a worker one reminder is said, not those that were missed', () => {
    assert(
      property(anyCalendar, integer({ min: 30, max: 200 }), (calendar, downDays) => {
        const acts: Act[] = [
          { what: 'work', afterHours: downDays * 24, days: 1 },
          ...Array.from({ length: 4 }, (): Act => ({ what: 'work', afterHours: 1, days: 1 })),
        ]
        expect(play(calendar, 'acknowledge', acts).said.map(({ reminder, number }) => [reminder, number])).toEqual([
          ['acknowledge_overdue', 1],
        ])
        // The days after may bring its date, or the next, where free days put it off for so long.
        expect(play(calendar, 'decide', acts.slice(0, 1)).said.length).toBeLessThanOrEqual(1)
      }),
    )
  })
})
