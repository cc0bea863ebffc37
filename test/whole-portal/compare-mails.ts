import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { SunkMail } from '#test/smtp-sink.ts'

interface MailRow {
  readonly id: string
  readonly to: string
  readonly kind: string
  readonly status: string
  readonly message: string
  readonly sha256: string | null
  readonly lease: Date | null
  readonly results: readonly string[]
}

/** What of the mails that are owed did not arrive as it must: one line for each fault. */
export async function compareMails(owner: pg.Pool, sunk: readonly SunkMail[], deaf: string): Promise<string[]> {
  const { rows } = await owner.query<MailRow>(
    `select m.id, m.to_address as to, m.kind, m.status, m.message_id as message, m.raw_sha256 as sha256, m.lease_until as lease,
       coalesce(array_agg(a.result order by a.number) filter (where a.number is not null), '{}') as results
     from outgoing_mail m left join mail_attempt a on a.mail_id = m.id group by m.id order by m.id`,
  )
  // What the server refused in words it does not have.
  const copies = Map.groupBy(
    sunk.filter(({ refused }) => !refused),
    ({ raw }) => messageIdOf(raw),
  )
  const known = new Set(rows.map(({ message }) => message))
  const strange = [...copies.keys()].filter((message) => !known.has(message))
  return [
    ...rows.flatMap((row) => faultsOf(row, copies.get(row.message) ?? [], deaf)),
    ...strange.map((message) => `the server got ${message}, which the portal does not know`),
    ...(await owedStill(owner)),
  ]
}

function faultsOf(row: MailRow, copies: readonly SunkMail[], deaf: string): string[] {
  const { to, kind, status, message, sha256, lease, results } = row
  const doubts = results.filter((result) => result === 'ambiguous').length
  const answered = copies.filter((copy) => copy.answered).length
  const hashes = new Set(copies.map(({ raw }) => createHash('sha256').update(raw).digest('hex')))
  const wanted = to === deaf ? 'failed' : status === 'cancelled' ? 'cancelled' : 'accepted'
  const faults = [
    ...(status === wanted ? [] : [`is ${status}`]),
    ...(lease === null && !results.includes('running') ? [] : ['is still under lease']),
    ...(status === 'accepted' && answered === 0 ? ['never arrived'] : []),
    // A letter that may have arrived is not sent again once its notice was withdrawn.
    ...(status === 'accepted' || answered === 0 || (status === 'cancelled' && doubts > 0)
      ? []
      : ['arrived although it is not accepted']),
    ...(copies.length <= 1 + doubts ? [] : [`came ${copies.length} times, with ${doubts} attempts in doubt`]),
    ...([...hashes].every((hash) => hash === sha256) ? [] : ['came with other bytes']),
    ...(copies.every((copy) => copy.to.length === 1 && copy.to[0] === to) ? [] : ['came to somebody else']),
  ]
  return faults.map((words) => `${kind} to ${to} (${message}: ${results.join(', ')}) ${words}`)
}

async function owedStill(owner: pg.Pool): Promise<string[]> {
  const { rows } = await owner.query<{ kind: string; mails: number }>(
    `select d.kind, (select count(*)::int from outgoing_mail m where m.duty_id = d.id) as mails from mail_duty d
     where d.cancelled_at is null and (d.resolved_at is not null and not exists (select from outgoing_mail m where m.duty_id = d.id)
       or d.resolved_at is null and d.notice_id is not null and d.kind = 'notice-served')`,
  )
  return rows.map(({ kind, mails }) => `${kind} is owed and has ${mails} mails`)
}

function messageIdOf(raw: Buffer): string {
  const head = raw.toString('latin1').split('\r\n\r\n', 1)[0] ?? ''
  return /^Message-ID:\s*(<[^>]+>)/imu.exec(head)?.[1] ?? 'a mail without Message-ID'
}
