import type { StoredEvent } from '#app/ledger/chain.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { wake } from '#app/platform/wake.server.ts'
import { isPaused } from './clocks.ts'
import { endOvertakenQuestions } from './end-overtaken-questions.server.ts'
import { firstLookAt } from './reminders.ts'
import type { ClockChange } from './step-clocks.ts'
import type { Projection } from './projection.ts'
import type { Audience, NoticeMail, Standpoint } from './stages.ts'

/** All that one notice's steps leave behind. */
export interface Written {
  readonly noticeId: string
  /** The stage before. */
  readonly from: Standpoint
  readonly filingId: string
  readonly events: readonly (StoredEvent & { readonly shared: boolean })[]
  readonly projection: Projection
  readonly clocks: ClockChange
  readonly mails: readonly OwedMail[]
}

/** A mail owed for one event. */
export interface OwedMail {
  readonly sequence: number
  readonly kind: NoticeMail
  readonly audience: Audience
  readonly notBefore: Date
  readonly once?: 'filing'
  /** Only where the audience is one address. */
  readonly address?: string
  readonly locale?: string
}

/** Writes events, persons, columns, clocks and duties of many notices, and wakes the worker. The rows are locked by the caller. */
export async function writeSteps(tx: Transaction, written: readonly Written[], at: Date): Promise<void> {
  if (written.length === 0) return
  await writeEvents(tx, written)
  await writeColumns(tx, written)
  await writeEscalations(tx, written)
  await writeClocks(tx, written, at)
  await endOvertakenQuestions(tx, overtakenBy(written), at)
  await oweMails(tx, written, at)
}

async function writeEvents(tx: Transaction, written: readonly Written[]): Promise<void> {
  const events = written.flatMap((each) => each.events)
  const persons = events.flatMap(({ notice, sequence, person }) => (person ? [{ notice, sequence, ...person }] : []))
  await tx.$executeRaw`
    insert into notice_event (notice_id, sequence, type, actor, channel, at, payload, previous, hash, shared)
    select notice, sequence, type, actor, channel, at, payload, previous, hash, shared
    from json_to_recordset(${JSON.stringify(events)}::json) as e(notice uuid, sequence int, type text, actor text,
      channel text, at timestamptz, payload jsonb, previous text, hash text, shared boolean)`
  if (persons.length === 0) return
  await tx.$executeRaw`
    insert into event_person (notice_id, sequence, salt, facts)
    select notice, sequence, salt, facts
    from json_to_recordset(${JSON.stringify(persons)}::json) as p(notice uuid, sequence int, salt text, facts jsonb)`
}

async function writeColumns(tx: Transaction, written: readonly Written[]): Promise<void> {
  const rows = written.map(({ noticeId, projection }) => ({ noticeId, ...projection }))
  await tx.$executeRaw`
    update notice n set stage = p.stage, outcome = p.outcome, waiting_on = p."waitingOn",
      last_sequence = p."lastSequence", last_hash = p."lastHash", served_at = p."servedAt",
      delivered_at = p."deliveredAt", acknowledged_at = p."acknowledgedAt", decided_at = p."decidedAt",
      closed_at = p."closedAt", withdrawn_at = p."withdrawnAt", undeliverable_at = p."undeliverableAt",
      unresponsive_at = p."unresponsiveAt",
      acknowledge_by = p."acknowledgeBy", acknowledge_due_at = p."acknowledgeDueAt",
      decide_by = p."decideBy", decide_due_at = p."decideDueAt",
      challenge_by = p."challengeBy", challenge_due_at = p."challengeDueAt"
    from json_to_recordset(${JSON.stringify(rows)}::json) as p("noticeId" uuid, stage text, outcome text,
      "waitingOn" text, "lastSequence" int, "lastHash" text, "servedAt" timestamptz, "deliveredAt" timestamptz,
      "acknowledgedAt" timestamptz, "decidedAt" timestamptz, "closedAt" timestamptz, "withdrawnAt" timestamptz,
      "undeliverableAt" timestamptz, "unresponsiveAt" timestamptz, "acknowledgeBy" date, "acknowledgeDueAt" timestamptz,
      "decideBy" date, "decideDueAt" timestamptz, "challengeBy" date, "challengeDueAt" timestamptz)
    where n.id = p."noticeId" and n.id = any(${idsOf(rows)}::uuid[])`
}

