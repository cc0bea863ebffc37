import type { Transaction } from '#app/platform/db.server.ts'

/**
 * How many answers an event changed, each counted once however many settings of the event touched it: works that rest on
 * a default that it changed, and works of which it changed or gave up the answer of their own.
 */
export async function countChangedAnswers(
  tx: Transaction,
  { noticeId, sequence }: { noticeId: string; sequence: number },
): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    with moved as (select measure, n.works_count - (select count(*) from outcome_cell c
          where c.notice_id = m.notice_id and c.measure = m.measure) as resting
        from notice_measure m join notice n on n.id = m.notice_id
        where m.notice_id = ${noticeId}::uuid and m.event_sequence = ${sequence}),
      touched as (
        select work_id, measure from outcome_cell where notice_id = ${noticeId}::uuid and event_sequence = ${sequence}
        union
        select h.work_id, h.measure from outcome_cell_history h
        where h.notice_id = ${noticeId}::uuid and h.replaced_by = ${sequence} and h.work_id is not null
          and (h.measure not in (select measure from moved) or exists (select from outcome_cell c
            where c.notice_id = h.notice_id and c.measure = h.measure and c.work_id = h.work_id)))
    select ((select coalesce(sum(resting), 0) from moved) + (select count(*) from touched))::int as count`
  return row?.count ?? 0
}
