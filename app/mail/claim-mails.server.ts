import type { Transaction } from '#app/platform/db.server.ts'
import { withLargeValue } from '#app/platform/large-values.server.ts'
import { log } from '#app/platform/log.server.ts'
import { nextAttemptAt } from './backoff.ts'
import { composeMails } from './compose-mails.server.ts'
import { senderAddress } from './compose.server.ts'
import type { MailHandlers, MailLocale, MailWording, OutgoingMail, Unwritable } from './mail-handlers.ts'
import { notComposedBecause } from './not-composed.ts'
import { sealedAddress } from './sealed-address.server.ts'

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
  tried_since: Date | null
  composed: boolean
  facts: unknown
  gathers_on: string | null
  filing_id: string | null
  vendor_id: string | null
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
  const rows = await withoutStale(tx, await dueRows(tx, claim), claim)
  if (rows.length === 0) return []
  const bytes = await bytesOf(tx, rows, claim)
  if (bytes.size === 0) return []
  await take(tx, bytes, claim)
  return rows.flatMap((row) => {
    const raw = bytes.get(row.id)?.raw
    if (raw === undefined) return []
    // Each mail has an envelope sender of its own: a bounce names the mail that it belongs to.
    const from = sealedAddress('bounce', row.id) ?? senderAddress()
    return [{ ...mailOf(row), from, raw, attempt: row.attempts + 1, firstAt: triedSince(row, claim) }]
  })
}

// Five days are counted from the first attempt: what waited before it, for whatever reason, has them all.
function triedSince({ tried_since }: Row, { at }: Claim): Date {
  return tried_since ?? at
}

/** What is no longer true is not sent, also when an earlier attempt found the other side away. */
async function withoutStale(tx: Transaction, rows: readonly Row[], { handlers }: Claim): Promise<readonly Row[]> {
  const owned = rows.filter((row) => !isOwn(row))
  if (owned.length === 0) return rows
  const stale = await handlers.stale(
    tx,
    owned.map((row) => mailOf(row)),
  )
  if (stale.size === 0) return rows
  await tx.outgoingMail.updateMany({ where: { id: { in: [...stale] } }, data: { status: 'cancelled' } })
  return rows.filter(({ id }) => !stale.has(id))
}

/** Owed with everything that it says. */
function isOwn({ notice_id, gathers_on, filing_id }: Row): boolean {
  return notice_id === null && gathers_on === null && filing_id === null
}

/** The bytes of a mail; the hash of those that were composed now and are kept nowhere yet. */
type MailBytes = { raw: Buffer; sha256: string | null }

/** One statement keeps new bytes, begins the lease and writes the attempt down: a mail's row is written once. */
function take(tx: Transaction, bytes: ReadonlyMap<string, MailBytes>, { at, leaseUntil }: Claim): Promise<number> {
  const fresh = [...bytes].flatMap(([id, { raw, sha256 }]) => (sha256 === null ? [] : [{ id, raw }]))
  // One value that is cut up in the database goes over as it is; in an array every byte would be written as text.
  const taking = (ticket: string) => tx.$executeRaw`
    with taken as (
      update outgoing_mail m set status = 'sending', lease_until = ${leaseUntil}, attempts = attempts + 1,
        tried_since = coalesce(m.tried_since, ${at}), raw_sha256 = coalesce(b.sha256, m.raw_sha256)
      from unnest(${[...bytes.keys()]}::uuid[], ${[...bytes.values()].map(({ sha256 }) => sha256)}::text[]) as b (id, sha256)
      where m.id = b.id and m.id = any(${[...bytes.keys()]}::uuid[]) returning m.id, m.attempts),
    kept as (
      insert into mail_raw (mail_id, bytes)
      select c.id, substring(${ticket}::bytea from c.start for c.length)
      from unnest(${fresh.map(({ id }) => id)}::uuid[], ${startsOf(fresh)}::int[], ${fresh.map(({ raw }) => raw.length)}::int[])
        as c (id, start, length))
    insert into mail_attempt (mail_id, number, started_at, result) select id, attempts, ${at}::timestamptz, 'running' from taken`
  return withLargeValue(Buffer.concat(fresh.map(({ raw }) => raw)), taking)
}

/** Where each begins when all are laid end to end, counted from 1. */
function startsOf(pieces: readonly { raw: Buffer }[]): number[] {
  let next = 1
  return pieces.map(({ raw }) => {
    const start = next
    next += raw.length
    return start
  })
}

function dueRows(tx: Transaction, { at, most }: Claim): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    select m.id, m.duty_id, m.notice_id, d.event_sequence, m.kind, d.audience, m.to_address, m.person_id, m.contact_id, m.link_id,
      m.locale, m.message_id, m.attempts, m.tried_since, m.raw_sha256 is not null as composed, d.facts, d.gathers_on::text, d.filing_id, d.vendor_id
    from outgoing_mail m join mail_duty d on d.id = m.duty_id
    where m.status in ('queued', 'deferred') and m.accepted_at is null and d.cancelled_at is null and m.next_attempt_at <= ${at}
      and not exists (select from outbox_hold h where h.released_at is null and (m.kind <> 'portal-alarm' or m.created_at <= h.restored_at))
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
    gathersOn: row.gathers_on,
    filingId: row.filing_id,
    vendorId: row.vendor_id,
    personId: row.person_id,
    contactId: row.contact_id,
    linkId: row.link_id,
  }
}

