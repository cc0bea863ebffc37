import { Prisma } from '#app/generated/prisma/client.ts'
import type { Transaction } from '#app/platform/db.server.ts'

import { isRole, mayDo, type Role } from './roles.ts'

type Roles = {
  /** The role of a person now, or undefined when they are no member. */
  roleOf: (personId: string) => Role | undefined
  ownersCount: number
  /** Owners and approvers. */
  approversCount: number
}

/**
 * Reads who is what in an organisation, and holds it until the transaction ends:
 * of two owners who remove each other at the same moment, the second one finds that they lost the right.
 */
export async function lockRoles(tx: Transaction, organisationId: string): Promise<Roles> {
  // One lock for the whole organisation: row locks would let two changes of different rows pass each other.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`roles of ${organisationId}`}, 0))`
  const rows = await tx.$queryRaw<{ person_id: string; role: string }[]>(
    Prisma.sql`select person_id::text, role from membership where organisation_id = ${organisationId}::uuid`,
  )
  const roles = new Map(rows.map((row) => [row.person_id, row.role]))
  return {
    roleOf: (personId) => {
      const role = roles.get(personId)
      return isRole(role) ? role : undefined
    },
    ownersCount: rows.filter((row) => row.role === 'owner').length,
    approversCount: rows.filter(({ role }) => isRole(role) && mayDo(role, 'approve-filings')).length,
  }
}
