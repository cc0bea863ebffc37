import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'

/** How many notices of a member its association filed that nobody has been sent: a revocation stops them. */
export function countWaiting(
  member: Member,
  { associationId, memberId }: { associationId: string; memberId: string },
): Promise<number> {
  return withPerson(member.personId, (tx) =>
    tx.notice.count({
      where: {
        holderOrganisationId: memberId,
        filedByOrganisationId: associationId,
        stage: { in: ['awaiting_approval', 'queued'] },
      },
    }),
  )
}