// Only where a step says so: whoever acts for the vendor sees no escalation, and leaves it as it is.
async function writeEscalations(tx: Transaction, written: readonly Written[]): Promise<void> {
  const rows = written
    .filter(({ events }) => events.some(({ payload }) => payload['escalation'] !== undefined))
    .map(({ noticeId, projection: { escalation } }) => ({ noticeId, escalation }))
  if (rows.length === 0) return
  await tx.$executeRaw`
    insert into notice_private (notice_id, holder_organisation_id, escalation)
    select n.id, n.holder_organisation_id, p.escalation
    from json_to_recordset(${JSON.stringify(rows)}::json) as p("noticeId" uuid, escalation text) join notice n on n.id = p."noticeId"
    where n.id = any(${idsOf(rows)}::uuid[])
    on conflict (notice_id) do update set escalation = excluded.escalation`
}

async function writeClocks(tx: Transaction, written: readonly Written[], at: Date): Promise<void> {
  const started = written.flatMap(({ noticeId, clocks }) =>
    clocks.started.map((computed) => ({
      noticeId,
      kind: computed.kind,
      startedAt: computed.startedAt,
      dueOn: computed.dueOn,
      dueAt: computed.dueAt,
      computed,
      pausedAt: isPaused(computed) ? at : null,
      daysLeft: isPaused(computed) ? computed.pauses.at(-1)?.daysLeft : null,
      lookAt: firstLookAt(computed),
    })),
  )
  const ended = written.flatMap(({ noticeId, clocks }) => clocks.ended.map((kind) => ({ noticeId, kind })))
  if (started.length > 0)
    await tx.$executeRaw`
      insert into clock (notice_id, kind, started_at, due_on, due_at, computed, paused_at, days_left, look_at)
      select "noticeId", kind, "startedAt", "dueOn", "dueAt", computed, "pausedAt", "daysLeft", "lookAt"
      from json_to_recordset(${JSON.stringify(started)}::json) as c("noticeId" uuid, kind text,
        "startedAt" timestamptz, "dueOn" date, "dueAt" timestamptz, computed jsonb, "pausedAt" timestamptz, "daysLeft" int, "lookAt" timestamptz)
      on conflict (notice_id, kind) do update set started_at = excluded.started_at, due_on = excluded.due_on,
        due_at = excluded.due_at, computed = excluded.computed, days_left = excluded.days_left, look_at = excluded.look_at, met_at = null,
        paused_at = case when excluded.paused_at is not null then coalesce(clock.paused_at, excluded.paused_at) end`
  if (ended.length > 0)
    await tx.$executeRaw`
      update clock c set met_at = ${at}, look_at = null
      from json_to_recordset(${JSON.stringify(ended)}::json) as e("noticeId" uuid, kind text)
      where c.notice_id = e."noticeId" and c.notice_id = any(${idsOf(ended)}::uuid[]) and c.kind = e.kind and c.met_at is null`
}

// What ends the waiting in another way than by an answer: a decision, a withdrawal.
function overtakenBy(written: readonly Written[]): Parameters<typeof endOvertakenQuestions>[1] {
  return written
    .filter(({ from, projection }) => from === 'clarification_needed' && projection.stage !== from)
    .map(({ noticeId, projection }) => ({ noticeId, sequence: projection.lastSequence }))
}

// Named as a list too: a join alone would put the policy's question to every notice there is.
function idsOf(rows: readonly { readonly noticeId: string }[]): readonly string[] {
  return rows.map(({ noticeId }) => noticeId)
}

async function oweMails(tx: Transaction, written: readonly Written[], at: Date): Promise<void> {
  const duties = written.flatMap(({ noticeId, mails }) => mails.map((mail) => ({ id: newId(), noticeId, ...mail })))
  if (duties.length === 0) return
  // No RETURNING: a duty to the other side is not for the one who causes it to read.
  await tx.$executeRaw`
    insert into mail_duty (id, notice_id, event_sequence, kind, audience, address, locale, not_before, created_at)
    select id, "noticeId", sequence, kind, audience, address, locale, "notBefore", ${at}
    from json_to_recordset(${JSON.stringify(duties)}::json) as d(id uuid, "noticeId" uuid, sequence int, kind text,
      audience text, address text, locale text, "notBefore" timestamptz)`
  await wake(tx, 'mail')
}
