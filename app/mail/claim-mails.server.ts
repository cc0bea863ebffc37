import type { Transaction } from '#app/platform/db.server.ts'
import { log } from '#app/platform/log.server.ts'
import { nextAttemptAt } from './backoff.ts'
import { composeMails } from './compose-mails.server.ts'
import { senderAddress } from './compose.server.ts'
import type { MailHandlers, MailLocale, MailWording, OutgoingMail } from './mail-handlers.ts'

/** A mail under lease, its bytes ready and its attempt written down: it may now be sent. */
export type LeasedMail = OutgoingMail & { from: string; raw: Buffer; attempt: number; firstAt: Date }

type Row = {
  id: string
  duty_id: string
  notice_id: string | null
  event_sequence: number | null
  kind: string
  audience: string
  to_address: string
  person_id: string | null
  contact_id: string | null
  link_id: string | null
  locale: MailLocale
  message_id: string
  attempts: number
  created_at: Date
  composed: boolean
  facts: unknown
}

type Claim = {
  handlers: MailHandlers<Transaction>
  at: Date
  leaseUntil: Date
  most: number
}

/**
 * Takes mails that are due under lease, composes those that have no bytes yet, and writes down that an attempt begins.
 * All of it is one transaction: what is sent has its bytes on disk, and every sending has a line before it starts.
 */
export async function claimMails(tx: Transaction, claim: Claim): Promise<LeasedMail[]> {
  const rows = await dueRows(tx, claim)
  if (rows.length === 0) return []
  const bytes = await bytesOf(tx, rows, claim)
  const ready = rows.filter(({ id }) => bytes.has(id))
  if (ready.length === 0) return []
  await tx.$executeRaw`
    with taken as (
      update outgoing_mail set status = 'sending', lease_until = ${claim.leaseUntil}, attempts = attempts + 1
      where id = any(${ready.map(({ id }) => id)}::uuid[]) returning id, attempts)
    insert into mail_attempt (mail_id, number, started_at, result) select id, attempts, ${claim.at}::timestamptz, 'running' from taken`
  const from = senderAddress()
  return ready.flatMap((row) => {
    const raw = bytes.get(row.id)
    return raw === undefined ? [] : [{ ...mailOf(row), from, raw, attempt: row.attempts + 1, firstAt: row.created_at }]
  })
}

function dueRows(tx: Transaction, { at, most }: Claim): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    select m.id, m.duty_id, m.notice_id, d.event_sequence, m.kind, d.audience, m.to_address, m.person_id, m.contact_id, m.link_id,
      m.locale, m.message_id, m.attempts, m.created_at, m.raw_sha256 is not null as composed, d.facts
    from outgoing_mail m join mail_duty d on d.id = m.duty_id
    where m.status in ('queued', 'deferred') and d.cancelled_at is null and m.next_attempt_at <= ${at}
    order by m.next_attempt_at limit ${most} for update of m, d skip locked`
}

function mailOf(row: Row): OutgoingMail {
  return {
    id: row.id,
    dutyId: row.duty_id,
    noticeId: row.notice_id,
    eventSequence: row.event_sequence,
    kind: row.kind,
    audience: row.audience,
    toAddress: row.to_address,
    locale: row.locale,
    facts: row.facts,
    personId: row.person_id,
    contactId: row.contact_id,
    linkId: row.link_id,
  }
}

async function bytesOf(tx: Transaction, rows: readonly Row[], claim: Claim): Promise<Map<string, Buffer>> {
  const composed = rows.filter((row) => row.composed).map(({ id }) => id)
  const kept = composed.length === 0 ? [] : await tx.mailRaw.findMany({ where: { mailId: { in: composed } } })
  const bytes = new Map<string, Buffer>(kept.map(({ mailId, bytes: raw }) => [mailId, Buffer.from(raw)]))
  const fresh = rows.filter(({ id }) => !bytes.has(id))
  if (fresh.length === 0) return bytes
  for (const { id, raw } of await composeAll(tx, fresh, claim)) bytes.set(id, raw)
  return bytes
}

async function composeAll(tx: Transaction, rows: readonly Row[], claim: Claim): Promise<{ id: string; raw: Buffer }[]> {
  const wordings = await wordingsOf(tx, rows, claim)
  const threads = await threadsOf(tx, rows)
  const composed = await composeMails(
    rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      toAddress: row.to_address,
      locale: row.locale,
      messageId: row.message_id,
      thread: threads.get(row.id) ?? [],
      wording: wordings.get(row.id) ?? null,
    })),
    claim.at,
  )
  const done = composed.flatMap((mail) => (mail.error === null ? [mail] : []))
  // One mail that cannot be written must not keep the others back; it waits where the operator sees it.
  for (const { id, error } of composed)
    if (error !== null) await setAside(tx, { row: rows.find((row) => row.id === id), error, at: claim.at })
  // The bytes are ASCII: as text they need no other coding on their way to the database.
  await tx.$executeRaw`
    with composed as (
      select * from unnest(${done.map(({ id }) => id)}::uuid[], ${done.map(({ sha256 }) => sha256)}::text[],
        ${done.map(({ text }) => text)}::text[]) as c (id, sha256, raw)),
    hashed as (update outgoing_mail m set raw_sha256 = c.sha256 from composed c where m.id = c.id)
    insert into mail_raw (mail_id, bytes) select id, convert_to(raw, 'UTF8') from composed`
  return done.map(({ id, text }) => ({ id, raw: Buffer.from(text, 'latin1') }))
}

/** A duty that carries its facts needs nobody; the others are asked for together. */
async function wordingsOf(
  tx: Transaction,
  rows: readonly Row[],
  { handlers }: Claim,
): Promise<ReadonlyMap<string, MailWording>> {
  const own = rows.filter(({ notice_id }) => notice_id === null)
  const others = rows.filter(({ notice_id }) => notice_id !== null)
  const asked =
    others.length === 0
      ? new Map<string, MailWording>()
      : await handlers.wordings(
          tx,
          others.map((row) => mailOf(row)),
        )
  return new Map([...asked, ...own.map(({ id, facts }) => [id, { facts, fromName: null, replyTo: null }] as const)])
}

/** The Message-IDs of the mails of the same notice that went to the same address before. */
async function threadsOf(tx: Transaction, rows: readonly Row[]): Promise<Map<string, string[]>> {
  const found = await tx.$queryRaw<{ id: string; thread: string[] }[]>`
    select m.id, array_agg(earlier.message_id order by earlier.id) as thread
    from outgoing_mail m join outgoing_mail earlier
      on earlier.notice_id = m.notice_id and earlier.to_address = m.to_address and earlier.id < m.id and earlier.raw_sha256 is not null
    where m.id = any(${rows.map(({ id }) => id)}::uuid[]) group by m.id`
  return new Map(found.map(({ id, thread }) => [id, thread]))
}

async function setAside(
  tx: Transaction,
  { row, error, at }: { row: Row | undefined; error: string; at: Date },
): Promise<void> {
  if (row === undefined) return
  log.error({ mail: row.id, kind: row.kind, error }, 'a mail could not be composed')
  const again = nextAttemptAt({ attempts: 4, firstAt: row.created_at, now: at })
  await tx.outgoingMail.update({
    where: { id: row.id },
    data: {
      status: again === null ? 'failed' : 'deferred',
      nextAttemptAt: again ?? at,
      ...(again === null ? { failedAt: at } : {}),
      lastResponse: `Not composed: ${error}`,
    },
  })
}
