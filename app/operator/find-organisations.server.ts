import { normalText } from '#app/platform/normal-text.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import type { Transaction } from '#app/platform/db.server.ts'

import type { OrganisationFilter, OrganisationRow } from './organisations.ts'

type Wanted = {
  filter: OrganisationFilter
  /** The id of the last organisation of the page before. */
  before: string | null
  most: number
}

/** How far `found` is counted. */
export const mostCounted = 10_000

/** A page of all organisations, newest first, for the operator: row-level security shows others only their own. */
export async function findOrganisations(
  tx: Transaction,
  { filter, before, most }: Wanted,
): Promise<{ organisations: OrganisationRow[]; found: number; next: string | null }> {
  const where = Prisma.join([matches(filter.search), ofKind(filter.kind), isVerified(filter.verified)], ' and ')
  const [counted] = await tx.$queryRaw<{ count: bigint }[]>`
    select count(*) as count from (select from organisation o where ${where} limit ${mostCounted}) as matching`
  const rows = await selectRows(
    tx,
    Prisma.sql`${where} and (${before}::uuid is null or o.id < ${before}::uuid)`,
    most + 1,
  )
  const organisations = rows.slice(0, most)
  return {
    organisations,
    found: Number(counted?.count ?? 0),
    next: rows.length > most ? (organisations.at(-1)?.id ?? null) : null,
  }
}

/** One organisation, for the operator; null when there is none with this slug. */
export async function findOrganisation(tx: Transaction, slug: string): Promise<OrganisationRow | null> {
  const [row] = await selectRows(tx, Prisma.sql`o.slug = ${slug}`, 1)
  return row ?? null
}

function selectRows(tx: Transaction, where: Prisma.Sql, most: number): Promise<OrganisationRow[]> {
  return tx.$queryRaw<OrganisationRow[]>`
    select o.id, o.slug, o.kind, o.name, o.name_other as "nameOther", o.country, o.website, o.is_demo as "isDemo",
      o.created_at as "createdAt", o.verified_at as "verifiedAt", o.verified_how as "verifiedHow",
      o.domain, o.domain_how as "domainHow", o.domain_proven_at as "domainProvenAt",
      (select count(*)::int from membership m where m.organisation_id = o.id) as people,
      (select jsonb_build_object('slug', v.slug, 'name', v.name) from vendor v where v.organisation_id = o.id) as vendor
    from organisation o where ${where} order by o.id desc limit ${most}`
}

function matches(search: string): Prisma.Sql {
  const fragment = normalText(search, 'NFKC').toLowerCase()
  if (fragment === '') return Prisma.sql`true`
  const pattern = `%${fragment.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  return Prisma.sql`lower(normalize(concat_ws(' ', o.name, o.name_other, o.slug, o.domain, o.website), NFKC)) like ${pattern}`
}

function ofKind(kind: OrganisationFilter['kind']): Prisma.Sql {
  return kind === null ? Prisma.sql`true` : Prisma.sql`o.kind = ${kind}`
}

function isVerified(verified: boolean | null): Prisma.Sql {
  if (verified === null) return Prisma.sql`true`
  return verified ? Prisma.sql`o.verified_at is not null` : Prisma.sql`o.verified_at is null`
}
