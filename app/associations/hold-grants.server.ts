import type { Transaction } from '#app/platform/db.server.ts'
import { mandateScopes, type Grant } from './mandate.ts'

/** A grant with the version that it stands for: what a filing that relies on it writes down. */
export interface HeldGrant extends Grant {
  readonly mandateId: string
  readonly version: number
}

interface Row {
  mandate_id: string
  version: number
  association_id: string
  member_id: string
  scopes: string[]
  vendors: string[] | null
  measures: string[] | null
  catalogues: string[] | null
  approval_required: boolean
  starts_at: Date
  ends_at: Date | null
}

/**
 * The grants of an association of the asker by member, held until the transaction ends: a revocation that comes later waits, and
 * then finds what was filed. Judge with `mandateCovers` after this, never before.
 *
 * @returns by the member's id, those that have not begun or are over included; none for a member without a mandate
 */
export async function holdGrants(
  tx: Transaction,
  { associationId, memberIds }: { associationId: string; memberIds: readonly string[] },
): Promise<ReadonlyMap<string, HeldGrant>> {
  const rows = await tx.$queryRaw<Row[]>`
    select * from hold_mandate_grants(${associationId}::uuid, ${[...new Set(memberIds)]}::uuid[])`
  return new Map(rows.map((row) => [row.member_id, heldGrant(row)]))
}

function heldGrant(row: Row): HeldGrant {
  return {
    mandateId: row.mandate_id,
    version: row.version,
    associationId: row.association_id,
    memberId: row.member_id,
    scopes: mandateScopes.filter((scope) => row.scopes.includes(scope)),
    vendors: row.vendors,
    measures: row.measures,
    catalogues: row.catalogues,
    approvalRequired: row.approval_required,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
  }
}
