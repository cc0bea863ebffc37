import { foldText } from '#app/catalogues/fold-text.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { betterThan, type StoredAnswer, type WorksChoice } from './answers.ts'
import type { Measure } from './measures.ts'

/** What a change of answers did to one measure of one notice. */
export interface CellsChanged {
  readonly noticeId: string
  readonly measure: Measure
  readonly cells: number
  /** Something that was agreed is taken back. */
  readonly worse: boolean
  /** SHA-256 of the sorted ids of the works, one a line; null where the default was set. */
  readonly digest: string | null
}

/** Some notices, locked, each with the number of the event that the change belongs to. */
export interface CellChange {
  readonly notices: readonly { readonly id: string; readonly sequence: number }[]
  readonly measures: readonly Measure[]
  readonly answer: StoredAnswer
}

/**
 * Changes the default answer of measures. Works with an answer of their own keep it, unless `clear`; a withdrawn work
 * stays withdrawn.
 */
export async function changeDefaults(
  tx: Transaction,
  { notices, measures, answer, clear }: CellChange & { readonly clear: boolean },
): Promise<readonly CellsChanged[]> {
  const { outcome, code, text, effectiveOn } = answer
  const value = Prisma.sql`(${outcome}::text, ${code}::text, ${text}::text, ${effectiveOn}::date)`
  const better = [...betterThan(outcome)]
  return tx.$queryRaw<CellsChanged[]>`
    with ready as (select * from jsonb_to_recordset(${JSON.stringify(notices)}::jsonb) as r(id uuid, sequence int)),
    asked as (
      select m.*, r.sequence, n.works_count - (select count(*)::int from outcome_cell c
          where c.notice_id = m.notice_id and c.measure = m.measure) as resting,
        (m.default_outcome, m.default_code, m.default_text, m.effective_on) is distinct from ${value} as changes
      from ready r join notice n on n.id = r.id
      join notice_measure m on m.notice_id = r.id and m.measure = any(${[...measures]})),
    own as (
      select c.*, a.sequence, (c.outcome, c.code, c.text, c.effective_on) is distinct from ${value} as changes
      from asked a join outcome_cell c on c.notice_id = a.notice_id and c.measure = a.measure
      where c.outcome <> 'withdrawn'),
    kept as (
      insert into outcome_cell_history (id, notice_id, work_id, measure, outcome, code, text, effective_on, event_sequence, replaced_by)
      select gen_random_uuid(), notice_id, null, measure, default_outcome, default_code, default_text, effective_on,
        coalesce(event_sequence, 0), sequence
      from asked where changes and default_outcome <> 'pending'
      union all
      select gen_random_uuid(), notice_id, work_id, measure, outcome, code, text, effective_on, event_sequence, sequence
      from own where changes and ${clear} and outcome <> 'pending'),
    gone as (
      delete from outcome_cell c using own o
      where (${clear} or not o.changes) and c.notice_id = o.notice_id and c.work_id = o.work_id and c.measure = o.measure),
    put as (
      update notice_measure m set default_outcome = ${outcome}, default_code = ${code}, default_text = ${text},
        effective_on = ${effectiveOn}::date, event_sequence = a.sequence
      from asked a where a.changes and m.notice_id = a.notice_id and m.measure = a.measure)
    select a.notice_id as "noticeId", a.measure, null as digest,
      (case when a.changes then a.resting else 0 end + coalesce(o.cells, 0))::int as cells,
      (a.changes and a.resting > 0 and a.default_outcome = any(${better})) or coalesce(o.worse, false) as worse
    from asked a
    left join (select notice_id, measure, count(*) as cells, bool_or(outcome = any(${better})) as worse
      from own where changes and ${clear} group by notice_id, measure) o
      on o.notice_id = a.notice_id and o.measure = a.measure
    where a.changes or o.cells > 0`
}

/**
 * Changes the answers of chosen works: a cell of its own where the answer differs from the default, none where it does
 * not. A withdrawn work stays withdrawn; a work outside the scope is not found.
 */
