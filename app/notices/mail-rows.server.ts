import { z } from 'zod'
import { Prisma } from '#app/generated/prisma/client.ts'
import type { OutgoingMail } from '#app/mail/mail-handlers.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import type { Computation } from './clocks.ts'
import type { Measure } from './measures.ts'
import type { Tally } from './outcomes.ts'
import type { NoticeKind } from './legal-bases/basis.ts'

type Names = { name: string; nameOther: string | null }

/** What the mails of a notice are written from. Days `YYYY-MM-DD`, instants ISO 8601. */
export type MailRow = {
  id: string
  reference: string
  kind: NoticeKind
  works: number
  verifyCode: string
  vendorReference: string | null
  acknowledgeDays: number
  decideDays: number
  acknowledgeBy: string | null
  decideBy: string | null
  challengeBy: string | null
  servedAt: string | null
  undeliverableAt: string | null
  holder: Names & {
    locality: string | null
    timeZone: string
    domain: string | null
    verifiedAt: string | null
    verifiedHow: string | null
    domainHow: 'dns' | 'file' | null
    domainProvenAt: string | null
  }
  vendor: Names
  place: { country: string | null; region: string | null; timeZone: string | null }
  /** Where a plain reply of the vendor goes; null when nobody is left. */
  replyTo: string | null
  signatory: { name: string; capacity: string }
}

/** The ledger's line that caused a mail, with what is still known of the person behind it. */
export type MailEvent = {
  noticeId: string
  sequence: number
  at: string
  channel: string
  /** Of an answer or a decision: the holder had challenged one before it. */
  challenged: boolean
  payload: {
    stage?: string
    tally?: Tally
    scope?: { readonly works: number }
    works?: number
    left?: number
    clocks?: readonly Computation[]
    pieces?: readonly { sha256: string }[]
    cells?: readonly { cells: number }[]
    by?: string
    escalation?: string
    since?: string
  }
  person:
    | (Partial<Record<'name' | 'role' | 'address' | 'response' | 'text' | 'to' | 'where' | 'reference', string>> & {
        names?: readonly string[]
      })
    | null
}

/** Of `filing f` the address of the filer, or once that is no member any more, of an owner: who has left reads no answers. */
export const replyAddress = Prisma.sql`(select w.email from membership b join person w on w.id = b.person_id
  where b.organisation_id = f.filed_by_organisation_id and (b.person_id = f.submitted_by or b.role = 'owner')
  order by b.person_id = f.submitted_by desc, w.id limit 1)`

/** The notices of these mails, by id. */
export async function findMailRows(
  tx: Transaction,
  noticeIds: readonly string[],
): Promise<ReadonlyMap<string, MailRow>> {
  const rows = await tx.$queryRaw<{ notice: MailRow }[]>`
    select json_build_object('id', n.id, 'reference', n.reference, 'kind', n.kind, 'works', n.works_count,
      'verifyCode', n.verify_code, 'vendorReference', n.vendor_reference, 'acknowledgeDays', n.acknowledge_days,
      'decideDays', n.decide_days, 'acknowledgeBy', n.acknowledge_by, 'decideBy', n.decide_by, 'challengeBy', n.challenge_by,
      'servedAt', n.served_at, 'undeliverableAt', n.undeliverable_at,
      'holder', json_build_object('name', h.name, 'nameOther', h.name_other, 'locality', h.locality, 'timeZone', h.time_zone,
        'domain', h.domain, 'verifiedAt', h.verified_at, 'verifiedHow', h.verified_how,
        'domainHow', h.domain_how, 'domainProvenAt', h.domain_proven_at),
      'vendor', json_build_object('name', v.name, 'nameOther', v.name_other),
      'place', json_build_object('country', c.country, 'region', c.region, 'timeZone', c.time_zone),
      'replyTo', ${replyAddress},
      'signatory', json_build_object('name', coalesce(f.signatory_name, ''), 'capacity', coalesce(f.signatory_capacity, ''))) as notice
    from notice n join organisation h on h.id = n.holder_organisation_id join vendor v on v.id = n.vendor_id
    join filing f on f.id = n.filing_id
    left join vendor_contact c on c.id = n.contact_id
    where n.id = any(${[...new Set(noticeIds)]}::uuid[])`
  return new Map(rows.map(({ notice }) => [notice.id, notice]))
}

