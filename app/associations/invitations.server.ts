import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'

/** An association that invited the address of the one who asks. */
export interface OpenInvitation {
  readonly id: string
  readonly association: { readonly name: string; readonly nameOther: string | null }
  readonly invitedAt: Date
}

/** An address that an association invited, and that has not signed up. */
export interface SentInvitation {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly invitedAt: Date
}

const most = 200

/** The open invitations to the asker's own address; at most 200. */
export function findInvitations(member: Member): Promise<readonly OpenInvitation[]> {
  return withPerson(
    member.personId,
    (tx) => tx.$queryRaw<OpenInvitation[]>`
      select i.id, json_build_object('name', o.name, 'nameOther', o.name_other) as association, i.invited_at as "invitedAt"
      from mandate_invitation i join organisation o on o.id = i.association_id
      where i.email = (select my_address()) and i.claimed_at is null and i.revoked_at is null
        and i.association_id <> ${member.organisation.id}::uuid
      order by i.id limit ${most}`,
  )
}

/** The open invitations of an association, newest first; at most 200. */
export function findSentInvitations(member: Member): Promise<readonly SentInvitation[]> {
  return withPerson(member.personId, (tx) =>
    tx.mandateInvitation.findMany({
      where: { associationId: member.organisation.id, claimedAt: null, revokedAt: null },
      orderBy: { id: 'desc' },
      take: most,
      select: { id: true, email: true, name: true, invitedAt: true },
    }),
  )
}

/**
 * Makes an invitation an offer to the organisation for which the asker acts.
 *
 * @returns the mandate, or null when there is no such invitation for the asker any more, or he owns no organisation
 */
export function claimInvitation(member: Member, invitationId: string): Promise<string | null> {
  return withPerson(member.personId, async (tx) => {
    const [claimed] = await tx.$queryRaw<{ id: string | null }[]>`
      select claim_mandate_invitation(${invitationId}::uuid, ${member.organisation.id}::uuid, ${newId()}::uuid, ${now()}) as id`
    return claimed?.id ?? null
  })
}

/** Takes an invitation back. Whether there was one to take back. */
export function withdrawInvitation(member: Member, invitationId: string): Promise<boolean> {
  return withPerson(member.personId, async (tx) => {
    const { count } = await tx.mandateInvitation.updateMany({
      where: { id: invitationId, associationId: member.organisation.id, claimedAt: null, revokedAt: null },
      data: { revokedAt: now() },
    })
    return count > 0
  })
}
