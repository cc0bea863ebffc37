import type { Transaction } from '#app/platform/db.server.ts'
import { takeSteps } from '#app/notices/take-steps.server.ts'
import type { Taker } from '#app/notices/taker.server.ts'

/** What became of one mail that carries the notices of a filing to a vendor, in the words of the server. */
export interface ServingMail {
  readonly id: string
  readonly filingId: string
  readonly vendorId: string
  readonly toAddress: string
  readonly at: Date
  readonly response: string
}

const system: Taker = { channel: 'system' }

/** A server accepted the mail: each of its notices is served. */
export async function recordServingAccepted(tx: Transaction, mail: ServingMail): Promise<void> {
  const letters = await findLetters(tx, mail)
  const [sent] = await tx.$queryRaw<{ sha256: string | null; messageId: string; cover: string | null }[]>`
    select o.raw_sha256 as sha256, o.message_id as "messageId",
      (select c.sha256 from collective_letter c where c.filing_id = ${mail.filingId}::uuid and c.vendor_id = ${mail.vendorId}::uuid) as cover
    from outgoing_mail o where o.id = ${mail.id}::uuid`
  const payload = {
    mail: mail.id,
    messageId: sent?.messageId ?? '',
    ...(sent?.sha256 == null ? {} : { sha256: sent.sha256 }),
    ...(sent?.cover == null ? {} : { cover: sent.cover }),
  }
  await takeSteps(tx, {
    step: 'message.accepted',
    noticeIds: [...letters.keys()],
    taker: system,
    prepare: (ready) =>
      Promise.resolve(
        new Map(
          ready.map(({ notice: { id } }) => [
            id,
            { at: mail.at, payload: { ...payload, letter: letters.get(id) ?? '' }, facts: wordsOf(mail) },
          ]),
        ),
      ),
  })
}

/** A server reports that the mail arrived: once for each of its notices. */
export async function recordServingDelivered(tx: Transaction, mail: ServingMail): Promise<void> {
  const letters = await findLetters(tx, mail)
  await takeSteps(tx, {
    step: 'message.delivered',
    noticeIds: [...letters.keys()],
    taker: system,
    prepare: (ready) =>
      Promise.resolve(
        new Map(
          ready.flatMap(({ notice: { id, projection } }) =>
            projection.deliveredAt === null
              ? [[id, { at: mail.at, payload: { mail: mail.id }, facts: wordsOf(mail) }] as const]
              : [],
          ),
        ),
      ),
  })
}

/** The mail came back for good: its notices are undeliverable where no other copy is left. */
export async function recordServingBounced(tx: Transaction, mail: ServingMail): Promise<void> {
  const letters = await findLetters(tx, mail)
  const [others] = await tx.$queryRaw<{ some: boolean }[]>`
    select exists (select from outgoing_mail m join mail_duty d on d.id = m.duty_id
      where d.filing_id = ${mail.filingId}::uuid and d.vendor_id = ${mail.vendorId}::uuid and m.id <> ${mail.id}::uuid
        and m.status in ('queued', 'sending', 'deferred', 'accepted', 'delivered')) as some`
  const readdressed = await findReaddressed(tx, [...letters.keys()])
  await takeSteps(tx, {
    step: 'message.bounced',
    noticeIds: [...letters.keys()],
    taker: system,
    prepare: (ready) =>
      Promise.resolve(
        new Map(
          ready.map(({ notice: { id } }) => [
            id,
            {
              at: mail.at,
              unreached: others?.some !== true && !readdressed.has(id),
              payload: { mail: mail.id },
              facts: wordsOf(mail),
            },
          ]),
        ),
      ),
  })
}

// Sent on its own since, to another address.
async function findReaddressed(tx: Transaction, noticeIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select distinct m.notice_id as id from outgoing_mail m where m.notice_id = any(${[...noticeIds]}::uuid[]) and m.kind = 'notice-served'
      and m.status in ('queued', 'sending', 'deferred', 'accepted', 'delivered')`
  return new Set(rows.map(({ id }) => id))
}

// What was begun and not withdrawn before it went: exactly the notices that the mail lists. Each with its letter's hash.
async function findLetters(tx: Transaction, { filingId, vendorId }: ServingMail): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.$queryRaw<{ id: string; sha256: string }[]>`
    select n.id, coalesce(l.sha256, '') as sha256 from notice n left join notice_letter l on l.notice_id = n.id and l.locale = n.locale
    where n.filing_id = ${filingId}::uuid and n.vendor_id = ${vendorId}::uuid and n.begun_at is not null and n.stage <> 'withdrawn'
    order by n.id`
  return new Map(rows.map(({ id, sha256 }) => [id, sha256]))
}

function wordsOf({ toAddress, response }: ServingMail) {
  return { address: toAddress, response: response.toWellFormed() }
}