/** The lines that caused these mails, by notice and number. */
export async function findMailEvents(
  tx: Transaction,
  mails: readonly OutgoingMail[],
): Promise<(mail: OutgoingMail) => MailEvent> {
  const notices = mails.map(({ noticeId }) => noticeId ?? '')
  const sequences = mails.map(({ eventSequence }) => eventSequence ?? 0)
  const rows = await tx.$queryRaw<MailEvent[]>`
    select e.notice_id as "noticeId", e.sequence, to_jsonb(e.at) #>> '{}' as at, e.channel, e.payload, p.facts as person,
      case when e.type in ('outcomes.recorded', 'decision.declared') then exists (select from notice_event c
        where c.notice_id = e.notice_id and c.sequence < e.sequence and c.type = 'decision.challenged') else false end as challenged
    from (select distinct * from unnest(${notices}::uuid[], ${sequences}::int[]) as w (notice_id, sequence)) w
    join notice_event e on e.notice_id = w.notice_id and e.sequence = w.sequence
    left join event_person p on p.notice_id = e.notice_id and p.sequence = e.sequence`
  const found = new Map(
    rows.map((row) => [`${row.noticeId} ${row.sequence}`, { ...row, at: new Date(row.at).toISOString() }]),
  )
  return ({ id, noticeId, eventSequence, facts }) => {
    if (eventSequence === null) return questionOf(noticeId ?? '', facts)
    const event = found.get(`${noticeId} ${eventSequence}`)
    if (event === undefined) throw new Error(`Mail ${id} is owed by an event that is not there.`)
    return event
  }
}

const forwardQuestion = z.object({ from: z.string(), to: z.string(), name: z.string(), at: z.iso.datetime() })

/** A forward that the holder is asked about has changed nothing yet: its duty says what the ledger cannot. */
function questionOf(noticeId: string, facts: unknown): MailEvent {
  const { from, to, name, at } = forwardQuestion.parse(facts)
  return {
    noticeId,
    sequence: 0,
    at,
    channel: 'link',
    challenged: false,
    payload: {},
    person: { name, address: from, to },
  }
}

/** What only the mail that serves a notice says: measures, letters, and the first works of its scope. */
export type ServedParts = {
  id: string
  measures: { measure: Measure; detail: string | null }[]
  letters: { locale: 'en' | 'ja'; text: string; sha256: string }[]
  samples: { title: string; year: number | null }[]
}

/** Measures, letters and first works of these notices, by id. */
export async function findServedParts(
  tx: Transaction,
  noticeIds: readonly string[],
): Promise<ReadonlyMap<string, ServedParts>> {
  const rows = await tx.$queryRaw<ServedParts[]>`
    select n.id,
      (select json_agg(json_build_object('measure', m.measure, 'detail', m.detail) order by m.position)
        from notice_measure m where m.notice_id = n.id) as measures,
      (select json_agg(json_build_object('locale', l.locale, 'text', l.text, 'sha256', l.sha256) order by l.locale = n.locale desc)
        from notice_letter l where l.notice_id = n.id) as letters,
      coalesce((select json_agg(json_build_object('title', w.title, 'year', w.year)) from (
        select w.title, w.year from work w
        where w.catalogue_id = s.catalogue_id and w.valid_from <= s.version and (w.valid_to is null or w.valid_to > s.version)
          and (s.kind = 'all' or exists (select from notice_scope_work c where c.scope_id = s.id and c.work_id = w.work_id))
        order by w.work_id limit 4) w), '[]') as samples
    from notice n join notice_scope s on s.id = n.scope_id
    where n.id = any(${[...new Set(noticeIds)]}::uuid[])`
  return new Map(rows.map((row) => [row.id, row]))
}
