import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'

import { lockRoles } from './role-lock.server.ts'
import type { MembershipChange, MembershipVerdict } from './roles.ts'
import type { Member } from './viewer.server.ts'

/** What came of changing a member. */
export type MemberVerdict = MembershipVerdict | { allowed: false; because: 'no-such-member' }
/** Who changes whom. */
export type MemberChange = { member: Member; personId: string }

/** Runs `act` with everybody's role as it is now, held until the transaction ends. */
export async function onMember(
  { member, personId }: MemberChange,
  act: (tx: Transaction, people: MembershipChange) => Promise<MemberVerdict>,
): Promise<MemberVerdict> {
  return withPerson(member.personId, async (tx): Promise<MemberVerdict> => {
    const { roleOf, ownersCount } = await lockRoles(tx, member.organisation.id)
    const actorRole = roleOf(member.personId)
    const role = roleOf(personId)
    if (actorRole === undefined) return { allowed: false, because: 'not-an-owner' }
    if (role === undefined) return { allowed: false, because: 'no-such-member' }
    return act(tx, { actor: { personId: member.personId, role: actorRole }, member: { personId, role }, ownersCount })
  })
}

/** Takes back the open invitations of somebody who may invite no longer. */
export async function withdrawInvitations(
  tx: Transaction,
  { organisationId, personId }: { organisationId: string; personId: string },
): Promise<void> {
  await tx.invitation.updateMany({
    where: { organisationId, invitedBy: personId, acceptedAt: null, revokedAt: null },
    data: { revokedAt: now() },
  })
}
