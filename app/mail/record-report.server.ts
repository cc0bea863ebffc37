import type { Transaction } from '#app/platform/db.server.ts'
import type { ReportedRecipient } from './inbound/verdict.ts'
import type { InboundHandlers, ReportedMail } from './inbound-handlers.ts'

/** An outgoing mail as far as reports look at it. */
export type OutgoingRow = {
  id: string
  noticeId: string | null
  contactId: string | null
  personId: string | null
  kind: string
  status: string
  attempts: number
  toAddress: string
  audience: string
}

type Report = {
  mail: OutgoingRow
  recipient: ReportedRecipient
  handlers: InboundHandlers<Transaction>
  at: Date
}

/** Whether a report changed its mail; `later`: its own sending is not written down yet. */
export type Recorded = 'changed' | 'nothing' | 'later'

/**
 * Writes what another server reports to exactly its mail, and tells the owner: a failure for good, an arrival. A delay is only
 * noted: the mail may still arrive.
 */
export async function recordReport(tx: Transaction, { mail, recipient, handlers, at }: Report): Promise<Recorded> {
  // A report can overtake the line that says that its mail was accepted.
  if (['queued', 'sending', 'deferred'].includes(mail.status)) return mail.attempts > 0 ? 'later' : 'nothing'
  const response = wordsOf(recipient)
  const reported: ReportedMail = { ...mail, at, response }
  switch (recipient.action) {
    case 'failed':
      if (!(await markBounced(tx, mail.id, { at, response }))) return 'nothing'
      await handlers.bounced(tx, reported, recipient.hard)
      return 'changed'
    case 'delivered':
      if (!(await markDelivered(tx, mail.id, { at, response }))) return 'nothing'
      await handlers.delivered(tx, reported)
      return 'changed'
    default:
      return (await noteDelay(tx, mail.id, { at: recipient.action === 'delayed' ? at : null, response }))
        ? 'changed'
        : 'nothing'
  }
}

type Mark = { at: Date; response: string }

async function markBounced(tx: Transaction, id: string, { at, response }: Mark): Promise<boolean> {
  const { count } = await tx.outgoingMail.updateMany({
    where: { id, status: { in: ['accepted', 'delivered'] } },
    data: { status: 'bounced', failedAt: at, lastResponse: response },
  })
  return count === 1
}

async function markDelivered(tx: Transaction, id: string, { at, response }: Mark): Promise<boolean> {
  const { count } = await tx.outgoingMail.updateMany({
    where: { id, status: 'accepted' },
    data: { status: 'delivered', deliveredAt: at, lastResponse: response },
  })
  return count === 1
}

async function noteDelay(
  tx: Transaction,
  id: string,
  { at, response }: { at: Date | null; response: string },
): Promise<boolean> {
  const { count } = await tx.outgoingMail.updateMany({
    where: { id, status: 'accepted' },
    data: { delayedAt: at, lastResponse: response },
  })
  return count === 1
}

function wordsOf({ status, diagnostic, action }: ReportedRecipient): string {
  const words = diagnostic === '' ? action : diagnostic
  const said = status === null || words.includes(status) ? words : `${status} ${words}`
  return said.toWellFormed().replaceAll('\0', '').slice(0, 1000)
}
