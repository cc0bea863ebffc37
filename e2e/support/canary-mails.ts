import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from './portal.ts'

/**
 * Owes every mail about the studio's notices once more that went out before, and waits until all have gone: they are composed from
 * what stands in the database now.
 *
 * @returns the kinds of what went out
 */
export async function sendMailsAgain(studioId: string): Promise<string[]> {
  await sql('alter table mail_duty drop constraint if exists mail_duty_notice_id_event_sequence_kind_audience_key')
  await sql('drop index if exists mail_duty_notice_id_event_sequence_kind_audience_key')
  const owed = await sql<{ id: string }>(
    `insert into mail_duty (id, notice_id, event_sequence, kind, audience, organisation_id, person_id, vendor_id, address, locale, facts, not_before, created_at)
     select gen_random_uuid(), notice_id, event_sequence, kind, audience, organisation_id, person_id, vendor_id, address, locale, facts, now(), now()
     from mail_duty where resolved_at is not null and cancelled_at is null and notice_id in (select id from notice where holder_organisation_id = $1)
     returning id`,
    [studioId],
  )
  const ids = owed.map(({ id }) => id)
  for (let tries = 0; tries < 400; tries += 1) {
    const [left] = await sql<{ duties: number; mails: number }>(
      `select count(*) filter (where resolved_at is null)::int as duties,
         (select count(*)::int from outgoing_mail m where m.duty_id = any($1::uuid[]) and m.status in ('queued', 'sending', 'deferred')) as mails
       from mail_duty where id = any($1::uuid[])`,
      [ids],
    )
    if (left?.duties === 0 && left.mails === 0) break
    await sleep(250)
  }
  const rows = await sql<{ kind: string }>(
    `select distinct kind from outgoing_mail where duty_id = any($1::uuid[]) and status in ('accepted', 'delivered') order by kind`,
    [ids],
  )
  return rows.map(({ kind }) => kind)
}
