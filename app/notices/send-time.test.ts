import { assert, date, property } from 'fast-check'
import { expect, test } from 'vitest'
import { readPlan, sendTimeOf, wallTimeOf } from './send-time.ts'

const now = new Date('2026-11-22T00:00:00Z')

test.each([
  ['2026-11-24T09:30', 'Asia/Tokyo', '2026-11-24T00:30:00.000Z'],
  ['2026-11-24T09:30', 'America/Los_Angeles', '2026-11-24T17:30:00.000Z'],
  ['2026-11-24T09:30:00', 'UTC', '2026-11-24T09:30:00.000Z'],
])('%s in %s is %s', (typed, zone, instant) => {
  expect(readPlan(typed, zone, now)).toEqual({ planned: true, at: new Date(instant) })
})

test('a time that a clock change leaves out is the one after it', () => {
  const before = new Date('2027-03-01T00:00:00Z')
  expect(readPlan('2027-03-14T02:30', 'America/New_York', before)).toEqual({
    planned: true,
    at: new Date('2027-03-14T07:30:00Z'),
  })
})

test.each([
  ['', 'unreadable'],
  ['tomorrow', 'unreadable'],
  ['2026-02-30T10:00', 'unreadable'],
  ['2026-13-01T10:00', 'unreadable'],
  ['2026-12-01T25:00', 'unreadable'],
  ['2026-11-21T09:00', 'past'],
  ['2027-03-01T09:00', 'too-far'],
])('%s is refused as %s', (typed, because) => {
  expect(readPlan(typed, 'Asia/Tokyo', now)).toEqual({ planned: false, because })
})

test('a plan never shortens the time for recalling, and never sends early', () => {
  const at = new Date('2026-11-22T10:00:00Z')
  expect(sendTimeOf({ at, undoMinutes: 30, plannedAt: null })).toEqual(new Date('2026-11-22T10:30:00Z'))
  expect(sendTimeOf({ at, undoMinutes: 30, plannedAt: '2026-11-22T10:05:00Z' })).toEqual(
    new Date('2026-11-22T10:30:00Z'),
  )
  expect(sendTimeOf({ at, undoMinutes: 30, plannedAt: '2026-11-23T10:05:00Z' })).toEqual(
    new Date('2026-11-23T10:05:00Z'),
  )
})

test('what a field shows reads back as the same minute, in any zone without a clock change then', () => {
  const within = date({
    min: new Date('2026-11-22T00:01:00Z'),
    max: new Date('2026-12-22T00:00:00Z'),
    noInvalidDate: true,
  })
  assert(
    property(within, (at) => {
      for (const zone of ['Asia/Tokyo', 'Europe/London', 'America/Los_Angeles']) {
        const minute = new Date(Math.floor(at.getTime() / 60_000) * 60_000)
        if (minute <= now) continue
        expect(readPlan(wallTimeOf(minute, zone), zone, now)).toEqual({ planned: true, at: minute })
      }
    }),
  )
})
