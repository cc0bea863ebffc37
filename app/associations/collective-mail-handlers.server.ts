import type { AcceptedMail, MailHandlers, OutgoingMail } from '#app/mail/mail-handlers.ts'
import type { InboundHandlers } from '#app/mail/inbound-handlers.ts'
import { heardOf } from '#app/mail/not-composed.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { tellsOfMail, unserved, untoldMails } from '#app/notices/untold-mails.server.ts'
import { beginServing, leaveOutWithdrawn, servingsOf } from './begin-serving.server.ts'
import { recipientsOfServing } from './collective-recipients.server.ts'
import { collectiveWordings } from './collective-wordings.server.ts'
import {
  recordServingAccepted,
  recordServingBounced,
  recordServingDelivered,
  type ServingMail,
} from './record-serving.server.ts'

/** About so many notices are begun in one round of the outbox, so that no transaction lasts. */
const noticesAtOnce = 1_500
const laterMs = 1_000

/**
 * The handlers of notices, with those of collective filings before them: a mail that carries all notices of a filing to a vendor
 * is theirs, every other goes on.
 */
export function withCollectives(handlers: MailHandlers<Transaction>): MailHandlers<Transaction> {
  return {
    async postpone(tx, duties, at) {
      const paced = await handlers.postpone?.(tx, duties, at)
      const begun = servingsOf(duties).filter(({ id }) => !paced?.has(id))
      return new Map([...(paced ?? []), ...(await inTurn(tx, begun, at))])
    },
    async begin(tx, duties) {
      for (const duty of servingsOf(duties)) await beginServing(tx, duty)
      const others = duties.filter(({ filingId }) => filingId === null)
      if (others.length > 0) await handlers.begin(tx, others)
    },
    async recipients(tx, duties) {
      const own = []
      for (const duty of servingsOf(duties)) own.push(...(await recipientsOfServing(tx, duty)))
      const others = duties.filter(({ filingId }) => filingId === null)
      return others.length === 0 ? own : [...own, ...(await handlers.recipients(tx, others))]
    },
    async stale(tx, mails) {
      const { own, others } = parted(mails)
      // Before any of them is composed: what was withdrawn meanwhile is in none.
      for (const mail of servingsIn(own)) await leaveOutWithdrawn(tx, mail)
      const gone = own.length === 0 ? [] : await emptied(tx, own)
      const rest = others.length === 0 ? [] : await handlers.stale(tx, others)
      return new Set([...gone, ...rest, ...(await neverCarried(tx, others))])
    },
    async wordings(tx, mails) {
      const { own, others } = parted(mails)
      return new Map([
        ...(own.length === 0 ? [] : await collectiveWordings(tx, own)),
        ...(others.length === 0 ? [] : await handlers.wordings(tx, others)),
      ])
    },
    async accepted(tx, mails) {
      const { own, others } = parted(mails)
      for (const mail of served(own)) await recordServingAccepted(tx, mail)
      if (others.length > 0) await handlers.accepted(tx, others)
    },
    async failed(tx, mails) {
      const { own, others } = parted(mails)
      // What is known of the contact is the same whatever the mail carried: the handler of notices keeps it.
      await handlers.failed(tx, [...others, ...own])
      for (const mail of served(own)) await recordServingBounced(tx, mail)
    },
    async mend(tx, at) {
      return (await mendServings(tx, at)) + (await handlers.mend(tx, at))
    },
  }
}

/** The same for mail that comes back: what happened to the one mail happened to all notices in it. */
export function withCollectiveReports(handlers: InboundHandlers<Transaction>): InboundHandlers<Transaction> {
  return {
    ...handlers,
    async bounced(tx, mail, addressIsDead) {
      await handlers.bounced(tx, mail, addressIsDead)
      for (const own of await servingOf(tx, mail)) await recordServingBounced(tx, own)
    },
    async delivered(tx, mail) {
      await handlers.delivered(tx, mail)
      for (const own of await servingOf(tx, mail)) await recordServingDelivered(tx, own)
    },
  }
}

function parted<Mail extends OutgoingMail>(mails: readonly Mail[]): { own: Mail[]; others: Mail[] } {
  const own = mails.filter(({ filingId }) => filingId !== null)
  return { own, others: mails.filter(({ filingId }) => filingId === null) }
}

function served(mails: readonly AcceptedMail[]): readonly ServingMail[] {
  return mails.flatMap(({ filingId, vendorId, ...mail }) =>
    filingId === null || vendorId === null ? [] : [{ ...mail, filingId, vendorId }],
  )
}

