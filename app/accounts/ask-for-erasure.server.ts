import { eraseLogin } from '#app/platform/auth.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { findSecondFactor } from '#app/platform/second-factor.server.ts'
import { wake } from '#app/platform/wake.server.ts'

import { withdrawInvitations } from './on-member.server.ts'
import { proveSelf, type SelfProved } from './prove-self.server.ts'
import { recordAudit } from './record-audit.server.ts'
import { lockRoles } from './role-lock.server.ts'
import type { Viewer } from './viewer.server.ts'

type Asked = { viewer: Viewer; headers: Headers; password: string; code: string | undefined }

/** What came of asking to be erased. `organisations`: those that would be left without an owner. */
export type ErasureAsked = SelfProved | { allowed: false; because: 'last-owner'; organisations: readonly string[] }

/** Of whom more than a password is asked, and which organisations have no other owner. */
export async function findErasureTerms(viewer: Viewer): Promise<{ needsCode: boolean; soleOwnerOf: string[] }> {
  const [factor, soleOwnerOf] = await Promise.all([
    findSecondFactor(viewer.personId),
    withPerson(viewer.personId, (tx) => withoutOtherOwner(tx, viewer)),
  ])
  return { needsCode: factor.state === 'on', soleOwnerOf }
}

/**
 * Erases the one who asks: they leave every organisation and can no longer sign in when this returns; the worker empties
 * what is known of them right after (`erase-person.server.ts`). Open notices are their organisation's and hold nothing up.
 */
export async function askForErasure(asked: Asked): Promise<ErasureAsked> {
  const { viewer, headers, password, code } = asked
  const known = await proveSelf({ personId: viewer.personId, headers, password, code })
  if (!known.allowed) return known
  const left = await withPerson(viewer.personId, async (tx): Promise<ErasureAsked> => {
    // In one order for everybody: two who leave the same organisations do not wait for each other.
    for (const { id } of viewer.memberships.toSorted((a, b) => (a.id < b.id ? -1 : 1))) await lockRoles(tx, id)
    const organisations = await withoutOtherOwner(tx, viewer)
    if (organisations.length > 0) return { allowed: false, because: 'last-owner', organisations }
    await leaveAll(tx, viewer.personId)
    await tx.$queryRaw`select owe_own_erasure(${newId()}::uuid, ${now()}::timestamptz)`
    await wake(tx, 'job')
    return { allowed: true }
  })
  // The worker does it again: a process that dies here leaves a login that the erasure still finds.
  if (left.allowed) await eraseLogin(viewer.personId)
  return left
}

async function withoutOtherOwner(tx: Transaction, { personId }: Viewer): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    select o.name from membership m join organisation o on o.id = m.organisation_id
    where m.person_id = ${personId}::uuid and m.role = 'owner' and not exists (select from membership x
      where x.organisation_id = m.organisation_id and x.role = 'owner' and x.person_id <> m.person_id) order by o.name`
  return rows.map(({ name }) => name)
}

async function leaveAll(tx: Transaction, personId: string): Promise<void> {
  const memberships = await tx.membership.findMany({
    where: { personId },
    select: { organisationId: true, role: true },
  })
  for (const { organisationId, role } of memberships) {
    if (role === 'owner') await withdrawInvitations(tx, { organisationId, personId })
    await recordAudit(tx, { organisationId, kind: 'member-left', personId, subjectId: personId, facts: { role } })
  }
  await tx.membership.deleteMany({ where: { personId } })
}
