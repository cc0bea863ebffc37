import { z } from 'zod'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import type { Measure } from './measures.ts'
import { outcomes, promiseOf } from './outcomes.ts'

/** What may be challenged of a decided notice. */
export interface ChallengeScope {
  /** Only the answers that a correction made worse: the decision itself was challenged, or its own time is over. */
  readonly onlyWorse: boolean
  /** The line with which the notice was decided. */
  readonly decidedAt: number
}

/** Answers that a correction made worse, by measure. */
export interface WorseCells {
  readonly measure: Measure
  readonly workIds: readonly string[]
}

const window = z.array(z.object({ kind: z.string(), dueAt: z.string() }))

/**
 * What the holder may challenge now. A correction that makes answers worse opens the time to challenge once more, for
 * those answers; it never takes away what is left of the first.
 *
 * @returns null for a notice that was not decided
 */
export async function findChallengeScope(tx: Transaction, noticeId: string): Promise<ChallengeScope | null> {
  const [row] = await tx.$queryRaw<{ sequence: number; clocks: unknown; challenged: boolean }[]>`
    select e.sequence, e.payload->'clocks' as clocks,
      exists (select from notice_event c where c.notice_id = e.notice_id and c.type = 'decision.challenged') as challenged
    from notice_event e
    where e.notice_id = ${noticeId}::uuid and e.payload->>'stage' = 'decided'
      and (select p.payload->>'stage' from notice_event p where p.notice_id = e.notice_id and p.sequence < e.sequence
        order by p.sequence desc limit 1) <> 'decided'
    order by e.sequence desc limit 1`
  if (!row) return null
  const due = window.safeParse(row.clocks).data?.find(({ kind }) => kind === 'challenge')?.dueAt
  return {
    onlyWorse: row.challenged || (due !== undefined && now().toISOString() > due),
    decidedAt: row.sequence,
  }
}

const mostWorse = 100_000

/** The answers that promise less now than when the notice was decided, at most 100,000. */
export async function findWorseCells(
  tx: Transaction,
  { noticeId, decidedAt }: { noticeId: string; decidedAt: number },
): Promise<readonly WorseCells[]> {
  const promises = outcomes.map((outcome) => ({ outcome, worth: promiseOf(outcome) }))
  return tx.$queryRaw<WorseCells[]>`
    with promise as (select * from jsonb_to_recordset(${JSON.stringify(promises)}::jsonb) as p (outcome text, worth int)),
    own as (select h.measure, h.work_id, h.outcome from outcome_cell_history h
      where h.notice_id = ${noticeId}::uuid and h.work_id is not null and h.event_sequence <= ${decidedAt} and h.replaced_by > ${decidedAt}),
    rest as (select h.measure, h.outcome from outcome_cell_history h
      where h.notice_id = ${noticeId}::uuid and h.work_id is null and h.event_sequence <= ${decidedAt} and h.replaced_by > ${decidedAt}),
    changed as (select o.measure, o.work_id, o.outcome from own o
      union all
      select r.measure, w.work_id, r.outcome from rest r join notice n on n.id = ${noticeId}::uuid join notice_scope s on s.id = n.scope_id
      join work w on w.catalogue_id = s.catalogue_id and w.valid_from <= s.version and (w.valid_to is null or w.valid_to > s.version)
      left join outcome_cell c on c.notice_id = n.id and c.work_id = w.work_id and c.measure = r.measure
      where (s.kind = 'all' or exists (select from notice_scope_work x where x.scope_id = s.id and x.work_id = w.work_id))
        and (c.work_id is null or c.event_sequence > ${decidedAt})
        and not exists (select from own o where o.measure = r.measure and o.work_id = w.work_id)),
    worse as (select h.measure, h.work_id from changed h
      join notice_measure m on m.notice_id = ${noticeId}::uuid and m.measure = h.measure
      left join outcome_cell c on c.notice_id = m.notice_id and c.measure = h.measure and c.work_id = h.work_id
      join promise before on before.outcome = h.outcome
      join promise since on since.outcome = coalesce(c.outcome, m.default_outcome)
      where before.worth > since.worth and since.outcome <> 'withdrawn'
      order by h.measure, h.work_id limit ${mostWorse})
    select measure, array_agg(work_id) as "workIds" from worse group by measure order by measure`
}