async function bytesOf(tx: Transaction, rows: readonly Row[], claim: Claim): Promise<Map<string, MailBytes>> {
  const composed = rows.filter((row) => row.composed).map(({ id }) => id)
  const kept = composed.length === 0 ? [] : await tx.mailRaw.findMany({ where: { mailId: { in: composed } } })
  const bytes = new Map<string, MailBytes>(
    kept.map(({ mailId, bytes: raw }) => [mailId, { raw: Buffer.from(raw), sha256: null }]),
  )
  const fresh = rows.filter(({ id }) => !bytes.has(id))
  if (fresh.length === 0) return bytes
  for (const { id, raw, sha256 } of await composeAll(tx, fresh, claim)) bytes.set(id, { raw, sha256 })
  return bytes
}

async function composeAll(
  tx: Transaction,
  rows: readonly Row[],
  claim: Claim,
): Promise<{ id: string; raw: Buffer; sha256: string }[]> {
  const wordings = await wordingsOf(tx, rows, claim)
  const threads = await threadsOf(tx, rows)
  const composed = await composeMails(
    rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      toAddress: row.to_address,
      locale: row.locale,
      messageId: row.message_id,
      thread: threads.get(row.id)?.thread ?? [],
      wording: answering(wordings.get(row.id) ?? null, threads.get(row.id)?.first ?? row.id),
    })),
    claim.at,
  )
  // One mail that cannot be written must not keep the others back: it waits where the operator sees it, and its owner's sweep
  // finds the one that was given up.
  for (const { id, error } of composed)
    if (error !== null) await setAside(tx, { row: rows.find((row) => row.id === id), error, claim })
  return composed.flatMap((mail) => (mail.error === null ? [{ id: mail.id, raw: mail.raw, sha256: mail.sha256 }] : []))
}

/** A duty that carries its facts needs nobody; the others are asked for together. */
async function wordingsOf(
  tx: Transaction,
  rows: readonly Row[],
  { handlers }: Claim,
): Promise<ReadonlyMap<string, MailWording | Unwritable>> {
  const own = rows.filter((row) => isOwn(row))
  const others = rows.filter((row) => !isOwn(row))
  const asked =
    others.length === 0
      ? new Map<string, MailWording | Unwritable>()
      : await handlers.wordings(
          tx,
          others.map((row) => mailOf(row)),
        )
  return new Map<string, MailWording | Unwritable>([
    ...asked,
    ...own.map(({ id, facts }) => [id, { facts, fromName: null, replyTo: null }] as const),
  ])
}

/** One reply address for all mails of a notice to the same recipient: that of the first. */
function answering(wording: MailWording | Unwritable | null, firstMailId: string): MailWording | Unwritable | null {
  if (wording === null || 'unwritable' in wording || wording.answerable !== true) return wording
  return { ...wording, replyTo: sealedAddress('reply', firstMailId) ?? wording.replyTo }
}

type Thread = { first: string | null; thread: string[] }

/** The Message-IDs of the mails of the same notice that went to the same address before, or came from it; and the first mail's id. */
async function threadsOf(tx: Transaction, rows: readonly Row[]): Promise<Map<string, Thread>> {
  const found = await tx.$queryRaw<(Thread & { id: string })[]>`
    select m.id, (array_agg(t.id order by t.id) filter (where t.ours))[1] as first, array_agg(t.message_id order by t.id) as thread
    from outgoing_mail m cross join lateral (
      select o.id, o.message_id, true as ours from outgoing_mail o
        where o.notice_id = m.notice_id and o.to_address = m.to_address and o.id < m.id and o.raw_sha256 is not null
      union all
      select i.id, i.message_id, false from inbound_mail i
        where i.notice_id = m.notice_id and i.from_address = m.to_address and i.message_id is not null) t
    where m.id = any(${rows.map(({ id }) => id)}::uuid[]) group by m.id`
  return new Map(found.map(({ id, ...thread }) => [id, thread]))
}

async function setAside(
  tx: Transaction,
  { row, error, claim }: { row: Row | undefined; error: string; claim: Claim },
): Promise<void> {
  if (row === undefined) return
  log.error({ mail: row.id, kind: row.kind, error }, 'a mail could not be composed')
  const { at } = claim
  const firstAt = triedSince(row, claim)
  const again = nextAttemptAt({ attempts: 4, firstAt, now: at })
  await tx.outgoingMail.update({
    where: { id: row.id },
    data: {
      status: again === null ? 'failed' : 'deferred',
      nextAttemptAt: again ?? at,
      triedSince: firstAt,
      ...(again === null ? { failedAt: at } : {}),
      lastResponse: notComposedBecause(error),
    },
  })
}
