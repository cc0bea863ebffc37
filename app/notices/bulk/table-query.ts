import { z } from 'zod'
import { noticeKinds } from '#app/notices/legal-bases/basis.ts'
import { measures } from '#app/notices/measures.ts'
import { noticeOutcomes } from '#app/notices/outcomes.ts'

/** Where a notice stands as the table asks for it, each counted beside its name. */
export const states = [
  'filed',
  'waiting',
  'acknowledged',
  'overdue',
  'undeliverable',
  'decided',
  ...noticeOutcomes,
] as const

/** Where a cell of the matrix says that some of its notices stand: asked for by its links, so that each number leads to exactly its rows. */
export const cellStates = [
  'in_trouble',
  'awaited',
  'decision_overdue',
  'acknowledge_overdue',
  'question',
  'awaiting_approval',
  'queued',
  'sent',
  'delivered',
  'under_acknowledgement',
  'in_review',
  'all_agreed',
  'partly_agreed',
  'none_agreed',
  'unanswered',
  'withdrawn',
  'superseded',
] as const

/** One of `states` or `cellStates`. */
export type State = (typeof states)[number] | (typeof cellStates)[number]

/** In which order the table stands. */
export const orders = ['newest', 'oldest', 'due'] as const

/** One of `orders`. */
export type Order = (typeof orders)[number]

/** The columns that may be chosen, in their order; the reference is always there. */
export const columnNames = [
  'member',
  'vendor',
  'works',
  'measures',
  'stage',
  'outcome',
  'waiting',
  'due',
  'filed',
  'matter',
  'theirs',
  'tags',
  'assignee',
  'notes',
] as const

/** One of `columnNames`. */
export type ColumnName = (typeof columnNames)[number]

/** What is shown until somebody chooses. */
export const defaultColumns = [
  'member',
  'vendor',
  'works',
  'stage',
  'outcome',
  'due',
  'tags',
  'assignee',
  'notes',
] as const satisfies readonly ColumnName[]

/** The longest tag. */
export const longestTag = 60

const uuid = z.uuid().optional().catch(undefined)
const day = z.iso.date().optional().catch(undefined)

/** What the table lets through, as an address or a selection says it: absent lets everything through. */
export const tableFilterSchema = z.object({
  member: uuid,
  vendor: uuid,
  kind: z.enum(noticeKinds).optional().catch(undefined),
  measure: z.enum(measures).optional().catch(undefined),
  /** The first and the last day on which it was filed, in the organisation's time zone. */
  from: day,
  to: day,
  state: z
    .enum([...states, ...cellStates])
    .optional()
    .catch(undefined),
  q: z.string().trim().min(1).max(200).optional().catch(undefined),
  tag: z.string().trim().min(1).max(longestTag).optional().catch(undefined),
  /** A person of the organisation, or nobody. */
  assignee: z
    .union([z.literal('nobody'), z.uuid()])
    .optional()
    .catch(undefined),
})

/** What the table lets through. */
export type TableFilter = z.infer<typeof tableFilterSchema>

/** How the table is walked: from after a row, or back from before one. A row is its id, and its due instant where that orders. */
export type TableCursor = {
  readonly way: 'after' | 'before'
  readonly id: string
  readonly due: string | null
} | null

/** What an address of the table says. */
export interface TableQuery {
  readonly filter: TableFilter
  readonly order: Order
  readonly columns: readonly ColumnName[]
  readonly cursor: TableCursor
  /** The saved view that was opened. */
  readonly view: string | undefined
}

/** How many rows a page of the table holds. */
export const rowsPerPage = 50

const place = /^([0-9a-f-]{36})(?:_(\d{1,15}|never))?$/u

/** Reads the address of a table. A value that is none of a set filters nothing: an old bookmark still shows the table. */
export function readTableQuery(url: string): TableQuery {
  const { searchParams } = new URL(url)
  const search = Object.fromEntries([...searchParams].filter(([, value]) => value !== ''))
  const chosen = new Set(searchParams.getAll('columns').flatMap((names) => names.split(/[ ,]/u)))
  const columns = columnNames.filter((name) => chosen.has(name))
  return {
    filter: given(tableFilterSchema.parse(search)),
    order: orders.find((order) => order === search['sort']) ?? 'newest',
    columns: columns.length === 0 ? defaultColumns : columns,
    cursor: cursorOf('after', search['after']) ?? cursorOf('before', search['before']),
    view: uuid.parse(search['view']),
  }
}

function cursorOf(way: 'after' | 'before', typed: string | undefined): TableCursor {
  const [, id, due] = place.exec(typed ?? '') ?? []
  if (id === undefined || !z.uuid().safeParse(id).success) return null
  const at = due === undefined || due === 'never' ? null : new Date(Number(due))
  return { way, id, due: at === null || Number.isNaN(at.getTime()) ? null : at.toISOString() }
}

/** The address of a table. What is as it comes is left out, so that the same table has one address. */
export function tableAddress(base: string, query: Partial<TableQuery>): string {
  const search = tableSearch(query)
  return search === '' ? base : `${base}?${search}`
}

/** The same without the page: what a saved view keeps. */
export function tableSearch({
  filter = {},
  order = 'newest',
  columns = defaultColumns,
  cursor = null,
  view,
}: Partial<TableQuery>): string {
  return new URLSearchParams([
    ...filterEntries(filter),
    ...(order === 'newest' ? [] : [['sort', order]]),
    ...(columns.join() === defaultColumns.join() ? [] : [['columns', columns.join(' ')]]),
    ...(view === undefined ? [] : [['view', view]]),
    ...(cursor === null ? [] : [[cursor.way, placeOf(cursor)]]),
  ]).toString()
}

function placeOf({ id, due }: NonNullable<TableCursor>): string {
  return due === null ? id : `${id}_${new Date(due).getTime()}`
}

/** The parts of a filter that are set, as an address says them. */
export function filterEntries(filter: TableFilter): [string, string][] {
  return Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
}

/** Whether anything is filtered at all. */
export function isTableFiltered(filter: TableFilter): boolean {
  return filterEntries(filter).length > 0
}

function given(filter: TableFilter): TableFilter {
  return tableFilterSchema.parse(Object.fromEntries(filterEntries(filter)))
}