// The letters of one vendor's notices are composed together. What is too much for this round comes in the next.
async function inTurn(
  tx: Transaction,
  duties: readonly { readonly id: string; readonly filingId: string; readonly vendorId: string }[],
  at: Date,
): Promise<ReadonlyMap<string, Date>> {
  const later = new Map<string, Date>()
  let notices = 0
  for (const { id, filingId, vendorId } of duties) {
    if (notices > 0 && notices >= noticesAtOnce) {
      later.set(id, new Date(at.getTime() + laterMs))
      continue
    }
    notices += await tx.notice.count({ where: { filingId, vendorId, stage: 'queued', begunAt: null } })
  }
  return later
}

function servingsIn(mails: readonly OutgoingMail[]): readonly { filingId: string; vendorId: string }[] {
  const each = new Map(
    mails.flatMap(({ filingId, vendorId }) =>
      filingId === null || vendorId === null ? [] : [[`${filingId} ${vendorId}`, { filingId, vendorId }] as const],
    ),
  )
  return [...each.values()]
}

// The vendor hears nothing of the end of a notice that no mail carried, and that none will.
async function neverCarried(tx: Transaction, mails: readonly OutgoingMail[]): Promise<readonly string[]> {
  const ends = mails.flatMap(({ id, kind, noticeId }) =>
    kind === 'notice-withdrawn' && noticeId !== null ? [{ id, noticeId }] : [],
  )
  if (ends.length === 0) return []
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select e.id from jsonb_to_recordset(${JSON.stringify(ends)}::jsonb) as e (id uuid, "noticeId" uuid)
    join notice n on n.id = e."noticeId" and n.served_at is null and n.stage = 'withdrawn' join filing f on f.id = n.filing_id and f.collective
    where exists (select from collective_letter c where c.filing_id = n.filing_id and c.vendor_id = n.vendor_id and n.id = any(c.left_out))
      or not exists (select from outgoing_mail m join mail_duty d on d.id = m.duty_id
      where (d.filing_id = n.filing_id and d.vendor_id = n.vendor_id or d.notice_id = n.id and m.kind = 'notice-served') and m.raw_sha256 is not null)`
  return rows.map(({ id }) => id)
}

// All of its notices were withdrawn before it went.
async function emptied(tx: Transaction, mails: readonly OutgoingMail[]): Promise<readonly string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select m.id from unnest(${mails.map(({ id }) => id)}::uuid[], ${mails.map(({ filingId }) => filingId)}::uuid[],
      ${mails.map(({ vendorId }) => vendorId)}::uuid[]) as m (id, filing, vendor)
    where not exists (select from notice n where n.filing_id = m.filing and n.vendor_id = m.vendor and n.begun_at is not null and n.stage <> 'withdrawn')`
  return rows.map(({ id }) => id)
}

async function servingOf(tx: Transaction, mail: { id: string; toAddress: string; at: Date; response: string }) {
  const rows = await tx.$queryRaw<{ filingId: string; vendorId: string }[]>`
    select d.filing_id as "filingId", d.vendor_id as "vendorId" from outgoing_mail m join mail_duty d on d.id = m.duty_id
    where m.id = ${mail.id}::uuid and d.filing_id is not null`
  return rows.map((row): ServingMail => ({ ...mail, ...row }))
}

/** Tells notices that are not served of their mails that were accepted, or refused for good, without their hearing of it. */
async function mendServings(tx: Transaction, at: Date): Promise<number> {
  const before = new Date(at.getTime() - 10_000)
  const untold = await tx.$queryRaw<(ServingMail & { readonly accepted: boolean })[]>`
    select distinct m.id, d.filing_id as "filingId", d.vendor_id as "vendorId", m.to_address as "toAddress",
      coalesce(m.accepted_at, m.failed_at) as at, coalesce(m.last_response, '') as response, m.accepted_at is not null as accepted
    from notice n join mail_duty d on d.filing_id = n.filing_id and d.vendor_id = n.vendor_id and d.kind = 'collective-served'
      join outgoing_mail m on m.duty_id = d.id ${untoldMails(before)}
    where ${unserved} and not exists (select from notice_event e where e.notice_id = n.id and ${tellsOfMail})
    order by m.id limit 5`
  for (const { accepted, response, ...rest } of untold) {
    const mail = { ...rest, response: heardOf(response) }
    await (accepted ? recordServingAccepted(tx, mail) : recordServingBounced(tx, mail))
  }
  return untold.length
}
