import type { Transaction } from '#app/platform/db.server.ts'
import { tallyOf, type Outcome, type Tally } from './outcomes.ts'

/**
 * Counts the answers of notices, a default standing for every work without a cell of its own.
 *
 * @returns by notice id
 */
export async function tallyAnswers(tx: Transaction, noticeIds: readonly string[]): Promise<ReadonlyMap<string, Tally>> {
  const rows = await tx.$queryRaw<{ noticeId: string; works: number; outcome: Outcome; cells: Tally | null }[]>`
    select m.notice_id as "noticeId", n.works_count as works, m.default_outcome as outcome,
      (select jsonb_object_agg(g.outcome, g.count) from (select c.outcome, count(*)::int as count from outcome_cell c
        where c.notice_id = m.notice_id and c.measure = m.measure group by c.outcome) g) as cells
    from notice_measure m join notice n on n.id = m.notice_id
    where m.notice_id = any(${[...noticeIds]}::uuid[])`
  const byNotice = Map.groupBy(rows, ({ noticeId }) => noticeId)
  return new Map(
    [...byNotice].map(([noticeId, measures]) => [
      noticeId,
      tallyOf({
        works: measures[0]?.works ?? 0,
        measures: measures.map(({ outcome, cells }) => ({ outcome, cells: cells ?? {} })),
      }),
    ]),
  )
}
