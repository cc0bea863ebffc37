import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { getLocale } from '#app/generated/messages/runtime.js'
import { nameIn } from '#app/ui/language-of.ts'

import { isRole, mayDo, type Role } from './roles.ts'
import type { Member } from './viewer.server.ts'

/** Somebody in the organisation. */
export type TeamMember = {
  personId: string
  name: string
  nameOther: string | null
  email: string
  role: Role
  since: Date
}
/** An invitation that nobody has answered yet; `open` until it expires. */
export type TeamInvitation = { id: string; email: string; role: Role; inviter: string; expiresAt: Date; open: boolean }

const mostShown = 500

/** Everybody in the organisation, and, for those who may invite, the invitations of the last 30 days without an answer. */
export async function findTeam(member: Member): Promise<{ people: TeamMember[]; invitations: TeamInvitation[] }> {
  const organisationId = member.organisation.id
  return withPerson(member.personId, async (tx) => {
    const rows = await tx.membership.findMany({
      where: { organisationId },
      select: {
        role: true,
        createdAt: true,
        person: { select: { id: true, name: true, nameOther: true, email: true } },
      },
      orderBy: [{ person: { name: 'asc' } }, { id: 'asc' }],
      take: mostShown,
    })
    const people = rows.map(({ role, createdAt, person: { id, ...person } }) => ({
      ...person,
      personId: id,
      role: known(role),
      since: createdAt,
    }))
    if (!mayDo(member.organisation.role, 'manage-people')) return { people, invitations: [] }
    const at = now()
    const open = await tx.invitation.findMany({
      where: {
        organisationId,
        acceptedAt: null,
        revokedAt: null,
        expiresAt: { gt: new Date(at.getTime() - 30 * 86_400_000) },
      },
      select: { id: true, email: true, role: true, expiresAt: true, invitedByPerson: { select: { name: true } } },
      orderBy: { createdAt: 'desc' },
      take: mostShown,
    })
    const invitations = open.map(({ id, email, role, expiresAt, invitedByPerson }) => {
      return { id, email, role: known(role), inviter: invitedByPerson.name, expiresAt, open: expiresAt > at }
    })
    return { people, invitations }
  })
}

/** The owners' names, to tell others whom to ask. */
export function ownersOf(people: readonly TeamMember[]): string[] {
  const locale = getLocale() === 'ja' ? 'ja' : 'en'
  return people.filter(({ role }) => role === 'owner').map(({ name, nameOther }) => nameIn(locale, name, nameOther))
}

function known(role: string): Role {
  if (isRole(role)) return role
  throw new Error(`The database holds a role the portal does not know: ${role}`)
}
