import { withPerson } from '#app/platform/db.server.ts'

import { ownersOf, findTeam } from './team.server.ts'
import type { Member } from './viewer.server.ts'

/** What the settings of an organisation show, with the names of those who may change them. */
export async function findOrganisation(member: Member) {
  const organisation = await withPerson(member.personId, (tx) =>
    tx.organisation.findUniqueOrThrow({
      where: { id: member.organisation.id },
      select: {
        name: true,
        nameOther: true,
        addressLines: true,
        locality: true,
        postalCode: true,
        country: true,
        telephone: true,
        website: true,
        timeZone: true,
        undoMinutes: true,
        firstMailsPerHour: true,
        reviewHours: true,
        verifiedAt: true,
      },
    }),
  )
  const { people } = await findTeam(member)
  return { ...organisation, owners: ownersOf(people) }
}
