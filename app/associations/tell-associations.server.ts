import { now } from '#app/platform/clock.server.ts'
import { withWorker, type Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { wake } from '#app/platform/wake.server.ts'
import { digestDay, type MailChoice } from '#app/notices/mail-topics.ts'

/** What comes within this time of the first news goes into one mail; with the worker's round it is told within a minute. */
const gatherSeconds = 30
const mostNews = 2_000

interface News {
  readonly noticeId: string
  readonly sequence: number
  readonly kind: 'acknowledged' | 'decided'
  readonly filingId: string
  readonly associationId: string
  readonly personId: string
  readonly timeZone: string
  readonly choice: MailChoice
}

/**
 * Tells associations what vendors did with the notices of their collective filings: owners of all, whoever submitted a filing of that.
 * One mail gathers what came at about the same time, or what a person's morning or Monday is to bring.
 *
 * @returns how many pieces of news were dealt with
 */
export function tellAssociations(): Promise<number> {
  return withWorker(async (tx) => {
    const at = now()
    const taken = await tx.$queryRaw<{ noticeId: string; sequence: number }[]>`
      select notice_id as "noticeId", event_sequence as sequence from collective_news
      where association_id in (select association_id from collective_news where at <= ${new Date(at.getTime() - gatherSeconds * 1000)})
      order by association_id, at limit ${mostNews} for update skip locked`
    if (taken.length === 0) return 0
    const rows = JSON.stringify(taken)
    await owe(tx, await findReaders(tx, rows), at)
    await tx.$executeRaw`
      delete from collective_news w using jsonb_to_recordset(${rows}::jsonb) as t ("noticeId" uuid, sequence int)
      where w.notice_id = t."noticeId" and w.event_sequence = t.sequence`
    return taken.length
  })
}

function findReaders(tx: Transaction, rows: string): Promise<News[]> {
  return tx.$queryRaw<News[]>`
    select w.notice_id as "noticeId", w.event_sequence as sequence, w.kind, n.filing_id as "filingId", w.association_id as "associationId",
      p.id as "personId", p.time_zone as "timeZone", coalesce(x.choice, 'at_once') as choice
    from jsonb_to_recordset(${rows}::jsonb) as t ("noticeId" uuid, sequence int)
    join collective_news w on w.notice_id = t."noticeId" and w.event_sequence = t.sequence
    join notice n on n.id = w.notice_id join filing f on f.id = n.filing_id
    join membership b on b.organisation_id = w.association_id and (b.role = 'owner' or b.person_id = f.submitted_by)
    join person p on p.id = b.person_id
    left join mail_choice x on x.person_id = p.id and x.topic = 'collective-answered'
    where coalesce(x.choice, 'at_once') <> 'never' order by p.id, n.filing_id`
}

async function owe(tx: Transaction, news: readonly News[], at: Date): Promise<void> {
  const mails = Map.groupBy(news, ({ personId, filingId }) => `${personId} ${filingId}`)
  for (const [, lines] of mails) {
    const [first] = lines
    if (!first) continue
    const dutyId = await openDuty(tx, first, at)
    await tx.$executeRaw`
      insert into mail_line (duty_id, notice_id, event_sequence, kind)
      select ${dutyId}::uuid, "noticeId", sequence, kind
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l ("noticeId" uuid, sequence int, kind text) on conflict do nothing`
  }
  if (mails.size > 0) await wake(tx, 'mail')
}

// A mail that has not begun to go out takes more lines; locked, so that it does not begin meanwhile.
async function openDuty(
  tx: Transaction,
  { personId, filingId, associationId, choice, timeZone }: News,
  at: Date,
): Promise<string> {
  const notBefore =
    choice === 'daily' || choice === 'weekly' ? new Date(digestDay(choice, at.toISOString(), timeZone).from) : at
  const [open] = await tx.$queryRaw<{ id: string }[]>`
    select id from mail_duty where kind = 'collective-answered' and filing_id = ${filingId}::uuid and person_id = ${personId}::uuid
      and not_before = ${notBefore} and resolved_at is null and cancelled_at is null limit 1 for update`
  if (open) return open.id
  const id = newId()
  await tx.$executeRaw`
    insert into mail_duty (id, kind, audience, organisation_id, person_id, filing_id, not_before, created_at)
    values (${id}::uuid, 'collective-answered', 'person', ${associationId}::uuid, ${personId}::uuid, ${filingId}::uuid, ${notBefore}, ${at})`
  return id
}
