import type { Transaction } from '#app/platform/db.server.ts'

/** The slug of the entry that an organisation has claimed, or undefined. */
export async function findOwnVendor(tx: Transaction, organisationId: string): Promise<string | undefined> {
  return (await tx.vendor.findUnique({ where: { organisationId }, select: { slug: true } }))?.slug
}

/** Entries that nobody has claimed and whose sourced website lies under one of an organisation's proven domains. */
export async function findClaimableVendors(
  tx: Transaction,
  organisationId: string,
): Promise<{ slug: string; name: string; website: string }[]> {
  return tx.$queryRaw<{ slug: string; name: string; website: string }[]>`
    select v.slug, v.name, f.value as website from domain_proof p
    join vendor_fact f on f.kind = 'website' and f.retired_at is null and f.source_url is not null
      and '.' || lower(substring(f.value from '^https?://([^/:?#]+)')) like '%.' || p.domain
    join vendor v on v.id = f.vendor_id
    where p.organisation_id = ${organisationId}::uuid and p.proven_at is not null and p.ended_at is null and p.missing_since is null
    order by v.name, v.id limit 20`
}
