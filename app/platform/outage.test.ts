import { expect, test } from 'vitest'
import { isOutage } from './outage.ts'

const coded = (code: string): Error => Object.assign(new Error('x'), { code })

test.for(['P1001', 'P2024', 'P2028', '57P01', '57P03', '08006', '53300', 'ECONNREFUSED'])(
  '%s is an outage, also as a cause',
  (code) => {
    expect(isOutage(coded(code))).toBe(true)
    expect(isOutage(new Error('Filing failed', { cause: coded(code) }))).toBe(true)
  },
)

test.for(['P2002', 'P2025', '23505', '42501', 'ERR_INVALID_URL'])('%s is none', (code) => {
  expect(isOutage(coded(code))).toBe(false)
})

test('words of the driver count, other words and other things do not', () => {
  expect(isOutage(new Error('Connection terminated unexpectedly'))).toBe(true)
  expect(isOutage(new Error('the database system is starting up'))).toBe(true)
  expect(isOutage(new Error('The notice is gone'))).toBe(false)
  for (const other of [null, undefined, 'P1001', 7, {}]) expect(isOutage(other)).toBe(false)
})

test('an error that causes itself ends', () => {
  const error = new Error('round')
  error.cause = error
  expect(isOutage(error)).toBe(false)
})
