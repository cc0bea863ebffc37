import { array, assert, constantFrom, integer, oneof, property, record, uniqueArray } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideDaysOf, extendClock, pauseClock, resumeClock, startClock } from './clocks.ts'
import { measures, type Measure } from './measures.ts'
import { addWorkingDays, dayOf, endOfDay, type Calendar } from './working-days.ts'

const tokyo: Calendar = {
  country: 'JP',
  timeZone: 'Asia/Tokyo',
  weekend: [6, 7],
  holidayOn: (day) =>
    day === '2026-11-23' ? { name: 'Labor Thanksgiving Day', nameOther: '勤労感謝の日' } : undefined,
}
const california: Calendar = {
  country: 'US',
  region: 'CA',
  timeZone: 'America/Los_Angeles',
  weekend: [6, 7],
  holidayOn: (day) => (day === '2026-11-26' || day === '2026-11-27' ? { name: 'Thanksgiving' } : undefined),
}
const acknowledge = { kind: 'acknowledge', workingDays: 5, because: 'acknowledgement' } as const

describe('a clock', () => {
  test('says all that led to its due date', () => {
    expect(startClock({ ...acknowledge, startedAt: '2026-11-19T15:30:00Z' }, tokyo)).toEqual({
      kind: 'acknowledge',
      startedAt: '2026-11-19T15:30:00.000Z',
      // Half past midnight of the next day in Tokyo.
      startedOn: '2026-11-20',
      workingDays: 5,
      because: 'acknowledgement',
      country: 'JP',
      timeZone: 'Asia/Tokyo',
      skipped: [
        { day: '2026-11-21', why: 'weekend' },
        { day: '2026-11-22', why: 'weekend' },
        { day: '2026-11-23', why: 'holiday', name: 'Labor Thanksgiving Day', nameOther: '勤労感謝の日' },
        { day: '2026-11-28', why: 'weekend' },
        { day: '2026-11-29', why: 'weekend' },
      ],
      pauses: [],
      dueOn: '2026-11-30',
      dueAt: '2026-11-30T14:59:59.000Z',
      reminderOn: '2026-11-25',
    })
  })

  test('the same instant is another day elsewhere', () => {
    const clock = startClock({ ...acknowledge, startedAt: '2026-11-19T15:30:00Z' }, california)
    expect(clock).toMatchObject({
      startedOn: '2026-11-19',
      dueOn: '2026-11-30',
      dueAt: '2026-12-01T07:59:59.000Z',
      region: 'CA',
    })
  })

  test.each([
    ['2026-03-02T20:00:00Z', 'America/Los_Angeles', '2026-03-09', '2026-03-10T06:59:59.000Z'],
    ['2026-10-28T20:00:00Z', 'America/Los_Angeles', '2026-11-04', '2026-11-05T07:59:59.000Z'],
    ['2026-03-25T10:00:00Z', 'Europe/Berlin', '2026-04-01', '2026-04-01T21:59:59.000Z'],
    ['2026-10-21T10:00:00Z', 'Europe/Berlin', '2026-10-28', '2026-10-28T22:59:59.000Z'],
  ])(
    'started %s in %s it ends on local midnight across the change of the clocks',
    (startedAt, timeZone, dueOn, dueAt) => {
      const calendar = { ...california, timeZone, holidayOn: () => undefined }
      expect(startClock({ ...acknowledge, startedAt }, calendar)).toMatchObject({ dueOn, dueAt })
    },
  )

  test('a decision is very overdue 20 working days after it was due', () => {
    const clock = startClock(
      { kind: 'decide', workingDays: 10, because: 'outputs', startedAt: '2026-11-02T00:00:00Z' },
      tokyo,
    )
    expect(clock).toMatchObject({ dueOn: '2026-11-16', veryOverdueAt: '2026-12-15T14:59:59.000Z' })
    expect(clock).not.toHaveProperty('reminderOn')
  })

  test.each([0, -1, 91, 1.5, Number.NaN])('%d working days are refused', (workingDays) => {
    expect(() => startClock({ ...acknowledge, workingDays, startedAt: '2026-11-02T00:00:00Z' }, tokyo)).toThrow(
      RangeError,
    )
  })

  test('a calendar without working days is refused instead of searched for ever', () => {
    expect(() => addWorkingDays('2026-01-01', 1, { ...tokyo, weekend: [1, 2, 3, 4, 5, 6, 7] })).toThrow(RangeError)
  })
})

