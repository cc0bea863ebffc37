import type { Member } from '#app/accounts/viewer.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { nameHere } from '#app/platform/name-here.server.ts'

const mostNamed = 20

/** The names of those who could approve what this member submits. */
export async function findApprovers(tx: Transaction, { personId, organisation }: Member): Promise<readonly string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    select ${nameHere('p')} as name from membership m join person p on p.id = m.person_id
    where m.organisation_id = ${organisation.id}::uuid and m.role in ('owner', 'approver') and m.person_id <> ${personId}::uuid
    order by lower(p.name), p.id limit ${mostNamed}`
  return rows.map(({ name }) => name)
}
