import { expect, test } from 'vitest'
import { readDay } from './sheet-dates.ts'

test.each([
  ['2026-12-01', '2026-12-01'],
  ['2026/12/1', '2026-12-01'],
  ['2026年12月1日', '2026-12-01'],
  ['２０２６／１２／０１', '2026-12-01'],
  ['2026-12-01 00:00:00', '2026-12-01'],
  ['1.12.2026', '2026-12-01'],
  ['12/25/2026', '2026-12-25'],
  ['25/12/2026', '2026-12-25'],
  ['5/5/2026', '2026-05-05'],
])('%s is %s', (typed, day) => {
  expect(readDay(typed)).toEqual({ day })
})

test('a day that can be meant two ways is not guessed', () => {
  expect(readDay('12/1/2026')).toEqual({ because: 'ambiguous-date' })
})

test.each(['46357', 'TRUE', '2026-02-30', '12/26', '1-Dec-26', '31.04.2026'])('%s is no day', (typed) => {
  expect(readDay(typed)).toEqual({ because: 'unreadable-date' })
})
