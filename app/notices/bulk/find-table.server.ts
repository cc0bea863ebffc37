import type { Member } from '#app/accounts/viewer.server.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import type { NoticeLine } from '#app/notices/find-notices.server.ts'
import { markColumns, markOf, type MarkedRow } from '#app/notices/mark-row.server.ts'
import type { Measure } from '#app/notices/measures.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { nameHere } from '#app/platform/name-here.server.ts'
import { tableRows, type TableRows } from './table-conditions.server.ts'
import { rowsPerPage, type TableCursor, type TableQuery } from './table-query.ts'
import { dueAt, idsOfPage, ordered, type Walk } from './walk-table.server.ts'
import { tableViewpoint, type TableViewpoint } from './table-viewpoint.server.ts'

type Names = { readonly name: string; readonly nameOther: string | null }

/** A row of the table: a line of a list of notices, with its member and what the organisation keeps about it for itself. */
export interface TableRow extends Omit<NoticeLine, 'party' | 'partyOther'> {
  readonly member: Names
  readonly vendor: Names & { readonly slug: string }
  readonly measures: readonly Measure[]
  readonly filedAt: Date
  readonly matterNumber: string | null
  readonly vendorReference: string | null
  readonly tags: readonly string[]
  readonly assignee: string | null
  readonly notes: number
  /** Filed by the organisation that looks, or its own: it mends the vendor's contact. */
  readonly isOwn: boolean
}

/** A page of the table. */
export interface TablePage {
  readonly at: Date
  readonly rows: readonly TableRow[]
  /** How many match, up to `mostCounted`. */
  readonly matching: number
  readonly previous: TableCursor
  readonly next: TableCursor
}

/** How far matching notices are counted; more are "10,000+". */
export const mostCounted = 10_000

// So many rows are sorted in less time than an index takes to be walked to them.
const mostSorted = 2_000

/**
 * A page of the notices that the organisation's mandates cover, or of its own.
 *
 * @param wanted.most how many rows a page holds
 * @returns null for organisations that have no such table
 */
export function findTable({
  member,
  query,
  most = rowsPerPage,
}: {
  member: Member
  query: Pick<TableQuery, 'filter' | 'order' | 'cursor'>
  most?: number
}): Promise<TablePage | null> {
  const from = tableViewpoint(member)
  if (from === null) return Promise.resolve(null)
  const at = now()
  return withPerson(member.personId, async (tx) => {
    const { filter, order, cursor } = query
    const rows = await tableRows(tx, { from, filter, at })
    if (rows.byHolder) await walkIndexes(tx)
    const matching = await countRows(tx, rows, mostCounted + 1)
    const isLong = matching > mostSorted
    if (isLong) await walkIndexes(tx)
    const page = await findPage(tx, { from, found: isLong ? rows.walked : rows, order, cursor, most, at })
    return { at, ...page, matching }
  })
}

/**
 * Lets the reads of this transaction walk an index in its order. Row security hides from the planner how many rows pass, so it
 * expects few, and would sort all notices of every holder to show the first fifty.
 */
async function walkIndexes(tx: Transaction): Promise<void> {
  await tx.$queryRaw`select set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('jit', 'off', true)`
}

/** A page of a selection, the newest first. */
export function findSelected(
  tx: Transaction,
  asked: { from: TableViewpoint; rows: TableRows; cursor: TableCursor; most: number; at: Date },
): Promise<Pick<TablePage, 'rows' | 'previous' | 'next'>> {
  return findPage(tx, { ...asked, found: asked.rows, order: 'newest' })
}

/** Counts the rows of a table, no further than `most`. */
export async function countRows(tx: Transaction, rows: TableRows, most: number): Promise<number> {
  const [row] = await tx.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from (${rows.read({ columns: Prisma.sql`1` })} limit ${most}) as matching`
  return row.count
}

type Found = Omit<TableRow, 'mark'> & MarkedRow & { readonly due: string | null }

async function findPage(
  tx: Transaction,
  asked: Walk & { from: TableViewpoint; found: TableRows; at: Date },
): Promise<Pick<TablePage, 'rows' | 'previous' | 'next'>> {
  const { from, order, cursor, most, at } = asked
  const found = await tx.$queryRaw<Found[]>`
    with w as materialized (${idsOfPage(asked.found, asked)})
    ${lineColumns(from)} from w join notice n on n.id = w.id ${parties} ${ordered('w', asked)}`
  const backwards = cursor?.way === 'before'
  const more = found.length > most
  const kept = found.slice(0, most)
  const rows = (backwards ? kept.toReversed() : kept).map((row) => ({ ...row, mark: markOf(row, at) }))
  const [first, last] = [rows[0], rows.at(-1)]
  const placeOf = (way: 'after' | 'before', row: Found): TableCursor => ({
    way,
    id: row.id,
    due: order === 'due' ? row.due : null,
  })
  return {
    rows,
    previous: first && (backwards ? more : cursor !== null) ? placeOf('before', first) : null,
    next: last && (backwards || more) ? placeOf('after', last) : null,
  }
}

const parties = Prisma.sql`join organisation h on h.id = n.holder_organisation_id join vendor v on v.id = n.vendor_id left join notice_private x on x.notice_id = n.id`

function lineColumns({ organisationId }: TableViewpoint): Prisma.Sql {
  const own = Prisma.sql`${organisationId}::uuid`
  return Prisma.sql`select ${markColumns}, n.id, n.reference, n.kind, n.works_count as works, n.stage, n.outcome, coalesce(x.escalation, 'none') as escalation,
    json_build_object('name', h.name, 'nameOther', h.name_other) as member, json_build_object('name', v.name, 'nameOther', v.name_other, 'slug', v.slug) as vendor,
    ${own} in (n.holder_organisation_id, n.filed_by_organisation_id) as "isOwn",
    n.waiting_on as "waitingOn", n.undeliverable_at as "undeliverableAt", n.acknowledged_at as "acknowledgedAt",
    n.acknowledge_by as "acknowledgeBy", n.acknowledge_due_at as "acknowledgeDueAt", n.decide_by as "decideBy",
    n.decide_due_at as "decideDueAt", n.challenge_by as "challengeBy", n.created_at as "filedAt", x.matter_number as "matterNumber",
    n.vendor_reference as "vendorReference", case when w.due = 'infinity' then null else to_char(w.due at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end as due,
    array(select q.measure from notice_measure q where q.notice_id = n.id order by q.position) as measures,
    array(select t.tag from notice_tag t where t.organisation_id = ${own} and t.notice_id = n.id order by t.tag) as tags,
    (select ${nameHere('p')} from notice_assignment s join person p on p.id = s.person_id where s.organisation_id = ${own} and s.notice_id = n.id) as assignee,
    (select count(*)::int from notice_note o where o.organisation_id = ${own} and o.notice_id = n.id) as notes`
}

/** Rows of the table by their ids, as an export reads them: only those that the person of the transaction may see, in no order. */
export async function findRowsOf(
  tx: Transaction,
  { from, noticeIds, at }: { from: TableViewpoint; noticeIds: readonly string[]; at: Date },
): Promise<readonly TableRow[]> {
  const rows = await tableRows(tx, { from, filter: {}, at, few: true })
  const columns = Prisma.sql`n.id, ${dueAt} as due`
  const only = Prisma.sql`n.id = any(${[...noticeIds]}::uuid[])`
  const found = await tx.$queryRaw<Found[]>`
    with w as materialized (${rows.read({ columns, only })}) ${lineColumns(from)} from w join notice n on n.id = w.id ${parties}`
  return found.map((row) => ({ ...row, mark: markOf(row, at) }))
}
