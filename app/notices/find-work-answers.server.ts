import type { Transaction } from '#app/platform/db.server.ts'
import type { ShownAnswer } from './answer-cell.tsx'
import type { NoticeFacts } from './find-notice.server.ts'
import type { Measure } from './measures.ts'

/** Who recorded something, and when. Instants ISO 8601; the name is null where it was erased or a machine acted. */
export interface RecordedBy {
  readonly at: string
  readonly actor: 'holder' | 'vendor' | 'system' | 'association' | 'operator'
  readonly name: string | null
}

/** One answer to one measure that was given for the work, or for all works of the notice. */
export interface WorkAnswer {
  readonly measure: Measure
  readonly answer: ShownAnswer
  /** Given for this work alone, or for all works of the notice. */
  readonly own: boolean
  /** Null for a default of which no line tells: nobody has answered yet. */
  readonly recorded: RecordedBy | null
  /** Null while it counts. */
  readonly replaced: RecordedBy | null
}

/** A work of a notice with every answer that it had, by measure, the newest first. */
export interface WorkAnswers {
  readonly work: { readonly title: string; readonly externalId: string; readonly year: number | null }
  readonly answers: readonly WorkAnswer[]
}

/** So many replaced answers are shown of each work. */
export const mostReplaced = 200

/**
 * What was answered for one work of a notice, now and before.
 *
 * @returns null when the notice has no such work
 */
export async function findWorkAnswers(
  tx: Transaction,
  { notice, workId }: { notice: Pick<NoticeFacts, 'id' | 'scope' | 'measures'>; workId: string },
): Promise<WorkAnswers | null> {
  const { id: noticeId, scope } = notice
  const [work] = await tx.$queryRaw<WorkAnswers['work'][]>`
    select w.title, w.external_id as "externalId", w.year from work w
    where w.catalogue_id = ${scope.catalogueId}::uuid and w.work_id = ${workId}::uuid
      and w.valid_from <= ${scope.version} and (w.valid_to is null or w.valid_to > ${scope.version})
      and (${scope.kind} = 'all' or exists (select from notice_scope_work x where x.scope_id = ${scope.id}::uuid and x.work_id = w.work_id))`
  if (work === undefined) return null
  const answers = await tx.$queryRaw<WorkAnswer[]>`
    with own as (
        select c.measure, c.outcome, c.code, c.text, c.effective_on, c.event_sequence, null::int as replaced_by, true as own
        from outcome_cell c where c.notice_id = ${noticeId}::uuid and c.work_id = ${workId}::uuid),
      rest as (
        select q.measure, q.default_outcome, q.default_code, q.default_text, q.effective_on,
          -- A work that had an answer of its own and was given back to the default has this one since then.
          greatest(q.event_sequence, (select max(h.replaced_by) from outcome_cell_history h
            where h.notice_id = q.notice_id and h.work_id = ${workId}::uuid and h.measure = q.measure)), null::int, false
        from notice_measure q where q.notice_id = ${noticeId}::uuid
          and not exists (select from own where own.measure = q.measure)),
      past as (
        select h.measure, h.outcome, h.code, h.text, h.effective_on, h.event_sequence, h.replaced_by, h.work_id is not null
        from outcome_cell_history h
        where h.notice_id = ${noticeId}::uuid and (h.work_id = ${workId}::uuid or h.work_id is null and not exists (
          select from outcome_cell_history o where o.notice_id = h.notice_id and o.work_id = ${workId}::uuid
            and o.measure = h.measure and o.event_sequence = h.event_sequence))
        order by h.replaced_by desc limit ${mostReplaced})
    select a.measure, a.own,
      json_build_object('outcome', a.outcome, 'code', a.code, 'text', a.text, 'effectiveOn', a.effective_on) as answer,
      (select json_build_object('at', e.at, 'actor', e.actor, 'name', p.facts->>'name')
        from notice_event e left join event_person p using (notice_id, sequence)
        where e.notice_id = ${noticeId}::uuid and e.sequence = a.event_sequence and a.outcome <> 'pending') as recorded,
      (select json_build_object('at', e.at, 'actor', e.actor, 'name', p.facts->>'name')
        from notice_event e left join event_person p using (notice_id, sequence)
        where e.notice_id = ${noticeId}::uuid and e.sequence = a.replaced_by) as replaced
    from (select * from own union all select * from rest union all select * from past) a
    order by a.replaced_by desc nulls first`
  return { work, answers }
}
