import type { OutgoingMail } from '#app/mail/mail-handlers.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { digestableMails, mostGathered } from './gathered-mails.ts'
import type { NoticeKind } from './legal-bases/basis.ts'
import { escalationOf } from './projection-row.server.ts'

type Names = { name: string; nameOther: string | null }

/** A notice in a gathered mail, as one of its readers may see it. */
export type GatheredLine = {
  mail: string
  reference: string
  kind: NoticeKind
  works: number
  /** The reminder, or the mail that it stands for. */
  about: string
  holder: Names
  vendor: Names
  linkId: string | null
  /** ISO 8601; null where no date is meant. */
  dueAt: string | null
  vendorZone: string
  holderZone: string
  /** How many there are for this reader, of which the first are told. */
  total: number
}

const weekMs = 7 * 86_400_000

/**
 * The lines of gathered mails that are true now, by mail: of notices that wait no longer, whose date has moved or which
 * the reader may no longer see, nothing is said. A mail that has none is not in the answer.
 */
export async function findGatheredLines(
  tx: Transaction,
  mails: readonly OutgoingMail[],
): Promise<ReadonlyMap<string, readonly GatheredLine[]>> {
  const weekly = mails.filter(({ kind }) => kind === 'vendor-week')
  const lined = mails.filter(({ kind }) => kind !== 'vendor-week')
  const lines = [
    ...(lined.length === 0 ? [] : await readLines(tx, fromLines(lined))),
    ...(weekly.length === 0 ? [] : await readLines(tx, fromStages(weekly))),
  ]
  return Map.groupBy(lines, ({ mail }) => mail)
}

function readLines(tx: Transaction, found: Prisma.Sql): Promise<GatheredLine[]> {
  return tx.$queryRaw<GatheredLine[]>`
    with found as (${found}),
      numbered as (select *, row_number() over (partition by mail order by "dueAt", reference) as place,
        (count(*) over (partition by mail))::int as total from found)
    select * from numbered where place <= ${mostGathered} order by mail, place`
}

// Of several lines about one notice the latest stands for all.
function fromLines(mails: readonly OutgoingMail[]): Prisma.Sql {
  return Prisma.sql`
    select distinct on (w.mail, n.id) ${columns(Prisma.sql`l.kind`)}
    from ${readersOf(mails)} join mail_line l on l.duty_id = w.duty join notice n on n.id = l.notice_id
    join notice_event e on e.notice_id = l.notice_id and e.sequence = l.event_sequence
    ${parties}
    where (${isTrueReminder} or ${isTrueDigest}) and ${mayRead}
    order by w.mail, n.id, l.event_sequence desc`
}

const about = Prisma.sql`case
  when n.acknowledged_at is null and n.acknowledge_due_at < w.at then 'acknowledge_overdue'
  when n.acknowledged_at is null then 'acknowledge_soon'
  when n.decide_due_at < w.at then 'decision_overdue'
  else 'decide_soon' end`

// All that waited for the vendor when its week began, and is late or comes due within the week.
function fromStages(mails: readonly OutgoingMail[]): Prisma.Sql {
  const until = new Date(now().getTime() + weekMs)
  return Prisma.sql`
    select ${columns(about)}
    from ${readersOf(mails)} join mail_duty d on d.id = w.duty join notice n on n.vendor_id = d.vendor_id
    ${parties}
    where n.stage in ('sent', 'delivered', 'acknowledged', 'in_review') and ${escalationOf} = 'none' and n.undeliverable_at is null
      and n.served_at < d.not_before and (n.acknowledged_at is null and n.acknowledge_due_at is not null or n.decide_due_at < ${until}) and ${mayRead}`
}

function readersOf(mails: readonly OutgoingMail[]): Prisma.Sql {
  const readers = mails.map(({ id, dutyId, kind, toAddress, personId }) => ({
    mail: id,
    duty: dutyId,
    kind,
    address: toAddress,
    person: personId,
    at: now(),
  }))
  return Prisma.sql`jsonb_to_recordset(${JSON.stringify(readers)}::jsonb)
    as w (mail uuid, duty uuid, kind text, address text, person uuid, at timestamptz)`
}

function columns(said: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`w.mail, n.reference, n.kind, n.works_count as works, ${said} as about, k.id as "linkId",
    json_build_object('name', h.name, 'nameOther', h.name_other) as holder, json_build_object('name', v.name, 'nameOther', v.name_other) as vendor,
    to_jsonb(case when ${said} in ('acknowledge_soon', 'acknowledge_overdue', 'unresponsive') then n.acknowledge_due_at
      when ${said} in ('decide_soon', 'decision_overdue', 'decision_very_overdue') then n.decide_due_at end) #>> '{}' as "dueAt",
    coalesce(c.time_zone, 'UTC') as "vendorZone", h.time_zone as "holderZone"`
}

// A bearer reads by the open link of each notice that was sent to the same address.
const parties = Prisma.sql`
  join organisation h on h.id = n.holder_organisation_id join vendor v on v.id = n.vendor_id
  left join vendor_contact c on c.id = n.contact_id
  left join lateral (select l.id from notice_link l where w.person is null and l.notice_id = n.id and l.address = w.address
    and l.revoked_at is null and l.read_only_at is null order by l.id limit 1) k on true`

const mayRead = Prisma.sql`case
  when w.person is null then k.id is not null
  when w.kind in ('vendor-reminder', 'vendor-week') then exists (select from membership b
    where b.person_id = w.person and b.organisation_id = v.organisation_id and b.role in ('owner', 'editor'))
  else exists (select from membership b where b.person_id = w.person
    and b.organisation_id in (n.holder_organisation_id, n.filed_by_organisation_id)) end`

const isTrueReminder = Prisma.sql`(${escalationOf} = 'none' and n.undeliverable_at is null and case
  when l.kind = 'unresponsive' then n.stage in ('sent', 'delivered') and n.unresponsive_at is not null
  when l.kind in ('acknowledge_soon', 'acknowledge_overdue')
    then n.stage in ('sent', 'delivered') and n.acknowledge_by::text = e.payload ->> 'dueOn'
  when l.kind in ('decision_overdue', 'decision_very_overdue')
    then n.stage in ('sent', 'delivered', 'acknowledged', 'in_review') and n.decide_by::text = e.payload ->> 'dueOn'
  else false end)`

const isTrueDigest = Prisma.sql`(${Prisma.join(
  Object.entries(digestableMails).map(
    ([kind, stages]) => Prisma.sql`l.kind = ${kind} and n.stage = any(${[...stages]}::text[])`,
  ),
  ' or ',
)}) and not exists (select from mail_choice b where b.person_id = w.person and b.topic = l.kind and b.choice = 'never')`
