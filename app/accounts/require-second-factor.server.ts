import { withPerson } from '#app/platform/db.server.ts'
import { findProtected } from '#app/platform/second-factor.server.ts'

import { recordAudit } from './record-audit.server.ts'
import { mayDo } from './roles.ts'
import { findTeam } from './team.server.ts'
import type { Member } from './viewer.server.ts'

type Saved = { allowed: true } | { allowed: false; because: 'not-an-owner' | 'not-yourself' }

/**
 * Asks more than a password of every member, or no longer. An owner who has signed in by password alone cannot ask it of
 * others: they would lock themselves out first.
 */
export async function requireSecondFactor(member: Member, wanted: boolean): Promise<Saved> {
  if (!mayDo(member.organisation.role, 'manage-organisation')) return { allowed: false, because: 'not-an-owner' }
  if (wanted && !member.strong) return { allowed: false, because: 'not-yourself' }
  const organisationId = member.organisation.id
  return withPerson(member.personId, async (tx): Promise<Saved> => {
    // Row security admits owners of this moment only: one who lost the role changes no row.
    const { count } = await tx.organisation.updateMany({
      where: { id: organisationId },
      data: { secondFactor: wanted },
    })
    if (count === 0) return { allowed: false, because: 'not-an-owner' }
    const kind = wanted ? 'second-factor-required' : 'second-factor-not-required'
    await recordAudit(tx, { organisationId, kind, personId: member.personId })
    return { allowed: true }
  })
}

/** How many members an organisation has, and the names of those who have neither code app nor passkey. */
export async function findUnprotected(member: Member): Promise<{ count: number; names: string[] }> {
  const { people } = await findTeam(member)
  const safe = await findProtected(people.map(({ personId }) => personId))
  return { count: people.length, names: people.filter(({ personId }) => !safe.has(personId)).map(({ name }) => name) }
}