export async function changeCells(
  tx: Transaction,
  { notices, measures, answer, works }: CellChange & { readonly works: Exclude<WorksChoice, { kind: 'all' }> },
): Promise<readonly CellsChanged[]> {
  const { outcome, code, text, effectiveOn } = answer
  const value = Prisma.sql`(${outcome}::text, ${code}::text, ${text}::text, ${effectiveOn}::date)`
  return tx.$queryRaw<CellsChanged[]>`
    with ready as (select * from jsonb_to_recordset(${JSON.stringify(notices)}::jsonb) as r(id uuid, sequence int)),
    target as (
      select r.id as notice_id, r.sequence, w.work_id, m.measure,
        coalesce(c.outcome, m.default_outcome) as outcome,
        case when c.work_id is null then m.default_code else c.code end as code,
        case when c.work_id is null then m.default_text else c.text end as text,
        case when c.work_id is null then m.effective_on else c.effective_on end as effective_on,
        coalesce(c.event_sequence, m.event_sequence, 0) as since,
        (m.default_outcome, m.default_code, m.default_text, m.effective_on) is not distinct from ${value} as as_default
      from ready r join notice n on n.id = r.id
      join notice_scope s on s.id = n.scope_id
      join work w on w.catalogue_id = s.catalogue_id and w.valid_from <= s.version and (w.valid_to is null or w.valid_to > s.version)
      join notice_measure m on m.notice_id = r.id and m.measure = any(${[...measures]})
      left join outcome_cell c on c.notice_id = r.id and c.work_id = w.work_id and c.measure = m.measure
      where (s.kind = 'all' or exists (select from notice_scope_work x where x.scope_id = s.id and x.work_id = w.work_id))
        and ${chosen(works)}),
    changed as materialized (
      select * from target where outcome <> 'withdrawn' and (outcome, code, text, effective_on) is distinct from ${value}),
    kept as (
      insert into outcome_cell_history (id, notice_id, work_id, measure, outcome, code, text, effective_on, event_sequence, replaced_by)
      select gen_random_uuid(), notice_id, work_id, measure, outcome, code, text, effective_on, since, sequence
      from changed where outcome <> 'pending'),
    gone as (
      delete from outcome_cell c using changed d
      where d.as_default and c.notice_id = d.notice_id and c.work_id = d.work_id and c.measure = d.measure),
    put as (
      insert into outcome_cell (notice_id, work_id, measure, outcome, code, text, effective_on, event_sequence)
      select notice_id, work_id, measure, ${outcome}, ${code}, ${text}, ${effectiveOn}::date, sequence
      from changed where not as_default
      on conflict (notice_id, work_id, measure) do update set outcome = excluded.outcome, code = excluded.code,
        text = excluded.text, effective_on = excluded.effective_on, event_sequence = excluded.event_sequence)
    select notice_id as "noticeId", measure, count(*)::int as cells, bool_or(outcome = any(${[...betterThan(outcome)]})) as worse,
      encode(sha256(convert_to(string_agg(work_id::text, chr(10) order by work_id), 'UTF8')), 'hex') as digest
    from changed group by notice_id, measure`
}

function chosen(works: Exclude<WorksChoice, { kind: 'all' }>): Prisma.Sql {
  if (works.kind === 'chosen') return Prisma.sql`w.work_id = any(${works.workIds}::uuid[])`
  const { text, kind, outcome } = works.filter
  const wanted = [
    Prisma.sql`w.work_id <> all(${works.except}::uuid[])`,
    ...(text === undefined ? [] : [Prisma.sql`position(${foldText(text)} in w.search_text) > 0`]),
    ...(kind === undefined ? [] : [Prisma.sql`w.kind = ${kind}`]),
    ...(outcome === undefined ? [] : [Prisma.sql`coalesce(c.outcome, m.default_outcome) = ${outcome}`]),
  ]
  return Prisma.join(wanted, ' and ')
}
