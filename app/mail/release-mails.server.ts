import type { Transaction } from '#app/platform/db.server.ts'
import type { LeasedMail } from './claim-mails.server.ts'

/** Gives mails back that were leased and not begun: no attempt was made, so none is kept. */
export async function releaseMails(tx: Transaction, mails: readonly LeasedMail[]): Promise<void> {
  const ids = mails.map(({ id }) => id)
  const numbers = mails.map(({ attempt }) => attempt)
  await tx.$executeRaw`
    with back as (
      update outgoing_mail m set status = case when r.number = 1 then 'queued' else 'deferred' end, attempts = m.attempts - 1, lease_until = null
      from unnest(${ids}::uuid[], ${numbers}::int[]) as r (id, number)
      where m.id = r.id and m.status = 'sending' and m.attempts = r.number returning m.id, r.number)
    delete from mail_attempt a using back where a.mail_id = back.id and a.number = back.number and a.result = 'running'`
}

/** The other side is back: what only waited for a connection is due at once. Greylisted mails keep their time. */
export async function wakeAfterOutage(tx: Transaction, at: Date): Promise<void> {
  await tx.$executeRaw`
    update outgoing_mail m set next_attempt_at = ${at} from mail_attempt a
    where m.status = 'deferred' and m.next_attempt_at > ${at}
      and a.mail_id = m.id and a.number = m.attempts and a.reached = 'connection' and a.code is null`
}
