import { expect, test } from 'vitest'
import { nextAttemptAt, triedForSeconds, waits } from './backoff.ts'

const firstAt = new Date('2026-11-10T00:00:00Z')

/** The instants of all attempts of a mail that nobody ever takes. */
function timeline(): Date[] {
  const attempts = [firstAt]
  for (;;) {
    const now = attempts.at(-1) ?? firstAt
    const next = nextAttemptAt({ attempts: attempts.length, firstAt, now })
    if (next === null) return attempts
    attempts.push(next)
  }
}

test('a mail is tried for five days and then given up', () => {
  const attempts = timeline()
  const lastMs = (attempts.at(-1) ?? firstAt).getTime() - firstAt.getTime()
  expect(lastMs).toBeGreaterThanOrEqual(120 * 3_600_000)
  expect(lastMs).toBeLessThan(125 * 3_600_000)
  expect(attempts.length).toBeLessThan(50)
})

test('no wait is shorter than the one before, none is longer than four hours', () => {
  expect(waits.toSorted((a, b) => a - b)).toEqual(waits)
  expect(Math.max(...waits)).toBe(4 * 3600)
})

test('the same failure always leads to the same instant', () => {
  const given = { attempts: 3, firstAt, now: new Date('2026-11-10T00:03:00Z') }
  expect(nextAttemptAt(given)).toEqual(new Date('2026-11-10T00:08:00Z'))
  expect(nextAttemptAt(given)).toEqual(nextAttemptAt(given))
})

test('many attempts in a short outage do not end a mail early', () => {
  const now = new Date(firstAt.getTime() + (triedForSeconds - 1) * 1000)
  expect(nextAttemptAt({ attempts: 5000, firstAt, now })).not.toBeNull()
})
