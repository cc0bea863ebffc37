import { array, assert, boolean, constantFrom, integer, property, record, subarray } from 'fast-check'
import { expect, test } from 'vitest'
import type { EarlierNotice } from './duplicates.ts'
import { againOf, askedByOf, bitsAt, lengthOf, namesAll, placesOf, sourcesOf } from './earlier-works.ts'

const measures = ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS', 'DISCLOSE_USE'] as const
const asked = { measures, version: 1 }
const works = [0, 1, 2, 3, 4, 5]

const someNotices = array(
  record({
    scope: integer({ min: 0, max: 2 }),
    vendorId: constantFrom('one', 'two'),
    whole: boolean(),
    version: integer({ min: 1, max: 2 }),
    measures: subarray([...measures], { minLength: 1 }),
    named: subarray(works),
    trimmed: boolean(),
  }),
  { maxLength: 8 },
)

/** Earlier notices that name works of six: those of one scope name the same. */
const world = someNotices.map((given) => {
  const first = new Map<string, (typeof given)[number]>()
  return given.map((each, index) => {
    const scopeId = `scope ${each.scope} ${each.whole} ${each.version}`
    const same = first.get(scopeId) ?? each
    first.set(scopeId, same)
    const { whole, version, vendorId, trimmed } = each
    const notice: EarlierNotice = {
      id: `notice ${index}`,
      reference: 'CAV-0000-0000',
      stage: 'sent',
      vendorId,
      scopeId,
      kind: whole ? 'all' : 'listed',
      version,
      works: works.length,
      measures: measures.filter((measure) => each.measures.includes(measure)),
      trimmed,
    }
    const whole1 = works.filter((work) => version === 1 || work !== 5)
    const all = whole ? whole1 : works.filter((work) => same.named.includes(work))
    return { notice, named: trimmed ? all.filter((work) => work !== index % 6) : all }
  })
})

test('what is asked again is the same as when every work is asked by itself', () => {
  assert(
    property(world, (given) => {
      const notices = given.map(({ notice }) => notice)
      const sources = sourcesOf(notices, 1)
      const places = placesOf(sources)
      const namedBy = new Map(given.map(({ notice, named }) => [notice.id, named]))
      const bitsOf = (work: number) =>
        bitsAt(
          sources.flatMap(({ place, notices: [first] }) => (namedBy.get(first?.id ?? '')?.includes(work) ? place : [])),
          lengthOf(sources),
        )
      const marks = [...Map.groupBy(works, bitsOf)].map(([bits, same]) => ({ bits, works: same.length }))
      for (const vendorId of ['one', 'two']) {
        const own = given.filter(({ notice }) => notice.vendorId === vendorId)
        const by = works.map((work) => own.filter(({ named }) => named.includes(work)))
        const asking = by.map((each) =>
          measures.filter((one) => each.some(({ notice }) => notice.measures.includes(one))),
        )
        const again = againOf(
          own.map(({ notice }) => notice),
          asked,
          { marks: marks.filter(({ bits }) => bits.includes('1')), places, works: works.length },
        )
        const covered = asking.map((each) => each.length === measures.length)
        expect(again).toEqual({
          works: asking.filter((each) => each.length > 0).length,
          covered: covered.filter(Boolean).length,
          mask: measures.reduce(
            (mask, one, at) => (asking.some((each) => each.includes(one)) ? mask | (1 << at) : mask),
            0,
          ),
        })
        const askedBy = askedByOf(
          own.map(({ notice }) => notice),
          asked,
          places,
        )
        const left = works.map((work) => {
          const bits = bitsOf(work)
          return !askedBy.every((one) => Array.from(one).some((bit, at) => bit === '1' && bits[at] === '1'))
        })
        expect(left).toEqual(covered.map((each) => !each))
      }
    }),
  )
})

const first: EarlierNotice = {
  id: 'notice',
  reference: 'CAV-0000-0000',
  stage: 'sent',
  vendorId: 'one',
  scopeId: 'scope',
  kind: 'listed',
  version: 1,
  works: 3,
  measures: ['STOP_TRAINING_FUTURE'],
  trimmed: false,
}

test('thousands of lists by which the same vendors are asked the same take one place', () => {
  const notices = Array.from({ length: 3_000 }, (_, index) => ({
    ...first,
    id: `notice ${index}`,
    scopeId: `scope ${index}`,
    trimmed: index % 2 === 0,
  }))
  expect(lengthOf(sourcesOf(notices, 1))).toBe(1)
  expect(sourcesOf(notices, 1)).toHaveLength(3_000)
})

test('only the whole of the very version, with nothing withdrawn, names every work', () => {
  const notice = { ...first, kind: 'all', trimmed: false } as const
  expect(
    [notice, { ...notice, version: 2 }, { ...notice, trimmed: true }, { ...notice, kind: 'listed' } as const].map(
      (each) => namesAll(each, 1),
    ),
  ).toEqual([true, false, false, false])
})
