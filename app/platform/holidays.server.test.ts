import { expect, test } from 'vitest'
import { calendarOf, knowsCountry } from './holidays.server.ts'

const place = (country: string, region?: string) => calendarOf({ country, region, timeZone: 'UTC' })

test.each([
  ['JP', undefined, '2026-11-23', { name: 'Labor Thanksgiving Day', nameOther: '勤労感謝の日' }],
  ['JP', undefined, '2026-05-06', { nameOther: '憲法記念日 (振替休日)' }],
  ['US', undefined, '2026-07-03', { name: 'Independence Day (substitute day)' }],
  ['US', 'CA', '2026-03-31', { name: 'César Chávez Day' }],
  ['DE', 'BY', '2026-01-06', { name: 'Epiphany', nameOther: 'Heilige Drei Könige' }],
  ['CN', undefined, '2026-02-18', { name: 'Spring Festival' }],
  ['IL', undefined, '2026-09-21', {}],
  ['US', undefined, '2026-01-01', { name: "New Year's Day", nameJa: '元日' }],
  ['CN', undefined, '2026-01-01', { nameOther: '元旦', nameJa: '元日' }],
])('%s %s is free on %s', (country, region, day, names) => {
  expect(place(country, region).holidayOn(day)).toMatchObject(names)
})

test.each([
  ['JP', undefined, '2026-01-02'],
  ['US', undefined, '2026-03-31'],
  ['DE', 'BE', '2026-01-06'],
  ['US', 'nowhere', '2026-03-31'],
  ['IL', undefined, '2026-09-20'],
])('%s %s works on %s', (country, region, day) => {
  expect(place(country, region).holidayOn(day)).toBeUndefined()
})

test('a name that the library has in no Japanese is not called Japanese', () => {
  for (const [country, day] of [
    ['CN', '2026-02-18'],
    ['KR', '2026-03-02'],
    ['DE', '2026-04-03'],
    ['JP', '2026-11-23'],
  ] as const)
    expect(place(country).holidayOn(day)).not.toHaveProperty('nameJa')
})

test('weekends differ', () => {
  expect(place('JP').weekend).toEqual([6, 7])
  expect(place('IL').weekend).toEqual([5, 6])
})

test('an unknown country is refused, not taken for one without holidays', () => {
  expect(knowsCountry('jp')).toBe(true)
  expect(knowsCountry('XX')).toBe(false)
  expect(() => place('XX').holidayOn('2026-01-01')).toThrow(RangeError)
})
