import type { Member } from '#app/accounts/viewer.server.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { nameHere } from '#app/platform/name-here.server.ts'
import type { ApprovalLine } from './approval.ts'

const perPage = 50
const mostNamed = 3

/** The filings of an organisation that wait for an approval, the longest waiting first. */
export function findApprovals({ member, after }: { member: Member; after: string | null }): Promise<{
  readonly lines: readonly ApprovalLine[]
  readonly count: number
  readonly next: string | null
}> {
  const { id: organisationId } = member.organisation
  return withPerson(member.personId, async (tx) => {
    const lines = await tx.$queryRaw<ApprovalLine[]>`
      select f.id, f.reference, f.kind, f.submitted_at as "submittedAt", ${nameHere('p')} as "submittedBy", f.submitted_by = ${member.personId}::uuid as own,
        (select count(*)::int from notice n where n.filing_id = f.id and n.stage = 'awaiting_approval') as notices,
        (select max(n.works_count) from notice n where n.filing_id = f.id and n.stage = 'awaiting_approval') as works,
        array(select ${nameHere('v')} from notice n join vendor v on v.id = n.vendor_id where n.filing_id = f.id and n.stage = 'awaiting_approval'
          order by lower(v.name), n.id limit ${mostNamed}) as vendors
      from filing f left join person p on p.id = f.submitted_by
      where ${waitingIn(organisationId)} ${after === null ? Prisma.empty : Prisma.sql`and f.id > ${after}::uuid`}
      order by f.id limit ${perPage + 1}`
    const [counted] = await tx.$queryRaw<{ count: number }[]>`
      select count(*)::int as count from (select from filing f where ${waitingIn(organisationId)} limit 1000) waiting`
    return {
      lines: lines.slice(0, perPage),
      count: counted?.count ?? 0,
      next: lines.length > perPage ? (lines[perPage - 1]?.id ?? null) : null,
    }
  })
}

/** The condition on `filing f` that makes it wait for an approval in this organisation: the words of the partial index. */
export function waitingIn(organisationId: string): Prisma.Sql {
  return Prisma.sql`f.filed_by_organisation_id = ${organisationId}::uuid and f.needs_approval and f.approved_at is null and f.recalled_at is null
    and exists (select from notice w where w.filing_id = f.id and w.stage = 'awaiting_approval')`
}
