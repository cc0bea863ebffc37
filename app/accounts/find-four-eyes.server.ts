import { withPerson } from '#app/platform/db.server.ts'

import { mayDo } from './roles.ts'
import { findTeam, ownersOf } from './team.server.ts'
import type { Member } from './viewer.server.ts'

/** Whether an organisation wants four eyes, who could approve, and how many filings wait. */
export async function findFourEyes(member: Member) {
  const { people } = await findTeam(member)
  const [found] = await withPerson(
    member.personId,
    (tx) => tx.$queryRaw<{ on: boolean; waiting: number }[]>`
      select o.four_eyes as on, (select count(distinct n.filing_id)::int from notice n
        where n.holder_organisation_id = o.id and n.stage = 'awaiting_approval') as waiting
      from organisation o where o.id = ${member.organisation.id}::uuid`,
  )
  if (!found) throw new Error(`organisation ${member.organisation.id} is not there`)
  return { ...found, owners: ownersOf(people), approvers: people.filter(({ role }) => mayDo(role, 'approve-filings')) }
}
