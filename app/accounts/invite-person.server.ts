import { randomBytes } from 'node:crypto'

import { hashToken } from '#app/platform/auth.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { newId } from '#app/platform/id.ts'
import { countTry } from '#app/platform/rate-limit.server.ts'

import { invitationHours } from './invitation.ts'
import { oweAccountMail } from './owe-account-mail.server.ts'
import { lockRoles } from './role-lock.server.ts'
import { recordAudit } from './record-audit.server.ts'
import { mayDo, type Role } from './roles.ts'
import type { Member } from './viewer.server.ts'

type Invited = { allowed: true } | { allowed: false; because: 'not-an-owner' | 'already-member' | 'too-many' }

/** Invites somebody by mail; an earlier open invitation to the same address loses its force. */
export async function invitePerson({
  member,
  email,
  role,
}: {
  member: Member
  email: string
  role: Role
}): Promise<Invited> {
  const { organisation, personId } = member
  if (!mayDo(organisation.role, 'manage-people')) return { allowed: false, because: 'not-an-owner' }
  const counted = await countTry('invitations of organisation', organisation.id)
  if (!counted.allowed) return { allowed: false, because: 'too-many' }
  const token = randomBytes(24).toString('base64url')
  return withPerson(personId, async (tx): Promise<Invited> => {
    const { roleOf } = await lockRoles(tx, organisation.id)
    if (roleOf(personId) !== 'owner') return { allowed: false, because: 'not-an-owner' }
    const members = await tx.membership.count({ where: { organisationId: organisation.id, person: { email } } })
    if (members > 0) return { allowed: false, because: 'already-member' }
    const at = now()
    await tx.invitation.updateMany({
      where: { organisationId: organisation.id, email, acceptedAt: null, revokedAt: null },
      data: { revokedAt: at },
    })
    const expiresAt = new Date(at.getTime() + invitationHours * 3_600_000)
    const id = newId()
    await tx.invitation.create({
      data: {
        id,
        organisationId: organisation.id,
        email,
        role,
        invitedBy: personId,
        tokenHash: hashToken(token),
        expiresAt,
        createdAt: at,
      },
    })
    await recordAudit(tx, {
      organisationId: organisation.id,
      kind: 'invited',
      personId,
      subjectId: id,
      facts: { role },
    })
    await oweInvitation(tx, { member, email, role, token })
    return { allowed: true }
  })
}

type Owed = { member: Member; email: string; role: Role; token: string }

async function oweInvitation(tx: Transaction, { member, email, role, token }: Owed): Promise<void> {
  const { organisation } = member
  const { locale } = await tx.organisation.findUniqueOrThrow({
    where: { id: organisation.id },
    select: { locale: true },
  })
  await oweAccountMail(tx, {
    kind: 'invitation',
    address: email,
    organisationId: organisation.id,
    locale: locale === 'ja' ? 'ja' : 'en',
    facts: {
      name: null,
      organisation: organisation.name,
      inviter: member.name,
      role,
      url: `${env().BASE_URL}/invitations/${token}`,
      hours: invitationHours,
    },
  })
}
