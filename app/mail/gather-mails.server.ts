import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { wake } from '#app/platform/wake.server.ts'

/** A day on which a gathered mail may go out, and from when. */
export type MailDay = { day: string; notBefore: Date }

/** Lines for one mail of a day: for all that a vendor, an organisation or a person is to hear of one kind. */
export type ToGather = MailDay & {
  kind: string
  audience: string
  /** Exactly one of the three. */
  vendorId?: string
  organisationId?: string
  personId?: string
  lines: readonly { noticeId: string; sequence: number; kind: string }[]
  /** The day after `day`, for what comes when the mail of the day has gone; without it such lines are left out. */
  later?: (day: string) => MailDay
}

type Slot = { kind: string; key: string; day: string; id: string; closed: boolean }

/**
 * Adds lines to the mail of a day, which the outbox sends once it is due. There is one mail for a kind, a reader and a
 * day, whoever asks and however often; once it has begun to go out, lines wait for the mail of a later day.
 */
export async function gatherMails(tx: Transaction, wanted: readonly ToGather[], at: Date): Promise<void> {
  let open = merged(wanted)
  while (open.length > 0) {
    await addSlots(tx, open, at)
    const slots = new Map((await lockSlots(tx, open)).map((slot) => [slotKey(slot), slot]))
    const found = open.map((each) => ({ each, slot: slots.get(slotKey({ ...each, key: keyOf(each) })) }))
    await addLines(
      tx,
      found.flatMap(({ each, slot }) =>
        slot && !slot.closed ? each.lines.map((line) => ({ ...line, id: slot.id })) : [],
      ),
    )
    open = merged(
      found.flatMap(({ each, slot }) => (slot?.closed && each.later ? [{ ...each, ...each.later(each.day) }] : [])),
    )
  }
  if (wanted.length > 0) await wake(tx, 'mail')
}

function merged(wanted: readonly ToGather[]): readonly ToGather[] {
  const groups = Map.groupBy(wanted, (each) => slotKey({ ...each, key: keyOf(each) }))
  return [...groups]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, group]) => {
      const [first] = group
      return first ? [{ ...first, lines: group.flatMap(({ lines }) => lines) }] : []
    })
}

function keyOf({ vendorId, organisationId, personId, kind }: ToGather): string {
  const key = vendorId ?? organisationId ?? personId
  if (key === undefined) throw new Error(`A gathered mail ${kind} is for nobody`)
  return key
}

function slotKey({ kind, key, day }: Pick<Slot, 'kind' | 'key' | 'day'>): string {
  return `${kind} ${key} ${day}`
}

async function addSlots(tx: Transaction, wanted: readonly ToGather[], at: Date): Promise<void> {
  const rows = wanted.map(({ lines: _lines, later: _later, ...each }) => ({ id: newId(), ...each }))
  await tx.$executeRaw`
    insert into mail_duty (id, kind, audience, vendor_id, organisation_id, person_id, gathers_on, not_before, created_at)
    select id, kind, audience, "vendorId", "organisationId", "personId", day, "notBefore", ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d (id uuid, kind text, audience text, "vendorId" uuid,
      "organisationId" uuid, "personId" uuid, day date, "notBefore" timestamptz)
    on conflict (kind, coalesce(vendor_id, organisation_id, person_id), gathers_on) where gathers_on is not null do nothing`
}

// In one order for everybody, so that two who gather for the same readers never wait for each other in a circle.
async function lockSlots(tx: Transaction, wanted: readonly ToGather[]): Promise<Slot[]> {
  const rows = wanted.map((each) => ({ kind: each.kind, key: keyOf(each), day: each.day }))
  const slots = await tx.$queryRaw<(Slot & { cancelled: boolean })[]>`
    select d.kind, w.key, d.gathers_on::text as day, d.id, d.resolved_at is not null as closed, d.cancelled_at is not null as cancelled
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w (kind text, key uuid, day date)
    join mail_duty d on d.gathers_on = w.day and d.kind = w.kind and coalesce(d.vendor_id, d.organisation_id, d.person_id) = w.key
    order by d.id for update of d`
  const cancelled = slots.filter((slot) => slot.cancelled).map(({ id }) => id)
  // Given up because nobody was left to get it: no mail of it has gone, so it may still be the mail of that day.
  if (cancelled.length > 0)
    await tx.mailDuty.updateMany({ where: { id: { in: cancelled } }, data: { cancelledAt: null } })
  return slots
}

async function addLines(
  tx: Transaction,
  lines: readonly { id: string; noticeId: string; sequence: number; kind: string }[],
): Promise<void> {
  if (lines.length === 0) return
  await tx.$executeRaw`
    insert into mail_line (duty_id, notice_id, event_sequence, kind)
    select id, "noticeId", sequence, kind from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      as l (id uuid, "noticeId" uuid, sequence int, kind text)
    on conflict do nothing`
}
