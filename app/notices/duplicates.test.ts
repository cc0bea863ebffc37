import { assert, constantFrom, property, subarray } from 'fast-check'
import { expect, test } from 'vitest'
import { choiceFor, coverageOf, maskOf, measuresIn, undecided, type EarlierNotice } from './duplicates.ts'
import { measures } from './measures.ts'

const notice: EarlierNotice = {
  id: 'one',
  reference: 'CAV-0000-0000',
  stage: 'sent',
  vendorId: 'vendor',
  scopeId: 'scope',
  kind: 'all',
  version: 1,
  works: 3,
  measures: ['STOP_TRAINING_FUTURE'],
  trimmed: false,
}
const asked = ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS'] as const

test('bits mean the measures that were put in, whatever the order', () => {
  assert(
    property(subarray([...measures]), subarray([...measures]), (one, all) => {
      expect(measuresIn(maskOf(one, all), all)).toEqual(all.filter((measure) => one.includes(measure)))
    }),
  )
})

test('notices about the whole of the same version cover everything; others by their version or list', () => {
  const coverage = coverageOf(
    [
      notice,
      { ...notice, id: 'two', version: 2, measures: ['REMOVE_FROM_DATASETS'] },
      { ...notice, id: 'three', version: 2 },
      { ...notice, id: 'four', kind: 'listed' },
      { ...notice, id: 'five', trimmed: true },
    ],
    { asked, version: 1 },
  )
  expect(coverage).toEqual({
    full: 3,
    base: 1,
    versions: [{ version: 2, mask: 3 }],
    listed: [{ id: 'four', mask: 1 }],
    trimmed: [{ id: 'five', version: 1, mask: 1 }],
  })
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