describe('working days', () => {
  const start = Date.UTC(2026, 0, 1)
  const isoDay = (offset: number) => new Date(start + offset * 86_400_000).toISOString().slice(0, 10)

  test('agree with counting every day one by one', () => {
    const holidayOffsets = uniqueArray(integer({ min: 0, max: 400 }), { maxLength: 40 })
    const weekends = constantFrom<readonly number[]>([6, 7], [5, 6], [7], [])
    assert(
      property(
        integer({ min: 0, max: 120 }),
        integer({ min: 1, max: 90 }),
        holidayOffsets,
        weekends,
        (from, days, free, weekend) => {
          const holidays = new Set(free.map(isoDay))
          const calendar = {
            ...tokyo,
            weekend,
            holidayOn: (day: string) => (holidays.has(day) ? { name: 'Free' } : undefined),
          }
          const { on, skipped } = addWorkingDays(isoDay(from), days, calendar)

          let [offset, counted, passed] = [from, 0, 0]
          while (counted < days) {
            offset += 1
            const weekday = new Date(start + offset * 86_400_000).getUTCDay() || 7
            if (weekend.includes(weekday) || holidays.has(isoDay(offset))) passed += 1
            else counted += 1
          }
          expect(on).toBe(isoDay(offset))
          expect(skipped).toHaveLength(passed)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('a due instant is the last second of its day in every zone', () => {
    const zones = constantFrom(
      'Asia/Tokyo',
      'America/Los_Angeles',
      'America/Havana',
      'America/Sao_Paulo',
      'Africa/Cairo',
      'Asia/Beirut',
      'Pacific/Apia',
      'Asia/Kathmandu',
    )
    assert(
      property(integer({ min: -3000, max: 3000 }), zones, (offset, timeZone) => {
        const day = isoDay(offset)
        const due = endOfDay(day, timeZone)
        const next = new Date(Date.parse(due) + 1000).toISOString()
        expect(dayOf(due, { timeZone })).toBe(day)
        expect(dayOf(next, { timeZone }) > day).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('days to decide', () => {
  test.each<[readonly Measure[], number, string]>([
    [['FILTER_OUTPUTS'], 10, 'outputs'],
    [['RESPOND_TO_OUTPUT_CLAIMS', 'REMOVE_OUTPUT_URLS'], 10, 'outputs'],
    [['STOP_TRAINING_FUTURE'], 20, 'training'],
    [['STOP_TRAINING_FUTURE', 'RESPOND_TO_OUTPUT_CLAIMS'], 20, 'mixed'],
    [[], 20, 'training'],
  ])('%j: %i, %s', (demanded, workingDays, because) => {
    expect(decideDaysOf(demanded)).toEqual({ workingDays, because })
  })

  test('one more measure never shortens them, once there is one', () => {
    assert(
      property(array(constantFrom(...measures), { minLength: 1 }), constantFrom(...measures), (demanded, more) => {
        expect(decideDaysOf([...demanded, more]).workingDays).toBeGreaterThanOrEqual(decideDaysOf(demanded).workingDays)
      }),
    )
  })
})

describe('a pause', () => {
  const decide = { kind: 'decide', workingDays: 10, because: 'outputs', startedAt: '2026-11-02T00:00:00Z' } as const

  test('counts the day of the question as used and the day of the answer as paused', () => {
    const paused = pauseClock(startClock(decide, tokyo), '2026-11-05T01:00:00Z', tokyo)
    expect(paused.pauses).toEqual([{ pausedOn: '2026-11-05', daysLeft: 7 }])
    const resumed = resumeClock(paused, '2026-11-20T01:00:00Z', tokyo)
    expect(resumed).toMatchObject({
      dueOn: '2026-12-02',
      pauses: [{ pausedOn: '2026-11-05', daysLeft: 7, resumedOn: '2026-11-20' }],
    })
    expect(resumed.skipped.map(({ day }) => day)).toEqual([
      '2026-11-21',
      '2026-11-22',
      '2026-11-23',
      '2026-11-28',
      '2026-11-29',
    ])
  })

  test('asked on the last day, the answer comes due on its own day', () => {
    const paused = pauseClock(startClock(decide, tokyo), '2026-11-16T01:00:00Z', tokyo)
    expect(resumeClock(paused, '2026-11-25T01:00:00Z', tokyo)).toMatchObject({ dueOn: '2026-11-25' })
  })

  test('asked when it was overdue, it stays overdue', () => {
    const paused = pauseClock(startClock(decide, tokyo), '2026-11-18T01:00:00Z', tokyo)
    expect(resumeClock(paused, '2026-11-25T01:00:00Z', tokyo)).toMatchObject({ dueOn: '2026-11-16' })
  })

  test('what was never paused runs on unchanged', () => {
    const clock = startClock(decide, tokyo)
    expect(resumeClock(clock, '2026-11-25T01:00:00Z', tokyo)).toBe(clock)
  })
})

const more = (at: string, days: number) => ({ at, days, by: 'vendor' as const, sequence: 4 })

describe('an extension', () => {
  const decide = { kind: 'decide', workingDays: 10, because: 'outputs', startedAt: '2026-11-02T00:00:00Z' } as const
  test('counts on from the date and moves the reminder with it', () => {
    const clock = startClock({ ...acknowledge, startedAt: '2026-11-02T00:00:00Z' }, tokyo)
    expect(extendClock(clock, more('2026-11-06T01:00:00Z', 3), tokyo)).toMatchObject({
      dueOn: '2026-11-12',
      dueAt: '2026-11-12T14:59:59.000Z',
      reminderOn: '2026-11-09',
      extensions: [{ on: '2026-11-06', days: 3, by: 'vendor', sequence: 4 }],
    })
  })

  test('of a date that has passed counts from that date too', () => {
    const late = extendClock(startClock(decide, tokyo), more('2026-11-30T01:00:00Z', 2), tokyo)
    expect(late).toMatchObject({ dueOn: '2026-11-18' })
  })

  test('can end what was overdue when it was paused', () => {
    const paused = pauseClock(startClock(decide, tokyo), '2026-11-18T01:00:00Z', tokyo)
    const extended = extendClock(paused, more('2026-11-19T01:00:00Z', 5), tokyo)
    expect(extended.pauses).toEqual([{ pausedOn: '2026-11-18', daysLeft: 3 }])
    expect(resumeClock(extended, '2026-11-20T01:00:00Z', tokyo)).toMatchObject({ dueOn: '2026-11-26' })
  })

  test('pauses, resumptions and extensions in any order leave the days that an independent count leaves', () => {
    const act = oneof(
      record({ what: constantFrom('pause' as const, 'resume' as const), after: integer({ min: 0, max: 4 }) }),
      record({
        what: constantFrom('extend' as const),
        after: integer({ min: 0, max: 4 }),
        days: integer({ min: 1, max: 2 }),
      }),
    )
    assert(
      property(array(act, { maxLength: 12 }), (acts) => {
        // Long enough that no question is asked after the date: that is the test above.
        let clock = startClock({ ...decide, workingDays: 60 }, tokyo)
        const played: Played[] = []
        let offset = 0
        for (const { what, after, ...each } of acts) {
          offset += after
          const at = new Date(Date.UTC(2026, 10, 2 + offset, 1)).toISOString()
          const days = 'days' in each ? each.days : 0
          played.push({ what, day: at.slice(0, 10), days })
          if (what === 'pause') clock = pauseClock(clock, at, tokyo)
          else if (what === 'resume') clock = resumeClock(clock, at, tokyo)
          else clock = extendClock(clock, { at, days, by: 'holder', sequence: 1 }, tokyo)
        }
        const expected = dayByDay(60, played)
        const open = clock.pauses.findLast(({ resumedOn }) => resumedOn === undefined)
        expect(open ? { left: open.daysLeft } : { dueOn: clock.dueOn }).toEqual(expected)
      }),
      { numRuns: 3000 },
    )
  })
})

interface Played {
  readonly what: string
  readonly day: string
  readonly days: number
}

function isFreeInTokyo(day: string): boolean {
  return [0, 6].includes(new Date(day).getUTCDay()) || day === '2026-11-23'
}

// The same by walking the days one by one: a working day on which no question is open takes one of the days.
function dayByDay(workingDays: number, acts: readonly Played[]): { dueOn: string } | { left: number } {
  const last = acts.at(-1)?.day ?? ''
  let [left, paused, day] = [workingDays, false, '2026-11-02']
  for (;;) {
    // The day of a question is used, the day of its answer is not.
    const atDawn = paused
    for (const { what, days } of acts.filter((act) => act.day === day)) {
      if (what === 'pause') paused = true
      if (what === 'resume') paused = false
      if (what === 'extend') left += days
    }
    if (!isFreeInTokyo(day) && !atDawn && day !== '2026-11-02') left -= 1
    if (day >= last && paused) return { left }
    if (left === 0) return { dueOn: day }
    day = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
  }
}
