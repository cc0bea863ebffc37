import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { noticeKinds } from '#app/notices/legal-bases/basis.ts'
import { measures } from '#app/notices/measures.ts'
import {
  cellStates,
  columnNames,
  orders,
  readTableQuery,
  states,
  tableAddress,
  type TableQuery,
} from './table-query.ts'

const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined })
const aDay = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))
const words = fc
  .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
  .filter((text) => text.trim() === text && text !== '')

const aQuery: fc.Arbitrary<TableQuery> = fc.record({
  filter: fc
    .record({
      member: maybe(fc.uuid({ version: 7 })),
      vendor: maybe(fc.uuid({ version: 7 })),
      kind: maybe(fc.constantFrom(...noticeKinds)),
      measure: maybe(fc.constantFrom(...measures)),
      from: maybe(aDay),
      to: maybe(aDay),
      state: maybe(fc.constantFrom(...states, ...cellStates)),
      q: maybe(words),
      tag: maybe(words),
      assignee: maybe(fc.oneof(fc.constant('nobody' as const), fc.uuid({ version: 7 }))),
    })
    .map((filter) => Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))),
  order: fc.constantFrom(...orders),
  columns: fc.subarray([...columnNames], { minLength: 1 }),
  cursor: fc.option(
    fc.record({
      way: fc.constantFrom('after' as const, 'before' as const),
      id: fc.uuid({ version: 7 }),
      due: fc.option(
        fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }).map((at) => at.toISOString()),
      ),
    }),
  ),
  view: maybe(fc.uuid({ version: 7 })),
})

test('an address says all that a table shows, and reads back as it was written', () => {
  fc.assert(
    fc.property(aQuery, (query) => {
      const address = tableAddress('/association/notices', query)
      expect(readTableQuery(`https://caveat.example${address}`)).toEqual(query)
    }),
  )
})

const columns = (search: string) => readTableQuery(`https://caveat.example/?${search}`).columns
const cursor = (search: string) => readTableQuery(`https://caveat.example/?${search}`).cursor

describe('an address that somebody changed', () => {
  test.each([
    ['?state=lost&kind=letter&measure=BURN', {}],
    ['?from=yesterday&to=2026-02-30', {}],
    ['?member=1&vendor=x&assignee=me', {}],
    ['?q=%20%20&tag=', {}],
    [`?q=${'x'.repeat(201)}`, {}],
    ['?state=overdue', { state: 'overdue' }],
  ])('%s filters by what can be meant', (search, filter) => {
    expect(readTableQuery(`https://caveat.example/association/notices${search}`).filter).toEqual(filter)
  })

  test('columns that do not exist are left out, and none are the usual ones', () => {
    expect(columns('columns=vendor,secret')).toEqual(['vendor'])
    expect(columns('columns=due&columns=vendor')).toEqual(['vendor', 'due'])
    expect(columns('columns=secret')).toEqual(columns(''))
  })

  test('a place that is none begins at the front', () => {
    expect(cursor('after=0')).toBeNull()
    expect(cursor(`after=${'-'.repeat(36)}`)).toBeNull()
  })
})
