import type { Transaction } from '#app/platform/db.server.ts'
import { takeSteps, type StepResults } from './take-steps.server.ts'
import type { Taker } from './taker.server.ts'

/** What became of one mail that carries a notice, in the words of the server that took or refused it. */
export interface ServedMail {
  readonly id: string
  readonly noticeId: string
  readonly toAddress: string
  readonly at: Date
  readonly response: string
}

const system: Taker = { channel: 'system' }

/** Records that servers accepted mails that carry notices: each notice is served at the first. */
export async function recordAccepted(tx: Transaction, mails: readonly ServedMail[]): Promise<void> {
  const hashes = await sentBytes(tx, mails)
  for (const round of rounds(mails))
    await takeSteps(tx, {
      step: 'message.accepted',
      noticeIds: [...round.keys()],
      taker: system,
      prepare: (ready) =>
        Promise.resolve(
          new Map(
            ready.flatMap(({ notice }) => {
              const mail = round.get(notice.id)
              if (!mail) return []
              return [
                [notice.id, { at: mail.at, payload: { mail: mail.id, ...hashes.get(mail.id) }, facts: wordsOf(mail) }],
              ]
            }),
          ),
        ),
    })
}

/** Records that servers report the arrival of mails that carry notices: once for each notice. */
export async function recordDelivered(tx: Transaction, mails: readonly ServedMail[]): Promise<void> {
  for (const round of rounds(mails))
    await takeSteps(tx, {
      step: 'message.delivered',
      noticeIds: [...round.keys()],
      taker: system,
      prepare: (ready) =>
        Promise.resolve(
          new Map(
            ready.flatMap(({ notice }) => {
              const mail = round.get(notice.id)
              if (!mail || notice.projection.deliveredAt !== null) return []
              return [[notice.id, { at: mail.at, payload: { mail: mail.id }, facts: wordsOf(mail) }]]
            }),
          ),
        ),
    })
}

/** Records that mails that carry notices came back for good; a notice of which no copy is left is undeliverable. */
export async function recordBounced(tx: Transaction, mails: readonly ServedMail[]): Promise<void> {
  for (const round of rounds(mails))
    await takeSteps(tx, {
      step: 'message.bounced',
      noticeIds: [...round.keys()],
      taker: system,
      prepare: async (ready) => {
        const reached = await stillReaching(tx, [...round.values()])
        return new Map(
          ready.flatMap(({ notice }) => {
            const mail = round.get(notice.id)
            if (!mail) return []
            const unreached = !reached.has(notice.id)
            return [[notice.id, { at: mail.at, unreached, payload: { mail: mail.id }, facts: wordsOf(mail) }]]
          }),
        )
      },
    })
}

/** Records that a signed-in member of the vendor, or the bearer of the link by a POST, has the notice before him: once. */
export function recordReading(
  tx: Transaction,
  { taker, noticeIds }: { taker: Taker; noticeIds: readonly string[] },
): Promise<StepResults> {
  return takeSteps(tx, {
    step: 'message.delivered',
    noticeIds,
    taker,
    prepare: (ready) =>
      Promise.resolve(
        new Map(ready.flatMap(({ notice }) => (notice.projection.deliveredAt === null ? [[notice.id, {}]] : []))),
      ),
  })
}

function wordsOf({ toAddress, response }: ServedMail): { readonly address: string; readonly response: string } {
  return { address: toAddress, response: response.toWellFormed() }
}

// A notice may go to several addresses at once: each of its mails takes its own step.
function rounds(mails: readonly ServedMail[]): readonly ReadonlyMap<string, ServedMail>[] {
  const made: Map<string, ServedMail>[] = []
  for (const mail of mails) {
    const free = made.find((round) => !round.has(mail.noticeId))
    if (free) free.set(mail.noticeId, mail)
    else made.push(new Map([[mail.noticeId, mail]]))
  }
  return made
}

async function sentBytes(
  tx: Transaction,
  mails: readonly ServedMail[],
): Promise<ReadonlyMap<string, { readonly sha256?: string; readonly messageId: string }>> {
  const rows = await tx.outgoingMail.findMany({
    where: { id: { in: mails.map(({ id }) => id) } },
    select: { id: true, rawSha256: true, messageId: true },
  })
  return new Map(
    rows.map(({ id, rawSha256, messageId }) => [
      id,
      { messageId, ...(rawSha256 === null ? {} : { sha256: rawSha256 }) },
    ]),
  )
}

// Copies to an address that was given up since do not count.
async function stillReaching(tx: Transaction, mails: readonly ServedMail[]): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select m.notice_id as id from outgoing_mail m left join notice_link l on l.id = m.link_id
    where m.notice_id = any(${mails.map(({ noticeId }) => noticeId)}::uuid[]) and m.kind = 'notice-served'
      and m.id <> all(${mails.map(({ id }) => id)}::uuid[]) and l.read_only_at is null and l.revoked_at is null
      and m.status in ('queued', 'sending', 'deferred', 'accepted', 'delivered')
    union
    select d.notice_id from mail_duty d
    where d.notice_id = any(${mails.map(({ noticeId }) => noticeId)}::uuid[]) and d.kind = 'notice-served'
      and d.resolved_at is null and d.cancelled_at is null`
  return new Set(rows.map(({ id }) => id))
}
