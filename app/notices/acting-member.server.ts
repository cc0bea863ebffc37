import { isRole } from '#app/accounts/roles.ts'
import { withPerson } from '#app/platform/db.server.ts'
import type { ActingMember } from './taker.server.ts'

/**
 * A person as a member of an organisation, as things stand now: in whose name the job process acts.
 *
 * @returns null if the person is no longer a member of it
 */
export function findActingMember(personId: string, organisationId: string): Promise<ActingMember | null> {
  return withPerson(personId, async (tx) => {
    const [row] = await tx.$queryRaw<{ name: string; email: string; role: string; organisation: string }[]>`
      select p.name, p.email, s.role, o.name as organisation from membership s
      join person p on p.id = s.person_id join organisation o on o.id = s.organisation_id
      where s.person_id = ${personId}::uuid and s.organisation_id = ${organisationId}::uuid`
    if (row === undefined || !isRole(row.role)) return null
    const organisation = { id: organisationId, name: row.organisation, role: row.role }
    return { personId, name: row.name, email: row.email, organisation }
  })
}
