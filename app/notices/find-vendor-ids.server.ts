import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { mostVendors } from './filing-draft.ts'

/** The vendors that an address names by their slugs; unknown ones are left out. */
export async function findVendorIds(member: Member, slugs: readonly string[]): Promise<readonly string[]> {
  if (slugs.length === 0) return []
  const rows = await withPerson(member.personId, (tx) =>
    tx.vendor.findMany({ where: { slug: { in: [...slugs] } }, select: { id: true }, take: mostVendors }),
  )
  return rows.map(({ id }) => id)
}
