import type {
  AcceptedMail,
  Duty,
  FailedMail,
  MailHandlers,
  MailWording,
  OutgoingMail,
  Recipient,
  Unwritable,
} from '#app/mail/mail-handlers.ts'
import { heardOf } from '#app/mail/not-composed.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { recordContactFailure } from '#app/vendors/record-contact-health.server.ts'
import { withChoices } from './choose-mails.server.ts'
import { findGatheredLines } from './gathered-lines.server.ts'
import { digestableMails, isDigestable } from './gathered-mails.ts'
import { gatheredRecipients } from './gathered-recipients.server.ts'
import { gatheredWordings } from './gathered-wordings.server.ts'
import { recipientsOf } from './mail-recipients.server.ts'
import { wordingsOf } from './mail-wordings.server.ts'
import { paceServings } from './pace-servings.server.ts'
import { recordAccepted, recordBounced, type ServedMail } from './record-delivery.server.ts'
import { servedStages, type Standpoint } from './stages.ts'
import { tellsOfMail, unserved, untoldMails } from './untold-mails.server.ts'

/** What notices tell the outbox about their mails, and what they make of what became of them. */
export const noticeMailHandlers: MailHandlers<Transaction> = {
  recipients,
  postpone: paceServings,
  begin: beginServing,
  stale,
  wordings,
  accepted: serve,
  failed: bounce,
  mend,
}

async function recipients(tx: Transaction, duties: readonly Duty[]): Promise<readonly Recipient[]> {
  const gathered = duties.filter(({ gathersOn }) => gathersOn !== null)
  const single = duties.filter(({ gathersOn }) => gathersOn === null)
  return [
    ...(single.length === 0 ? [] : await withChoices(tx, single, await recipientsOf(tx, single))),
    ...(gathered.length === 0 ? [] : await gatheredRecipients(tx, gathered)),
  ]
}

async function wordings(
  tx: Transaction,
  mails: readonly OutgoingMail[],
): Promise<ReadonlyMap<string, MailWording | Unwritable>> {
  const gathered = mails.filter(({ gathersOn }) => gathersOn !== null)
  const single = mails.filter(({ gathersOn }) => gathersOn === null)
  return new Map([
    ...(single.length === 0 ? [] : await wordingsOf(tx, single)),
    ...(gathered.length === 0 ? [] : await gatheredWordings(tx, gathered)),
  ])
}

/**
 * Gathered mails of which nothing is true any more, news of a stage that the notice has left for an answer or an end, and the
 * letters of notices that ended while an attempt at them found the other side away.
 */
async function stale(tx: Transaction, mails: readonly OutgoingMail[]): Promise<ReadonlySet<string>> {
  const gathered = mails.filter(({ gathersOn }) => gathersOn !== null)
  const lines = gathered.length === 0 ? new Map<string, unknown>() : await findGatheredLines(tx, gathered)
  const over = await findOutdated(tx, mails)
  return new Set([...gathered.map(({ id }) => id).filter((id) => !lines.has(id)), ...over])
}

async function findOutdated(tx: Transaction, mails: readonly OutgoingMail[]): Promise<readonly string[]> {
  const news = mails.flatMap(({ id, kind, noticeId }) => {
    const stages = stagesOf(kind)
    return stages === null || noticeId === null ? [] : [{ id, noticeId, stages }]
  })
  if (news.length === 0) return []
  const rows = await tx.notice.findMany({
    where: { id: { in: news.map(({ noticeId }) => noticeId) } },
    select: { id: true, stage: true },
  })
  const stageOf = new Map(rows.map(({ id, stage }) => [id, stage]))
  return news
    .filter(({ noticeId, stages }) => !stages.some((stage) => stage === stageOf.get(noticeId)))
    .map(({ id }) => id)
}

// The stages at which a mail still says what is true; null where it stays true.
function stagesOf(kind: string): readonly Standpoint[] | null {
  if (kind === 'notice-served') return ['queued', ...servedStages]
  return isDigestable(kind) ? digestableMails[kind] : null
}

/** From here on the notice may not be recalled, and its vendor may see it. */
async function beginServing(tx: Transaction, duties: readonly Duty[]): Promise<void> {
  const ids = [
    ...new Set(
      duties.flatMap(({ kind, noticeId }) => (kind === 'notice-served' && noticeId !== null ? [noticeId] : [])),
    ),
  ]
  if (ids.length === 0) return
  // In the order of takeSteps, so that two who lock the same notices never wait for each other in a circle.
  await tx.$executeRaw`
    update notice set begun_at = ${now()} where id in (
      select id from notice where id = any(${ids}::uuid[]) and begun_at is null order by id for update)`
}

async function serve(tx: Transaction, mails: readonly AcceptedMail[]): Promise<void> {
  await recordAccepted(tx, servedMails(mails))
}

async function bounce(tx: Transaction, mails: readonly FailedMail[]): Promise<void> {
  await noteContacts(tx, mails)
  await recordBounced(tx, servedMails(mails))
}

async function noteContacts(
  tx: Transaction,
  mails: readonly Pick<FailedMail, 'contactId' | 'at' | 'response'>[],
): Promise<void> {
  for (const { contactId, at, response } of mails)
    if (contactId !== null && saysNobodyIsThere(response)) await recordContactFailure(tx, { contactId, at, response })
}

// No such mailbox, no such host, moved away, takes no mail (RFC 3463; RFC 7505): only then is the address itself the fault.
function saysNobodyIsThere(response: string): boolean {
  return /\b5\.1\.(?:0|1|2|3|6|10)\b|\b5\.2\.1\b/.test(response)
}

/** Of all mails those that carry a notice. */
function servedMails(mails: readonly AcceptedMail[]): readonly ServedMail[] {
  return mails.flatMap(({ kind, noticeId, ...mail }) =>
    kind === 'notice-served' && noticeId !== null ? [{ ...mail, noticeId }] : [],
  )
}

type UntoldMail = ServedMail & { readonly contactId: string | null; readonly accepted: boolean }

/** Tells notices that are not served of their mails that were accepted, or refused for good, without their hearing of it. */
async function mend(tx: Transaction, at: Date): Promise<number> {
  const before = new Date(at.getTime() - 10_000)
  const untold = await tx.$queryRaw<UntoldMail[]>`
    select m.id, m.notice_id as "noticeId", m.to_address as "toAddress", m.contact_id as "contactId",
      coalesce(m.accepted_at, m.failed_at) as at, coalesce(m.last_response, '') as response, m.accepted_at is not null as accepted
    from notice n join outgoing_mail m on m.notice_id = n.id and m.kind = 'notice-served' ${untoldMails(before)}
    where ${unserved} and not exists (select from notice_event e where e.notice_id = n.id and ${tellsOfMail})
    order by m.id limit 100`
  await recordAccepted(
    tx,
    untold.filter(({ accepted }) => accepted),
  )
  const failed = untold
    .filter(({ accepted }) => !accepted)
    .map(({ response, ...mail }) => ({ ...mail, response: heardOf(response) }))
  await noteContacts(tx, failed)
  await recordBounced(tx, failed)
  return untold.length
}
