import type pg from 'pg'
import type { MailHandlers } from '#app/mail/mail-handlers.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { insert } from './builders.ts'

/** Owes `count` mails that carry their facts, to `address(number)`. Returns the duties' ids. */
export async function oweMails(
  owner: pg.Pool,
  count: number,
  address: (number: number) => string = (number) => `person-${number}@vendor.test`,
): Promise<string[]> {
  const ids: string[] = []
  for (let number = 0; number < count; number += 1) {
    const id = newId()
    ids.push(id)
    await insert(owner, 'mail_duty', {
      id,
      kind: 'confirm-address',
      audience: 'address',
      address: address(number),
      locale: number % 2 === 0 ? 'en' : 'ja',
      facts: {
        name: `Person ${number}`,
        url: `https://caveat.example/confirm-address?token=canary-${number}`,
        hours: 24,
      },
      not_before: now(),
      created_at: now(),
    })
  }
  return ids
}

/** Handlers that own no mail of a notice and remember what they were told. */
export function listeningHandlers(): MailHandlers<Transaction> & { told: { accepted: string[]; failed: string[] } } {
  const told = { accepted: [] as string[], failed: [] as string[] }
  return {
    told,
    recipients: async () => [],
    begin: async () => {},
    stale: async () => new Set(),
    wordings: async () => new Map(),
    accepted: async (_tx, mails) => void told.accepted.push(...mails.map(({ toAddress }) => toAddress)),
    failed: async (_tx, mails) => void told.failed.push(...mails.map(({ toAddress }) => toAddress)),
    mend: async () => 0,
  }
}

/** Every mail with its attempts, by recipient. */
export async function outboxRows(
  owner: pg.Pool,
): Promise<
  { to: string; status: string; attempts: number; response: string | null; results: string[]; sha256: string }[]
> {
  const { rows } = await owner.query(`
    select m.to_address as to, m.status, m.attempts, m.last_response as response, m.raw_sha256 as sha256,
      array_agg(a.result order by a.number) filter (where a.number is not null) as results
    from outgoing_mail m left join mail_attempt a on a.mail_id = m.id group by m.id order by m.id`)
  return rows.map((row) => ({ ...row, results: row.results ?? [] }))
}
