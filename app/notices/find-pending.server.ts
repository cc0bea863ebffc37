import type { Transaction } from '#app/platform/db.server.ts'
import type { Measure } from './measures.ts'

/** A measure of which some works lack an answer. */
export interface PendingMeasure {
  readonly measure: Measure
  /** How many answers are pending, of all notices that were asked about; at least 1. */
  readonly pending: number
}

/**
 * The measures that lack answers, in the order of their letters. Only a default can be pending: nobody records that a
 * single work is.
 */
export function findPending(tx: Transaction, noticeIds: readonly string[]): Promise<readonly PendingMeasure[]> {
  return tx.$queryRaw<PendingMeasure[]>`
    select measure, sum(works - own)::int as pending from (
      select m.measure, m.position, n.works_count as works,
        (select count(*) from outcome_cell c where c.notice_id = m.notice_id and c.measure = m.measure) as own
      from notice_measure m join notice n on n.id = m.notice_id
      where m.notice_id = any(${[...noticeIds]}::uuid[]) and m.default_outcome = 'pending') counted
    where works > own
    group by measure order by min(position)`
}
