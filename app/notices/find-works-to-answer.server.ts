import { foldText } from '#app/catalogues/fold-text.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import type { Look } from './answering.ts'
import type { AnswerRow } from './find-answers.server.ts'
import type { Cursor } from './notice-query.ts'

/** A notice whose works are looked through. */
export interface WorksOf {
  readonly noticeId: string
  readonly scope: {
    readonly id: string
    readonly catalogueId: string
    readonly version: number
    readonly kind: 'all' | 'listed'
  }
  readonly look: Look
}

/** A page of works that a filter finds. */
export interface WorksFound {
  readonly rows: readonly AnswerRow[]
  /** Up to `mostCounted`; one more means that there are more. */
  readonly matching: number
  readonly previous: Cursor
  readonly next: Cursor
}

/** How many works stand on a page, and how far those that match are counted. */
export const worksShown = 50
export const mostCounted = 10_000

/** A page of the works of a notice by a fragment of title or identifier and by their answers, in the order of the catalogue. */
export async function findWorksToAnswer(tx: Transaction, wanted: WorksOf): Promise<WorksFound> {
  const { noticeId, look } = wanted
  const { cursor } = look
  const backwards = cursor !== null && 'before' in cursor
  const [counted] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (select ${worksOf(wanted)} limit ${mostCounted + 1}) as matching`
  const found = await tx.$queryRaw<AnswerRow[]>`
    with page as (select w.work_id, w.title, w.external_id, w.year ${worksOf(wanted)} and ${beyond(cursor)}
      order by w.work_id ${backwards ? Prisma.sql`desc` : Prisma.sql`asc`} limit ${worksShown + 1})
    select p.work_id as "workId", p.title, p.external_id as "externalId", p.year,
      coalesce((select json_agg(json_build_object('measure', c.measure, 'outcome', c.outcome, 'code', c.code, 'text', c.text,
        'effectiveOn', c.effective_on)) from outcome_cell c where c.notice_id = ${noticeId}::uuid and c.work_id = p.work_id), '[]'::json) as cells
    from page p order by p.work_id`
  const more = found.length > worksShown
  const rows = backwards ? found.slice(more ? 1 : 0) : found.slice(0, worksShown)
  const first = rows[0]
  const last = rows.at(-1)
  return {
    rows,
    matching: counted?.count ?? 0,
    previous: first && (backwards ? more : cursor !== null) ? { before: first.workId } : null,
    next: last && (backwards || more) ? { after: last.workId } : null,
  }
}

/** The ids of all works that a filter finds, at most `most`, and whether there are more. */
export async function findWorkIds(
  tx: Transaction,
  wanted: WorksOf,
  most: number,
): Promise<{ workIds: string[]; more: boolean }> {
  const rows = await tx.$queryRaw<
    { workId: string }[]
  >`select w.work_id as "workId" ${worksOf(wanted)} order by w.work_id limit ${most + 1}`
  return { workIds: rows.slice(0, most).map(({ workId }) => workId), more: rows.length > most }
}

function worksOf({ noticeId, scope, look }: WorksOf): Prisma.Sql {
  const text = foldText(look.text)
  const listed = Prisma.sql`exists (select from notice_scope_work x where x.scope_id = ${scope.id}::uuid and x.work_id = w.work_id)`
  const conditions = [
    Prisma.sql`w.catalogue_id = ${scope.catalogueId}::uuid and w.valid_from <= ${scope.version} and (w.valid_to is null or w.valid_to > ${scope.version})`,
    ...(scope.kind === 'listed' ? [listed] : []),
    ...(text === '' ? [] : [Prisma.sql`position(${text} in w.search_text) > 0`]),
    ...(look.view === 'all' ? [] : [answeredAs(noticeId, look.view)]),
  ]
  return Prisma.sql`from work w where ${Prisma.join(conditions, ' and ')}`
}

function answeredAs(noticeId: string, view: 'differ' | 'pending' | 'refused'): Prisma.Sql {
  if (view === 'differ')
    return Prisma.sql`exists (select from outcome_cell c where c.notice_id = ${noticeId}::uuid and c.work_id = w.work_id)`
  return Prisma.sql`exists (select from notice_measure m
    left join outcome_cell c on c.notice_id = m.notice_id and c.measure = m.measure and c.work_id = w.work_id
    where m.notice_id = ${noticeId}::uuid and coalesce(c.outcome, m.default_outcome) = ${view})`
}

function beyond(cursor: Cursor): Prisma.Sql {
  if (cursor === null) return Prisma.sql`true`
  return 'after' in cursor
    ? Prisma.sql`w.work_id > ${cursor.after}::uuid`
    : Prisma.sql`w.work_id < ${cursor.before}::uuid`
}
