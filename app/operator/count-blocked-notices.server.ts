import type { Transaction } from '#app/platform/db.server.ts'

/** How many open notices of a vendor are addressed to this contact: what retiring it concerns. The operator alone is told. */
export async function countBlockedNotices(
  tx: Transaction,
  { vendorId, contactId }: { vendorId: string; contactId: string },
): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: bigint }[]>`
    select count from operator_blocked_notices(${vendorId}::uuid) where contact_id = ${contactId}::uuid`
  return Number(row?.count ?? 0)
}
