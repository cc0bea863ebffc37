import { z } from 'zod'
import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { nameHere } from '#app/platform/name-here.server.ts'
import type { FiledNotice, FilingRecord } from './filing-record.ts'
import { noticeKinds } from './legal-bases/basis.ts'
import { measures } from './measures.ts'
import { stages } from './stages.ts'

const closedSets = z.object({
  kind: z.enum(noticeKinds),
  measures: z.array(z.enum(measures)),
  statements: z.array(z.object({ text: z.string() })),
})
const stage = z.enum(['draft', ...stages])

interface Row extends Omit<FilingRecord, 'notices' | 'kind' | 'measures' | 'statements'> {
  readonly id: string
  readonly kind: string
  readonly statements: unknown
  readonly measures: string[]
}

/** A filing of the organisation with its notices; null when there is none of this reference. */
export function findFiling(member: Member, reference: string): Promise<FilingRecord | null> {
  return withPerson(member.personId, async (tx) => {
    const [row] = await tx.$queryRaw<Row[]>`
      select f.id, f.reference, f.kind, f.signatory_name as "signatoryName", f.signatory_capacity as "signatoryCapacity", f.statements,
        f.submitted_at as "submittedAt", f.send_at as "sendAt", f.recalled_at as "recalledAt", ${nameHere('p')} as "submittedBy", d.id as "draftId",
        f.approved_at as "approvedAt", (select ${nameHere('a')} from person a where a.id = f.approved_by) as "approvedBy", f.returned_at as "returnedAt",
        (select ${nameHere('b')} from person b where b.id = f.returned_by) as "returnedBy", x.returned_note as "returnedNote",
        f.submitted_by = ${member.personId}::uuid as own,
        array(select ${nameHere('a')} from membership m join person a on a.id = m.person_id where m.organisation_id = f.filed_by_organisation_id
          and m.role in ('owner', 'approver') and m.person_id <> f.submitted_by order by lower(a.name), a.id limit 20) as approvers,
        array(select distinct m.measure from notice_measure m join notice n on n.id = m.notice_id where n.filing_id = f.id and n.stage <> 'draft') as measures,
        (select c.name from notice n join notice_scope s on s.id = n.scope_id join catalogue c on c.id = s.catalogue_id where n.filing_id = f.id and n.stage <> 'draft' limit 1) as catalogue,
        (select s.version from notice n join notice_scope s on s.id = n.scope_id where n.filing_id = f.id and n.stage <> 'draft' limit 1) as version,
        (select max(n.works_count) from notice n where n.filing_id = f.id and n.stage <> 'draft') as works
      from filing f left join person p on p.id = f.submitted_by left join filing_draft d on d.id = f.draft_id left join filing_private x on x.filing_id = f.id
      where f.reference = ${reference} and f.filed_by_organisation_id = ${member.organisation.id}::uuid`
    if (!row) return null
    const notices = await tx.$queryRaw<(Omit<FiledNotice, 'stage'> & { stage: string })[]>`
      select n.reference, v.name as vendor, v.slug, c.address, c.time_zone as "timeZone", n.stage, n.begun_at is not null as begun,
        (select min(d.not_before) from mail_duty d where d.notice_id = n.id and d.kind = 'notice-served' and d.paced
          and d.resolved_at is null and d.cancelled_at is null) as "leavesAt"
      from notice n join vendor v on v.id = n.vendor_id left join vendor_contact c on c.id = n.contact_id
      where n.filing_id = ${row.id}::uuid and (n.stage <> 'draft' or ${row.recalledAt !== null}) order by lower(v.name), n.id`
    return {
      ...row,
      ...closedSets.parse(row),
      notices: notices.map((notice) => ({ ...notice, stage: stage.parse(notice.stage) })),
    }
  })
}
