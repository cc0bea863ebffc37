import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'

import { recordAudit } from './record-audit.server.ts'
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
  const { personId, organisation } = member
  return withPerson(personId, async (tx) => {
    const { count } = await tx.invitation.updateMany({
      where: { id: invitationId, organisationId: organisation.id, acceptedAt: null, revokedAt: null },
      data: { revokedAt: now() },
    })
    if (count === 0) return { revoked: false }
    const kind = 'invitation-revoked'
    await recordAudit(tx, { organisationId: organisation.id, kind, personId, subjectId: invitationId })
    return { revoked: true }
  })
}
