import type pg from 'pg'
import { racedMeasures } from './acts.ts'
import type { ReadLine } from './check-race.ts'
import type { Modelled } from './model.ts'
import type { RacedNotice } from './run-act.ts'

/** The ledger of a notice, in its order. */
export async function linesOf(owner: pg.Pool, noticeId: string): Promise<readonly ReadLine[]> {
  const { rows } = await owner.query<ReadLine & { at: Date }>(
    `select sequence, type, at, payload->>'message' as key, payload from notice_event where notice_id = $1 order by sequence`,
    [noticeId],
  )
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

/** What is stored beside the ledger of a notice, in the words of the model. */
export async function storedEnd(owner: pg.Pool, { id, workIds }: RacedNotice) {
  const { rows } = await owner.query(
    `select n.stage, n.vendor_reference as reference, exists (select from notice_private x where x.notice_id = n.id and x.escalation <> 'none') as escalated, n.delivered_at is not null as delivered,
       (select array_agg(q.ended_at is null order by q.number) from question q where q.notice_id = n.id) as questions,
       (select count(*)::int from notice_message t where t.notice_id = n.id) as messages,
       (select json_object_agg(m.measure, m.default_outcome) from notice_measure m where m.notice_id = n.id) as rest,
       (select json_agg(json_build_object('measure', c.measure, 'work', c.work_id, 'outcome', c.outcome))
         from outcome_cell c where c.notice_id = n.id) as own
     from notice n where n.id = $1`,
    [id],
  )
  const [{ rest, own, questions, ...row }] = rows
  const cells: { measure: string; work: string; outcome: string }[] = own ?? []
  const answers = racedMeasures.map((measure) => ({
    rest: rest[measure],
    own: workIds.map((work) => cells.find((cell) => cell.measure === measure && cell.work === work)?.outcome ?? null),
  }))
  return { ...row, questions: questions ?? [], answers }
}

/** The same of a notice as the model has it. */
export function modelledEnd(model: Modelled) {
  const { stage, reference, escalation, delivered, questions, messages, answers } = model
  return {
    stage,
    reference,
    escalated: escalation !== null,
    delivered,
    questions: questions.map(({ open }) => open),
    messages: messages.length,
    answers,
  }
}

/** How many lines the portal's rounds have written so far. */
export async function roundsOf(owner: pg.Pool): Promise<Record<'decision.lapsed' | 'reminder.due', number>> {
  const { rows } = await owner.query(
    `select count(*) filter (where type = 'decision.lapsed')::int as "decision.lapsed",
       count(*) filter (where type = 'reminder.due')::int as "reminder.due" from notice_event`,
  )
  return rows[0]
}
