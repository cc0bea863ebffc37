import type { Transaction } from '#app/platform/db.server.ts'
import type { Measure } from './measures.ts'

/** A measure of which some works lack an answer. */
export interface PendingMeasure {
  readonly measure: Measure
  /** How many answers are pending, of all notices that were asked about; at least 1. */
  readonly pending: number
}

/**
 * The measures that lack answers, in the order of their letters: where the default is pending every work without an answer
 * of its own, and the single answers that a challenge has opened again.
 */
export function findPending(tx: Transaction, noticeIds: readonly string[]): Promise<readonly PendingMeasure[]> {
  return tx.$queryRaw<PendingMeasure[]>`
    select measure, sum(pending)::int as pending from (
      select m.measure, m.position, o.open + case when m.default_outcome = 'pending' then n.works_count - o.own else 0 end as pending
      from notice_measure m join notice n on n.id = m.notice_id
      cross join lateral (select count(*) as own, count(*) filter (where c.outcome = 'pending') as open
        from outcome_cell c where c.notice_id = m.notice_id and c.measure = m.measure) o
      where m.notice_id = any(${[...noticeIds]}::uuid[])) counted
    where pending > 0
    group by measure order by min(position)`
}
