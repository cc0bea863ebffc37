import { Prisma } from '#app/generated/prisma/client.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import type { Measure } from './measures.ts'
import type { AnswersView, Cursor } from './notice-query.ts'
import { tallyOf, type Outcome, type RefusalCode, type Tally } from './outcomes.ts'

/** The answer to one measure for one work, where it differs from the default. */
export interface Cell {
  readonly measure: Measure
  readonly outcome: Outcome
  readonly code: RefusalCode | null
  readonly text: string | null
  readonly effectiveOn: string | null
}

/** A work of the notice with the answers of its own. */
export interface AnswerRow {
  readonly workId: string
  readonly title: string
  readonly externalId: string
  readonly year: number | null
  readonly cells: readonly Cell[]
}

/** How many works each view holds. */
export type ViewCounts = Readonly<Record<AnswersView, number>>

/** A page of the answers, and how many there are. */
export interface Answers {
  readonly view: AnswersView
  readonly rows: readonly AnswerRow[]
  /** Null when there are too many answers of their own to count while somebody waits. */
  readonly counts: ViewCounts | null
  readonly tally: Tally | null
  readonly previous: Cursor
  readonly next: Cursor
}

/** What is answered: the frozen works, the measures with their defaults, and the part to look at. */
export interface AnswersWanted {
  readonly noticeId: string
  readonly scope: {
    readonly id: string
    readonly catalogueId: string
    readonly version: number
    readonly kind: 'all' | 'listed'
  }
  readonly works: number
  readonly measures: readonly { readonly measure: Measure; readonly outcome: Outcome }[]
  /** Nothing chosen: what differs from the default if anything does, else all. */
  readonly view: AnswersView | undefined
  readonly cursor: Cursor
}

/** How many works a page of the matrix holds. */
export const worksPerPage = 25

// Above this many cells their counts are left out: a page must not wait for them.
const mostCells = 50_000

/** A page of works by measures, in the order of the catalogue, with the counts of all views. */
export async function findAnswers(tx: Transaction, wanted: AnswersWanted): Promise<Answers> {
  const { counts, tally } = await countAnswers(tx, wanted)
  const { cursor } = wanted
  const view = wanted.view ?? (counts !== null && counts.differ === 0 ? 'all' : 'differ')
  const rows = await findRows(tx, wanted, view)
  const backwards = cursor !== null && 'before' in cursor
  const more = rows.length > worksPerPage
  const page = rows.slice(0, worksPerPage)
  const ordered = backwards ? page.toReversed() : page
  const first = ordered[0]
  const last = ordered.at(-1)
  return {
    view,
    rows: ordered,
    counts,
    tally,
    previous: first && (backwards ? more : cursor !== null) ? { before: first.workId } : null,
    next: last && (backwards || more) ? { after: last.workId } : null,
  }
}

interface CountRow {
  readonly cells: { readonly measure: Measure; readonly outcome: Outcome; readonly count: number }[] | null
  readonly counted: number
  readonly differ: number
  readonly pending: number
  readonly refused: number
}

async function countAnswers(
  tx: Transaction,
  { noticeId, works, measures }: AnswersWanted,
): Promise<{ counts: ViewCounts | null; tally: Tally | null }> {
  const pending = measures.filter(({ outcome }) => outcome === 'pending').map(({ measure }) => measure)
  const refused = measures.filter(({ outcome }) => outcome === 'refused').map(({ measure }) => measure)
  const [row] = await tx.$queryRaw<[CountRow]>`
    with cell as (select work_id, measure, outcome from outcome_cell where notice_id = ${noticeId}::uuid limit ${mostCells + 1}),
      own as (select work_id, bool_or(outcome = 'pending') as asks, bool_or(outcome = 'refused') as refuses,
          count(*) filter (where outcome <> 'pending' and measure = any(${pending}::text[])) as unasked,
          count(*) filter (where outcome <> 'refused' and measure = any(${refused}::text[])) as unrefused
        from cell group by work_id)
    select (select json_agg(t) from (select measure, outcome, count(*)::int as count from cell group by measure, outcome) t) as cells,
      (select count(*)::int from cell) as counted, count(*)::int as differ,
      (count(*) filter (where asks or unasked < ${pending.length}))::int as pending,
      (count(*) filter (where refuses or unrefused < ${refused.length}))::int as refused
    from own`
  if (row.counted > mostCells) return { counts: null, tally: null }
  const others = works - row.differ
  return {
    counts: {
      all: works,
      differ: row.differ,
      pending: row.pending + (pending.length > 0 ? others : 0),
      refused: row.refused + (refused.length > 0 ? others : 0),
    },
    tally: tallyOf({ works, measures: measures.map((each) => ({ ...each, cells: cellsOf(row, each.measure) })) }),
  }
}

