import type { Transaction } from '#app/platform/db.server.ts'
import type { Arrived } from './arrived.ts'
import { chosenRecipient } from './chosen-recipient.ts'
import type { ReportedRecipient } from './inbound/verdict.ts'
import type { Guess, InboundHandlers } from './inbound-handlers.ts'
import type { Reading } from './read-inbound.server.ts'
import { recordReport, type OutgoingRow } from './record-report.server.ts'

/** Where a mail ended: with its notice, in the operator's queue, or aside because it changes nothing; or it comes up again. */
export type Placed =
  | { place: 'later' }
  | {
      place: 'notice' | 'queue' | 'aside'
      tags: readonly string[]
      noticeId: string | null
      mailId: string | null
      sequence: number | null
      guesses: readonly Guess[]
    }

type ToPlace = { arrived: Arrived; reading: Reading; handlers: InboundHandlers<Transaction> }
type Known = ToPlace & { mail: OutgoingRow | null }

/**
 * Finds what a mail belongs to and does what follows from it. Only a sealed address, the Message-ID of a mail of ours to the
 * very address that a report names, or an operator's word place a mail; everything else is a guess for the queue.
 */
export async function placeInbound(tx: Transaction, toPlace: ToPlace): Promise<Placed> {
  const { arrived, reading } = toPlace
  if (await isSecondCopy(tx, toPlace)) return aside(['duplicate'])
  const mail = arrived.routeMailId === null ? null : await findOutgoing(tx, { id: arrived.routeMailId })
  const known = { ...toPlace, mail }
  if (arrived.assignedNoticeId !== null) return placeMessage(tx, known, arrived.assignedNoticeId)
  const { kind, bounce } = reading.verdict
  if (kind === 'complaint') return toQueue(tx, known, ['complaint'])
  if (bounce !== undefined && (kind === 'bounce' || kind === 'delayed' || kind === 'delivered')) {
    const reported = await reportedMail(tx, known)
    if (reported !== null) return report(tx, known, reported)
    // What claims to be a report and belongs to no mail of ours marks nothing.
    return arrived.route === 'mailbox' ? toQueue(tx, known, ['report']) : placeWritten(tx, known, ['report'])
  }
  return placeWritten(tx, known, [])
}

async function placeWritten(tx: Transaction, known: Known, tags: readonly string[]): Promise<Placed> {
  const noticeId = known.mail?.noticeId ?? null
  return noticeId === null ? toQueue(tx, known, tags) : placeMessage(tx, known, noticeId, tags)
}

/** The same mail to the same address, already taken in: other servers may have added their lines since. */
async function isSecondCopy(tx: Transaction, { arrived, reading }: ToPlace): Promise<boolean> {
  if (reading.messageId === null || arrived.assignedNoticeId !== null) return false
  const [row] = await tx.$queryRaw<unknown[]>`
    select 1 from inbound_mail where message_id = ${reading.messageId} and body_sha256 = ${reading.bodySha256}
      and envelope_to = ${arrived.envelopeTo} and id <> ${arrived.id}::uuid and status = 'processed' limit 1`
  return row !== undefined
}

type Reported = { mail: OutgoingRow; recipient: ReportedRecipient }

/** The outgoing mail that a report is about: by the sealed envelope sender first, then by the Message-ID that it returns. */
async function reportedMail(tx: Transaction, { arrived, reading, mail }: Known): Promise<Reported | null> {
  const { bounce } = reading.verdict
  if (bounce === undefined) return null
  if (arrived.route === 'bounce' && mail !== null) {
    const recipient = chosenRecipient(bounce.recipients, mail.toAddress)
    return recipient === undefined ? null : { mail, recipient }
  }
  const named =
    bounce.originalMessageId === null ? null : await findOutgoing(tx, { messageId: bounce.originalMessageId })
  if (named === null || (mail !== null && mail.noticeId !== named.noticeId)) return null
  const recipient = bounce.recipients.find(({ address }) => address === named.toAddress)
  return recipient === undefined ? null : { mail: named, recipient }
}

async function report(tx: Transaction, { reading, handlers, arrived }: Known, reported: Reported): Promise<Placed> {
  const { mail, recipient } = reported
  const done = await recordReport(tx, { mail, recipient, handlers, at: arrived.receivedAt })
  if (done === 'later' && arrived.attempts < 40) return { place: 'later' }
  return {
    place: 'aside',
    tags: [recipient.action, ...(done === 'changed' ? [] : ['no-change']), ...(reading.loop ? ['loop'] : [])],
    noticeId: mail.noticeId,
    mailId: mail.id,
    sequence: null,
    guesses: [],
  }
}

async function placeMessage(
  tx: Transaction,
  known: Known,
  noticeId: string,
  tags: readonly string[] = [],
): Promise<Placed> {
  const { arrived, reading, handlers, mail } = known
  const { from, subject, fresh, quoted, attachments, authentication, loop, verdict } = reading
  const automatic = loop || verdict.kind === 'auto' || tags.length > 0 || arrived.envelopeFrom === ''
  const { taken, sequence } = await handlers.received(tx, {
    inboundId: arrived.id,
    noticeId,
    sha256: arrived.sha256,
    receivedAt: arrived.receivedAt,
    side: arrived.assignedNoticeId === null ? sideOf(mail) : null,
    personId: arrived.assignedNoticeId === null ? (mail?.personId ?? null) : null,
    from,
    subject,
    fresh,
    quoted,
    attachments,
    automatic,
    authentication,
  })
  if (!taken) return toQueue(tx, known, [...tags, 'not-taken'])
  return {
    place: 'notice',
    tags: [...tags, ...(loop ? ['loop'] : []), ...(verdict.kind === 'auto' ? ['auto'] : [])],
    noticeId,
    mailId: mail?.id ?? null,
    sequence,
    guesses: [],
  }
}

function sideOf(mail: OutgoingRow | null): 'holder' | 'vendor' | null {
  if (mail === null) return null
  return mail.audience === 'vendor' || mail.audience === 'address' ? 'vendor' : 'holder'
}

async function toQueue(
  tx: Transaction,
  { arrived, reading, handlers, mail }: Known,
  tags: readonly string[],
): Promise<Placed> {
  const { from, subject, fresh, quoted, answers } = reading
  const guesses = await handlers.guesses(tx, {
    from: from.address,
    subject,
    text: `${fresh}\n${quoted}`,
    answers,
    receivedAt: arrived.receivedAt,
  })
  return { place: 'queue', tags: [...tags], noticeId: null, mailId: mail?.id ?? null, sequence: null, guesses }
}

function aside(tags: readonly string[]): Placed {
  return { place: 'aside', tags, noticeId: null, mailId: null, sequence: null, guesses: [] }
}

async function findOutgoing(
  tx: Transaction,
  { id = null, messageId = null }: { id?: string | null; messageId?: string | null },
): Promise<OutgoingRow | null> {
  const [row] = await tx.$queryRaw<OutgoingRow[]>`
    select m.id, m.notice_id as "noticeId", m.contact_id as "contactId", m.person_id as "personId", m.kind, m.status, m.attempts,
      m.to_address as "toAddress", d.audience
    from outgoing_mail m join mail_duty d on d.id = m.duty_id
    where m.id = ${id}::uuid or m.message_id = ${messageId} limit 1`
  return row ?? null
}
