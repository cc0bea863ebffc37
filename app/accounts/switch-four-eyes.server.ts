import { isPasswordOf } from '#app/platform/auth.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { countTry, forgetTries } from '#app/platform/rate-limit.server.ts'

import { recordAudit } from './record-audit.server.ts'
import { lockRoles } from './role-lock.server.ts'
import { fewestApprovers, mayDo } from './roles.ts'
import type { Member } from './viewer.server.ts'

/** What came of switching four-eyes approval. */
export type FourEyesSwitched =
  | { allowed: true }
  | { allowed: false; because: 'not-an-owner' | 'too-few-approvers' | 'wrong-password' | 'too-many' }

/**
 * Lets filings wait for the approval of somebody other than their submitter, or no longer. Switching on needs two who can
 * approve, switching off the owner's password once more. What waits already still needs its approval.
 */
export async function switchFourEyes({
  member,
  on,
  password,
}: {
  member: Member
  on: boolean
  /** Asked for when it is switched off. */
  password?: string | undefined
}): Promise<FourEyesSwitched> {
  if (!mayDo(member.organisation.role, 'manage-organisation')) return { allowed: false, because: 'not-an-owner' }
  if (!on) {
    const known = await proves(member, password ?? '')
    if (!known.allowed) return known
  }
  return withPerson(member.personId, async (tx): Promise<FourEyesSwitched> => {
    const organisationId = member.organisation.id
    const { roleOf, approversCount } = await lockRoles(tx, organisationId)
    if (roleOf(member.personId) !== 'owner') return { allowed: false, because: 'not-an-owner' }
    if (on && approversCount < fewestApprovers) return { allowed: false, because: 'too-few-approvers' }
    const { count } = await tx.organisation.updateMany({
      where: { id: organisationId, fourEyes: !on },
      data: { fourEyes: on },
    })
    const kind = on ? 'four-eyes-on' : 'four-eyes-off'
    if (count > 0) await recordAudit(tx, { organisationId, kind, personId: member.personId })
    return { allowed: true }
  })
}

async function proves(member: Member, password: string): Promise<FourEyesSwitched> {
  const counted = await countTry('password of account', member.personId)
  if (!counted.allowed) return { allowed: false, because: 'too-many' }
  if (!(await isPasswordOf(member.personId, password))) return { allowed: false, because: 'wrong-password' }
  await forgetTries('password of account', member.personId)
  return { allowed: true }
}
