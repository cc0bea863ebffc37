import { Prisma } from '#app/generated/prisma/client.ts'
import type { Transaction } from '#app/platform/db.server.ts'

import { mostCounted, mailViews, type MailRow, type MailView } from './mails.ts'

type Wanted = {
  view: MailView
  /** A whole address, in small letters; empty for all. */
  to: string
  /** The id of the last mail of the page before. */
  before: string | null
  most: number
}

/** A page of the outgoing mails, newest first, for the operator. Neither subjects nor bodies are read. */
export async function findMails(
  tx: Transaction,
  { view, to, before, most }: Wanted,
): Promise<{ mails: MailRow[]; found: number; next: string | null }> {
  const where = Prisma.sql`${inView(view)} and (${to} = '' or o.to_address = ${to})`
  const [counted] = await tx.$queryRaw<{ count: bigint }[]>`
    select count(*) as count from (select from outgoing_mail o where ${where} limit ${mostCounted}) as matching`
  const rows = await tx.$queryRaw<Row[]>`
    select o.id, o.kind, o.to_address as "toAddress", o.status, o.created_at as "createdAt", o.next_attempt_at as "nextAttemptAt",
      o.last_response as "lastResponse", o.notice_id as "noticeId"
    from outgoing_mail o where ${where} and (${before}::uuid is null or o.id < ${before}::uuid)
    order by o.id desc limit ${most + 1}`
  const page = rows.slice(0, most)
  const attempts = await attemptsOf(
    tx,
    page.map(({ id }) => id),
  )
  const references = await referencesOf(
    tx,
    page.flatMap(({ noticeId }) => noticeId ?? []),
  )
  return {
    mails: page.map(({ noticeId, ...mail }) => ({
      ...mail,
      attempts: attempts.get(mail.id) ?? [],
      reference: noticeId === null ? null : (references.get(noticeId) ?? null),
    })),
    found: Number(counted?.count ?? 0),
    next: rows.length > most ? (page.at(-1)?.id ?? null) : null,
  }
}

type Row = Omit<MailRow, 'attempts' | 'reference'> & { noticeId: string | null }

function inView(view: MailView): Prisma.Sql {
  if (view === 'all') return Prisma.sql`true`
  if (view === 'ambiguous')
    return Prisma.sql`exists (select from mail_attempt a where a.mail_id = o.id and a.result = 'ambiguous')`
  return Prisma.sql`o.status in (${Prisma.join([...mailViews[view]])})`
}

async function attemptsOf(tx: Transaction, mailIds: string[]): Promise<Map<string, MailRow['attempts']>> {
  const rows = await tx.$queryRaw<(MailRow['attempts'][number] & { mailId: string })[]>`
    select mail_id as "mailId", number, started_at as "startedAt", ended_at as "endedAt", result, code, response
    from mail_attempt where mail_id = any(${mailIds}::uuid[]) order by mail_id, number`
  return Map.groupBy(rows, ({ mailId }) => mailId)
}

async function referencesOf(tx: Transaction, noticeIds: string[]): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<
    { id: string; reference: string }[]
  >`select id, reference from operator_notice_references(${noticeIds}::uuid[])`
  return new Map(rows.map(({ id, reference }) => [id, reference]))
}
