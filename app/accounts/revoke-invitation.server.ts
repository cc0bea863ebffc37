import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'

import { mayDo } from './roles.ts'
import type { Member } from './viewer.server.ts'

/** Takes an open invitation back; its link then says that it is no longer good. */
export async function revokeInvitation({
  member,
  invitationId,
}: {
  member: Member
  invitationId: string
}): Promise<{ revoked: boolean }> {
  if (!mayDo(member.organisation.role, 'manage-people')) return { revoked: false }
  const { count } = await withPerson(member.personId, (tx) =>
    tx.invitation.updateMany({
      where: { id: invitationId, organisationId: member.organisation.id, acceptedAt: null, revokedAt: null },
      data: { revokedAt: now() },
    }),
  )
  return { revoked: count === 1 }
}
