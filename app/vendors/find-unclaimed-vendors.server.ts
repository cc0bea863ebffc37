import type { Transaction } from '#app/platform/db.server.ts'

/** The entries of the directory that no organisation has claimed, by name: at most 2,000, for a menu. */
export function findUnclaimedVendors(tx: Transaction): Promise<{ slug: string; name: string }[]> {
  return tx.vendor.findMany({
    where: { organisationId: null },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 2_000,
    select: { slug: true, name: true },
  })
}
