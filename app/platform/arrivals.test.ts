import { expect, test } from 'vitest'
import { isLeftArrival } from './arrivals.ts'

const id = '0b6c2f6e-5c1c-4e0e-9d53-2f3a2c9a1b70'
const day = 86_400_000
const at = Date.parse('2026-11-23T00:00:00Z')

test.each([
  ['what was written beside and never moved', `incoming-${id}`, day + 1, true],
  ['what arrived and never got its name', `incoming/${id}`, day + 1, true],
  ['what may still be arriving', `incoming-${id}`, day, false],
  ['what was written later than now, by a clock that was set back', `incoming-${id}`, -day, false],
  ['a file of evidence, however old', `ab/${'ab'.repeat(32)}`, 900 * day, false],
  ['a part of an upload', `uploads/${id}/1`, 900 * day, false],
  ['something that only begins like one', `incoming-${id}.eml`, 900 * day, false],
  ['the folder of arrivals', 'incoming', 900 * day, false],
])('%s', (_what, path, age, left) => {
  expect(isLeftArrival({ path, writtenAt: at - age }, at)).toBe(left)
})
