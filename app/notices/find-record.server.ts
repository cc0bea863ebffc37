import { Prisma } from '#app/generated/prisma/client.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import type { Canonical } from '#app/ledger/canonical-json.ts'
import { heardOf } from '#app/mail/not-composed.ts'
import { vendorMails, type Step } from './lifecycle.ts'
import type { Side } from './side.server.ts'

type Words = Readonly<Record<string, Canonical>>

/** A line of the ledger with what is known of the person behind it. Instants ISO 8601. */
export interface RecordLine {
  readonly sequence: number
  readonly type: Step
  readonly actor: 'holder' | 'vendor' | 'system'
  readonly channel: string
  readonly at: string
  readonly payload: Words
  /** Null where nobody acted, and after an erasure. */
  readonly person: Words | null
  readonly erased: boolean
}

/** The truth about one mail to the vendor. */
export interface RecordMail {
  readonly id: string
  readonly kind: string
  readonly to: string
  readonly status: 'queued' | 'sending' | 'accepted' | 'deferred' | 'delivered' | 'bounced' | 'failed' | 'cancelled'
  readonly createdAt: string
  readonly acceptedAt: string | null
  readonly deliveredAt: string | null
  readonly failedAt: string | null
  /** Since when the other server says that it tries on. */
  readonly delayedAt: string | null
  readonly answer: string | null
  readonly sha256: string | null
  /** It carried notices of others too, and is kept by whoever sent it. */
  readonly elsewhere: boolean
}

/** What happened, newest first, and the mails that carried it. */
export interface NoticeRecord {
  readonly lines: readonly RecordLine[]
  /** The steps taken so far that this side may see. */
  readonly taken: readonly Step[]
  /** Lines before these, if there are any: the number to ask for. */
  readonly earlier: number | null
  /** Whether the lines begin with the newest. */
  readonly newest: boolean
  /** Only for the holder: to the vendor they are its own mailbox. */
  readonly mails: readonly RecordMail[]
}

const linesPerPage = 50
const mostMails = 50
/** The record of a notice as one side may see it, in one query. */
export async function findRecord(
  tx: Transaction,
  { noticeId, side, earlier }: { noticeId: string; side: Side; earlier: number | undefined },
): Promise<NoticeRecord> {
  const before = earlier === undefined ? Prisma.sql`true` : Prisma.sql`e.sequence < ${earlier}`
  const [row] = await tx.$queryRaw<[{ lines: RecordLine[]; taken: Step[]; mails: RecordMail[] }]>`
    select coalesce((select json_agg(l) from (
        select e.sequence, e.type, e.actor, e.channel, e.at, e.payload, p.facts as person, p.erased_at is not null as erased
        from notice_event e left join event_person p on p.notice_id = e.notice_id and p.sequence = e.sequence
        where e.notice_id = ${noticeId}::uuid and ${before} order by e.sequence desc limit ${linesPerPage + 1}) l), '[]'::json) as lines,
      array(select distinct e.type from notice_event e where e.notice_id = ${noticeId}::uuid) as taken,
      ${side === 'holder' ? mailsOf(noticeId) : Prisma.sql`'[]'::json`} as mails`
  const lines = row.lines.slice(0, linesPerPage)
  return {
    ...row,
    mails: row.mails.map((mail) => ({ ...mail, answer: mail.answer === null ? null : heardOf(mail.answer) })),
    lines,
    newest: earlier === undefined,
    earlier: row.lines.length > linesPerPage ? (lines.at(-1)?.sequence ?? null) : null,
  }
}

function mailsOf(noticeId: string): Prisma.Sql {
  return Prisma.sql`coalesce((select json_agg(o) from (
    select c.id, c.kind, c.to_address as "to", c.status, c.created_at as "createdAt", c.accepted_at as "acceptedAt", c.delivered_at as "deliveredAt",
      c.failed_at as "failedAt", c.delayed_at as "delayedAt", c.last_response as answer, c.raw_sha256 as sha256, not c.own as elsewhere
    from collective_mails_of(${noticeId}::uuid) c
    union all (select m.id, m.kind, m.to_address as "to", m.status, m.created_at as "createdAt", m.accepted_at as "acceptedAt", m.delivered_at as "deliveredAt",
      m.failed_at as "failedAt", m.delayed_at as "delayedAt", m.last_response as answer, m.raw_sha256 as sha256, false as elsewhere
    from outgoing_mail m where m.notice_id = ${noticeId}::uuid and m.kind = any(${[...vendorMails]})
      and exists (select from mail_duty d where d.id = m.duty_id and d.audience in ('vendor', 'address')) order by m.created_at desc limit ${mostMails})
    order by "createdAt" desc) o), '[]'::json)`
}
