import { assert, constantFrom, property, subarray } from 'fast-check'
import { expect, test } from 'vitest'
import { choiceFor, maskOf, measuresIn, undecided } from './duplicates.ts'
import { measures } from './measures.ts'

const asked = ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS'] as const

test('bits mean the measures that were put in, whatever the order', () => {
  assert(
    property(subarray([...measures]), subarray([...measures]), (one, all) => {
      expect(measuresIn(maskOf(one, all), all)).toEqual(all.filter((measure) => one.includes(measure)))
    }),
  )
})

const found = {
  vendorId: 'vendor',
  works: 3,
  covered: 3,
  measures: [...asked],
  notices: [],
  noticesCount: 1,
  seen: 'a',
}

test.each([
  ['nothing is chosen beforehand', {}, found, null],
  ['a choice holds for what was seen', { vendor: { choice: 'skip', seen: 'a' } }, found, 'skip'],
  ['another notice since asks again', { vendor: { choice: 'link', seen: 'b' } }, found, null],
  [
    'nothing is left out that is not asked already',
    { vendor: { choice: 'skip', seen: 'a' } },
    { ...found, covered: 0 },
    null,
  ],
  ['linking needs no such works', { vendor: { choice: 'link', seen: 'a' } }, { ...found, covered: 0 }, 'link'],
] as const)('%s', (_what, choices, duplicates, choice) => {
  expect(choiceFor(duplicates, choices)).toBe(choice)
})

test('what is undecided is what has no choice', () => {
  assert(
    property(constantFrom('a', 'b'), (seen) => {
      const choices = { vendor: { choice: 'link' as const, seen } }
      expect(undecided([found], choices)).toHaveLength(seen === 'a' ? 0 : 1)
    }),
  )
})
