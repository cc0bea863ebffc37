import type { Duty, MailLocale } from '#app/mail/mail-handlers.ts'
import type { Transaction } from '#app/platform/db.server.ts'

/** Somebody who can approve a filing, with the address of this moment. */
export type ApproverToMail = { person_id: string; email: string; locale: MailLocale }

/**
 * Who can approve the filings of these duties now, by notice: nobody once a filing is approved, returned or withdrawn, and
 * never its submitter.
 */
export async function approversOf(
  tx: Transaction,
  duties: readonly Duty[],
): Promise<ReadonlyMap<string, readonly ApproverToMail[]>> {
  const ids = duties.flatMap(({ noticeId, audience }) =>
    audience === 'approvers' && noticeId !== null ? [noticeId] : [],
  )
  if (ids.length === 0) return new Map()
  const rows = await tx.$queryRaw<{ id: string; people: ApproverToMail[] }[]>`
    select n.id, jsonb_agg(jsonb_build_object('person_id', p.id, 'email', p.email, 'locale', p.locale) order by p.id) as people
    from notice n join filing f on f.id = n.filing_id
    join membership m on m.organisation_id = f.filed_by_organisation_id and m.role in ('owner', 'approver') and m.person_id <> f.submitted_by
    join person p on p.id = m.person_id
    where n.id = any(${ids}::uuid[])
      and exists (select from notice w where w.filing_id = f.id and w.stage = 'awaiting_approval')
    group by n.id`
  return new Map(rows.map(({ id, people }) => [id, people]))
}
