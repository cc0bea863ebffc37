import type { Transaction } from '#app/platform/db.server.ts'
import { nextAttemptAt } from './backoff.ts'
import type { LeasedMail } from './claim-mails.server.ts'
import type { MailHandlers, OutgoingMail } from './mail-handlers.ts'
import { type AttemptResult, resultOf, type Sending } from './sending.ts'

/** A sending that has ended. */
export type EndedSending = { mail: LeasedMail; sending: Sending; at: Date }

type Verdict = EndedSending & { result: AttemptResult; nextAt: Date | null }

/**
 * Writes down how sendings ended, moves their mails, and tells the owner of what was accepted or failed for good:
 * one transaction, so that a notice is served exactly when its mail is marked accepted.
 */
export async function recordSendings(
  tx: Transaction,
  ended: readonly EndedSending[],
  handlers: MailHandlers<Transaction>,
): Promise<void> {
  const verdicts = ended.map((each) => judged(each))
  await closeAttempts(tx, verdicts)
  const accepted = verdicts.filter(({ result }) => result === 'accepted')
  const finished = verdicts.filter(({ result, nextAt }) => result !== 'accepted' && nextAt === null)
  const postponed = verdicts.filter(({ result, nextAt }) => result !== 'accepted' && nextAt !== null)
  if (postponed.length > 0) await postpone(tx, postponed)
  if (accepted.length > 0) await tell(tx, handlers.accepted, accepted, await markAccepted(tx, accepted))
  if (finished.length > 0) await tell(tx, handlers.failed, finished, await markFailed(tx, finished))
}

function judged(each: EndedSending): Verdict {
  const { mail, sending, at } = each
  const result = resultOf(sending)
  const again =
    result === 'accepted' || result === 'refused'
      ? null
      : nextAttemptAt({ attempts: mail.attempt, firstAt: mail.firstAt, now: at })
  return { ...each, result, nextAt: again }
}

function closeAttempts(tx: Transaction, verdicts: readonly Verdict[]): Promise<number> {
  const rows = verdicts.map(({ mail, sending, at, result }) => ({
    id: mail.id,
    number: mail.attempt,
    ended: at,
    reached: sending.reached,
    result,
    code: sending.code,
    response: printable(sending.response),
  }))
  return tx.$executeRaw`
    update mail_attempt a set ended_at = r.ended, reached = r.reached, result = r.result, code = r.code, response = r.response
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r (id uuid, number int, ended timestamptz, reached text, result text, code int, response text)
    where a.mail_id = r.id and a.mail_id = any(${idsOf(verdicts)}::uuid[]) and a.number = r.number`
}

// Named as a list too: a join alone may read the whole table.
function idsOf(verdicts: readonly Verdict[]): string[] {
  return verdicts.map(({ mail }) => mail.id)
}

/** Only the server's word marks a mail accepted; the first to say so is told on, a second copy changes nothing. */
function markAccepted(tx: Transaction, verdicts: readonly Verdict[]): Promise<{ id: string }[]> {
  return tx.$queryRaw<{ id: string }[]>`
    update outgoing_mail m set status = 'accepted', accepted_at = r.at, failed_at = null, lease_until = null, last_response = r.response
    from json_to_recordset(${lines(verdicts)}::json) as r (id uuid, at timestamptz, response text)
    where m.id = r.id and m.id = any(${idsOf(verdicts)}::uuid[]) and m.accepted_at is null returning m.id`
}

function markFailed(tx: Transaction, verdicts: readonly Verdict[]): Promise<{ id: string }[]> {
  return tx.$queryRaw<{ id: string }[]>`
    update outgoing_mail m set status = 'failed', failed_at = r.at, lease_until = null, last_response = r.response
    from json_to_recordset(${lines(verdicts)}::json) as r (id uuid, number int, at timestamptz, response text)
    where m.id = r.id and m.status = 'sending' and m.attempts = r.number returning m.id`
}

// The number guards a mail whose lease ran out and which another process has taken since.
function postpone(tx: Transaction, verdicts: readonly Verdict[]): Promise<number> {
  return tx.$executeRaw`
    update outgoing_mail m set status = 'deferred', next_attempt_at = r.next, lease_until = null, last_response = r.response
    from json_to_recordset(${lines(verdicts)}::json) as r (id uuid, number int, next timestamptz, response text)
    where m.id = r.id and m.status = 'sending' and m.attempts = r.number`
}

function lines(verdicts: readonly Verdict[]): string {
  return JSON.stringify(
    verdicts.map(({ mail, sending, at, nextAt }) => ({
      id: mail.id,
      number: mail.attempt,
      at,
      next: nextAt,
      response: printable(sending.response),
    })),
  )
}

async function tell(
  tx: Transaction,
  handler: (tx: Transaction, mails: readonly (OutgoingMail & { at: Date; response: string })[]) => Promise<void>,
  verdicts: readonly Verdict[],
  marked: readonly { id: string }[],
): Promise<void> {
  const ids = new Set(marked.map(({ id }) => id))
  const mails = verdicts
    .filter(({ mail }) => ids.has(mail.id))
    .map(({ mail: { raw: _raw, from: _from, attempt: _attempt, firstAt: _firstAt, ...mail }, sending, at }) => ({
      ...mail,
      at,
      response: printable(sending.response),
    }))
  if (mails.length > 0) await handler(tx, mails)
}

/** A server's words as they can be kept and shown: no NUL, which PostgreSQL refuses, and not without end. */
function printable(response: string): string {
  return response.toWellFormed().replaceAll('\0', '').slice(0, 1000)
}
