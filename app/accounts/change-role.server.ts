import { onMember, withdrawInvitations, type MemberChange, type MemberVerdict } from './on-member.server.ts'
import { recordAudit } from './record-audit.server.ts'
import { judgeRoleChange, type Role } from './roles.ts'

/** Gives a member another role; it holds from their next request on. The last owner stays one. */
export async function changeRole({ member, personId, role }: MemberChange & { role: Role }): Promise<MemberVerdict> {
  return onMember({ member, personId }, async (tx, people) => {
    const verdict = judgeRoleChange({ ...people, newRole: role })
    if (!verdict.allowed) return verdict
    const organisationId = member.organisation.id
    if (role !== people.member.role)
      await recordAudit(tx, {
        organisationId,
        kind: 'role-changed',
        personId: member.personId,
        subjectId: personId,
        facts: { from: people.member.role, to: role },
      })
    // Withdrawn first: one who steps down themselves may not afterwards.
    if (role !== 'owner') await withdrawInvitations(tx, { organisationId, personId })
    await tx.membership.updateMany({ where: { organisationId, personId }, data: { role } })
    return verdict
  })
}
