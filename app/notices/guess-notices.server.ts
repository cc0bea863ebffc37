import { getDomain } from 'tldts'
import type { Guess, Unplaced } from '#app/mail/inbound-handlers.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { referencesIn, scoreGuesses, type GuessReason } from './guessing.ts'
import { parseReference } from './reference.ts'

type Row = { id: string; answers: boolean; reference: boolean; address: boolean; domain: boolean; days: number | null }

/** Which notices a mail may be about that came to no sealed address, scored: for an operator, who decides. */
export async function guessNotices(tx: Transaction, mail: Unplaced): Promise<readonly Guess[]> {
  const references = referencesIn(`${mail.subject}\n${mail.text}`).flatMap((typed) => {
    const parsed = parseReference(typed)
    return parsed === undefined ? [] : [parsed.reference]
  })
  const host = mail.from.split('@').at(-1) ?? ''
  const domain = getDomain(host) ?? host
  const rows = await tx.$queryRaw<Row[]>`
    with named as (select id from notice where reference = any(${references})),
      answered as (select distinct notice_id as id from outgoing_mail where message_id = any(${[...mail.answers]}) and notice_id is not null),
      written as (select distinct notice_id as id from notice_link where lower(address) = ${mail.from} order by 1 desc limit 50),
      known as (
        select n.id from vendor_contact c join notice n on n.vendor_id = c.vendor_id
        where ${domain} <> '' and lower(split_part(c.address, '@', 2)) in (${domain}, ${host}) and n.begun_at is not null
        order by n.id desc limit 50)
    select c.id, c.id in (select id from answered) as answers, c.id in (select id from named) as reference,
      c.id in (select id from written) as address, c.id in (select id from known) as domain,
      (select extract(epoch from ${mail.receivedAt}::timestamptz - max(m.created_at))::float8 / 86400 from outgoing_mail m where m.notice_id = c.id) as days
    from (select id from named union select id from answered union select id from written union select id from known) c
    join notice n on n.id = c.id where n.begun_at is not null`
  return scoreGuesses(rows.map((row) => ({ noticeId: row.id, daysSinceMail: row.days, reasons: reasonsIn(row) })))
}

function reasonsIn(row: Row): GuessReason[] {
  const reasons = ['answers', 'reference', 'address', 'domain'] as const
  return reasons.filter((reason) => row[reason])
}
