import type { Transaction } from '#app/platform/db.server.ts'
import type { Grant } from './collective.ts'

/**
 * The grants of some members to an association, by member. Locked for sharing until the transaction ends: a revocation comes
 * before what relies on them, or after it.
 */
export async function lockGrants(
  tx: Transaction,
  associationId: string,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, Grant>> {
  const grants = await tx.$queryRaw<Grant[]>`
    select mandate_id as "mandateId", version, member_id as "memberId", scopes, vendors, measures, catalogues,
      approval_required as "approvalRequired", starts_at as "startsAt", ends_at as "endsAt"
    from mandate_grant where association_id = ${associationId}::uuid and member_id = any(${[...memberIds]}::uuid[])
    order by mandate_id for share`
  return new Map(grants.map((grant) => [grant.memberId, grant]))
}