function cellsOf({ cells }: CountRow, wanted: Measure): Tally {
  return Object.fromEntries(
    (cells ?? []).filter(({ measure }) => measure === wanted).map(({ outcome, count }) => [outcome, count]),
  )
}

function findRows(tx: Transaction, wanted: AnswersWanted, view: AnswersView): Promise<AnswerRow[]> {
  const { noticeId, scope, cursor } = wanted
  const order = cursor !== null && 'before' in cursor ? Prisma.sql`desc` : Prisma.sql`asc`
  return tx.$queryRaw<AnswerRow[]>`
    with page as (${pageOf(wanted, view, order)})
    select w.work_id as "workId", w.title, w.external_id as "externalId", w.year,
      coalesce((select json_agg(json_build_object('measure', c.measure, 'outcome', c.outcome, 'code', c.code, 'text', c.text,
        'effectiveOn', c.effective_on)) from outcome_cell c where c.notice_id = ${noticeId}::uuid and c.work_id = w.work_id), '[]'::json) as cells
    from page join work w on w.catalogue_id = ${scope.catalogueId}::uuid and w.work_id = page.work_id and ${frozen(scope.version)}
    order by w.work_id ${order}`
}

// Answers of their own are few beside millions of works: where no default fits the view, they lead to the works.
function pageOf(wanted: AnswersWanted, view: AnswersView, order: Prisma.Sql): Prisma.Sql {
  const { noticeId, measures } = wanted
  const limit = Prisma.sql`limit ${worksPerPage + 1}`
  if (view === 'all') return Prisma.sql`${scopeWorks(wanted)} order by 1 ${order} ${limit}`
  const isDefault = measures.some(({ outcome }) => outcome === view)
  if (!isDefault) {
    const outcome = view === 'differ' ? Prisma.sql`true` : Prisma.sql`c.outcome = ${view}`
    return Prisma.sql`select distinct c.work_id from outcome_cell c
      where c.notice_id = ${noticeId}::uuid and ${outcome} and ${beyond(wanted.cursor, 'c.work_id')} order by 1 ${order} ${limit}`
  }
  return Prisma.sql`${scopeWorks(wanted)} and exists (
      select from notice_measure m left join outcome_cell c on c.notice_id = m.notice_id and c.measure = m.measure and c.work_id = w.work_id
      where m.notice_id = ${noticeId}::uuid and coalesce(c.outcome, m.default_outcome) = ${view}) order by 1 ${order} ${limit}`
}

function scopeWorks({ scope, cursor }: AnswersWanted): Prisma.Sql {
  return scope.kind === 'all'
    ? Prisma.sql`select w.work_id from work w where w.catalogue_id = ${scope.catalogueId}::uuid and ${frozen(scope.version)} and ${beyond(cursor, 'w.work_id')}`
    : Prisma.sql`select w.work_id from notice_scope_work w where w.scope_id = ${scope.id}::uuid and ${beyond(cursor, 'w.work_id')}`
}

function frozen(version: number): Prisma.Sql {
  return Prisma.sql`w.valid_from <= ${version} and (w.valid_to is null or w.valid_to > ${version})`
}

function beyond(cursor: Cursor, column: 'w.work_id' | 'c.work_id'): Prisma.Sql {
  if (cursor === null) return Prisma.sql`true`
  return 'after' in cursor
    ? Prisma.sql`${Prisma.raw(column)} > ${cursor.after}::uuid`
    : Prisma.sql`${Prisma.raw(column)} < ${cursor.before}::uuid`
}
