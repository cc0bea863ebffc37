import { onMember, withdrawInvitations, type MemberChange, type MemberVerdict } from './on-member.server.ts'
import { recordAudit } from './record-audit.server.ts'
import { judgeRemoval } from './roles.ts'

/** Takes a person out of the organisation; what they filed stays. Their open invitations lose their force. */
export async function removeMember({ member, personId }: MemberChange): Promise<MemberVerdict> {
  return onMember({ member, personId }, async (tx, people) => {
    const verdict = judgeRemoval(people)
    if (!verdict.allowed) return verdict
    const organisationId = member.organisation.id
    if (people.actor.role === 'owner') await withdrawInvitations(tx, { organisationId, personId })
    const kind = people.actor.personId === personId ? 'member-left' : 'member-removed'
    const facts = { role: people.member.role }
    await recordAudit(tx, { organisationId, kind, personId: member.personId, subjectId: personId, facts })
    await tx.membership.deleteMany({ where: { organisationId, personId } })
    return verdict
  })
}
