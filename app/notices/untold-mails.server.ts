import { Prisma } from '#app/generated/prisma/client.ts'
import { notComposed } from '#app/mail/not-composed.ts'

/** Of `notice n`: sending it began, it has not ended, and nothing says that a server took it. The sweep's index holds exactly these. */
export const unserved = Prisma.sql`n.begun_at is not null and n.served_at is null and n.stage not in ('draft', 'withdrawn', 'superseded')`

/** Of `notice_event e`: the line that says what became of `outgoing_mail m`. */
export const tellsOfMail = Prisma.sql`e.type in ('message.accepted', 'message.bounced') and e.payload ->> 'mail' = m.id::text`

/**
 * Narrows a join to those of `outgoing_mail m` that a server took, or refused for good, before an instant, or that could not be
 * written for days. One that an operator held back after a restore failed by no attempt: its notice hears nothing.
 */
export function untoldMails(before: Date): Prisma.Sql {
  return Prisma.sql`and (m.status in ('accepted', 'delivered') and m.accepted_at < ${before}
    or m.status = 'failed' and m.failed_at < ${before}
      and (m.raw_sha256 is null and m.last_response like ${`${notComposed}: %`}
        or exists (select from mail_attempt a where a.mail_id = m.id and a.number = m.attempts and a.ended_at = m.failed_at)))`
}
