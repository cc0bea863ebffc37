import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { noticeKinds } from '#app/notices/legal-bases/basis.ts'
import type { State } from '#app/notices/bulk/table-query.ts'
import { measures } from '#app/notices/measures.ts'

/** What the number of a cell counts. */
export const countings = ['notices', 'works', 'share'] as const

/** Which cells are shown. */
export const shows = ['late', 'unfiled'] as const

const monthText = z
  .string()
  .regex(/^20\d\d-(?:0[1-9]|1[0-2])$/)
  .optional()
  .catch(undefined)

// A value that is none of the set filters nothing: an old bookmark still shows the matrix.
const query = z.object({
  count: z.enum(countings).catch('notices'),
  kind: z.enum(noticeKinds).optional().catch(undefined),
  measure: z.enum(measures).optional().catch(undefined),
  /** Months of filing, `2026-11`, in the organisation's time zone; both are within. */
  from: monthText,
  to: monthText,
  show: z.enum(shows).optional().catch(undefined),
  /** `name`, `late`, `notices` or the id of a vendor, by whose column the members stand. */
  sort: z
    .union([z.enum(['name', 'late', 'notices']), z.uuid()])
    .optional()
    .catch(undefined),
})

/** What the matrix counts and shows. */
export type CoverageQuery = z.infer<typeof query>

/** What decides which notices are counted. */
export type CoverageFilter = Pick<CoverageQuery, 'kind' | 'measure' | 'from' | 'to'>

/** Reads the address of a matrix. */
export function readCoverageQuery(url: string): CoverageQuery {
  const search = Object.fromEntries([...new URL(url).searchParams].filter(([, value]) => value !== ''))
  return query.parse(search)
}

/** The address of the matrix, as a page or as a file. */
export function coverageAddress(asked: Partial<CoverageQuery>, path = '/association/matrix'): string {
  const given = Object.entries(asked).flatMap(([name, value]) =>
    value === undefined || (name === 'count' && value === 'notices') ? [] : [[name, value]],
  )
  const search = new URLSearchParams(given)
  return search.size === 0 ? path : `${path}?${search}`
}

/** Whether the matrix is narrowed in any way. */
export function isNarrowed(asked: CoverageQuery): boolean {
  return asked.show !== undefined || !countsAll(asked)
}

/** What a list of the same notices is narrowed by beside the filter. */
export interface CellOfList {
  readonly member?: string
  readonly vendor?: string
  readonly state?: State
}

/** Whether a filter lets every notice through. */
export function countsAll({ kind, measure, from, to }: CoverageFilter): boolean {
  return [kind, measure, from, to].every((value) => value === undefined)
}

/** The address of the notices that a total counts. Its days are inclusive, and in the organisation's time zone too. */
export function noticesOfCell(filter: CoverageFilter, cell: CellOfList): string {
  return noticesOfCells(filter)(cell)
}

/** The same for many cells: what they have in common is written once. Ids and states need no escapes. */
export function noticesOfCells({ kind, measure, from, to }: CoverageFilter): (cell: CellOfList) => string {
  const common = [
    written('kind', kind),
    written('measure', measure),
    written('from', from && `${from}-01`),
    written('to', to && lastDayOf(to)),
  ].join('')
  return ({ member, vendor, state }) => {
    const search = `${written('member', member)}${written('vendor', vendor)}${common}${written('state', state)}`
    return search === '' ? '/association/notices' : `/association/notices?${search.slice(1)}`
  }
}

function written(name: string, value: string | undefined): string {
  return value === undefined ? '' : `&${name}=${value}`
}

/** The last day of a month, `2026-02` to `2026-02-28`. */
function lastDayOf(month: string): string {
  const { year, month: number, daysInMonth: day } = Temporal.PlainYearMonth.from(month)
  return Temporal.PlainDate.from({ year, month: number, day }).toString()
}
