import type { AcceptedMail, Duty, FailedMail, MailHandlers } from '#app/mail/mail-handlers.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import type { Prepared } from './build-steps.server.ts'
import { recipientsOf } from './mail-recipients.server.ts'
import { wordingsOf } from './mail-wordings.server.ts'
import { takeSteps } from './take-steps.server.ts'

/** How long a mail link opens after the notice is decided or withdrawn. */
const linkDays = 30

/** What notices tell the outbox about their mails, and what they make of what became of them. */
export const noticeMailHandlers: MailHandlers<Transaction> = {
  recipients: recipientsOf,
  begin: beginServing,
  wordings: wordingsOf,
  accepted: serve,
  failed: bounce,
  mend,
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

type Told = Pick<AcceptedMail, 'id' | 'noticeId' | 'kind' | 'toAddress' | 'response'>

async function serve(tx: Transaction, mails: readonly Told[]): Promise<void> {
  await eachRound(mails, async (round) => {
    await takeSteps(tx, {
      step: 'message.accepted',
      noticeIds: [...round.keys()],
      taker: { channel: 'system' },
      prepare: async (ready) => new Map(ready.map(({ notice }) => [notice.id, aboutMail(round.get(notice.id))])),
    })
  })
}

async function bounce(tx: Transaction, mails: readonly FailedMail[]): Promise<void> {
  await eachRound(mails, async (round) => {
    const reached = await findReached(tx, [...round.keys()])
    await takeSteps(tx, {
      step: 'message.bounced',
      noticeIds: [...round.keys()],
      taker: { channel: 'system' },
      prepare: async (ready) =>
        new Map(
          ready.map(({ notice }) => [
            notice.id,
            { ...aboutMail(round.get(notice.id)), unreached: !reached.has(notice.id) },
          ]),
        ),
    })
  })
}

/** A notice takes one step at a time: two mails of one notice go in two rounds. */
async function eachRound(
  mails: readonly Told[],
  act: (round: ReadonlyMap<string, Told>) => Promise<void>,
): Promise<void> {
  let rest = mails.filter(({ kind, noticeId }) => kind === 'notice-served' && noticeId !== null)
  while (rest.length > 0) {
    const round = new Map<string, Told>()
    const later: Told[] = []
    for (const mail of rest) {
      const id = mail.noticeId ?? ''
      if (round.has(id)) later.push(mail)
      else round.set(id, mail)
    }
    await act(round)
    rest = later
  }
}

// The address and the server's words may name a person: they stand beside the chain.
function aboutMail(mail: Told | undefined): Prepared {
  if (mail === undefined) return {}
  return { payload: { mail: mail.id }, facts: { address: mail.toAddress, response: mail.response } }
}

/** Notices of which a copy has arrived or is still on its way. */
async function findReached(tx: Transaction, noticeIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select distinct notice_id as id from outgoing_mail
    where notice_id = any(${[...noticeIds]}::uuid[]) and kind = 'notice-served'
      and status in ('queued', 'sending', 'deferred', 'accepted', 'delivered')`
  return new Set(rows.map(({ id }) => id))
}

/** Serves notices whose mail was accepted without their being told. */
async function mend(tx: Transaction, at: Date): Promise<number> {
  const untold = await tx.$queryRaw<Told[]>`
    select m.id, m.notice_id as "noticeId", m.kind, m.to_address as "toAddress", coalesce(m.last_response, '') as response
    from outgoing_mail m join notice n on n.id = m.notice_id
    where m.kind = 'notice-served' and m.status = 'accepted' and n.stage = 'queued' and m.accepted_at < ${new Date(at.getTime() - 10_000)}
    order by m.id limit 100`
  await serve(tx, untold)
  return untold.length
}

/** Lets mail links end when their time is over. Run it now and then. */
export async function endLinks(tx: Transaction): Promise<void> {
  await tx.$executeRaw`
    update notice_link l set expires_at = coalesce(n.decided_at, n.withdrawn_at) + make_interval(days => ${linkDays}::int)
    from notice n where n.id = l.notice_id and l.expires_at is null and (n.decided_at is not null or n.withdrawn_at is not null)`
}
