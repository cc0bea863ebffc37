import type { Belonging, Member } from '#app/accounts/viewer.server.ts'
import { Prisma } from '#app/generated/prisma/client.ts'

/** From where the table looks: an association over its members, or a holder over its own notices. */
export interface TableViewpoint {
  readonly organisationId: string
  readonly kind: 'association' | 'rights_holder'
  readonly timeZone: string
}

/** From where a member looks at the table; nothing for organisations of other kinds. */
export function tableViewpoint({
  organisation,
}: {
  organisation: Pick<Member['organisation'], 'id' | 'timeZone'> & Pick<Belonging, 'kind'>
}): TableViewpoint | null {
  const { id, kind, timeZone } = organisation
  return kind === 'association' || kind === 'rights_holder' ? { organisationId: id, kind, timeZone } : null
}

/**
 * The holders whose notices are in the table, as rows `g (member_id, vendors, measures, catalogues)`: of the live grants of this very
 * association, or the holder itself. A person of two associations acts for one of them.
 */
export function holdersOf({ kind, organisationId }: TableViewpoint, only?: string): Prisma.Sql {
  const one = only === undefined ? Prisma.sql`true` : Prisma.sql`x.member_id = ${only}::uuid`
  const all =
    kind === 'association'
      ? Prisma.sql`select d.member_id, d.vendors, d.measures, d.catalogues from mandate_grant d
          where d.association_id = ${organisationId}::uuid and d.starts_at <= portal_now() and (d.ends_at is null or d.ends_at > portal_now())`
      : Prisma.sql`select ${organisationId}::uuid as member_id, null::uuid[] as vendors, null::text[] as measures, null::uuid[] as catalogues`
  return Prisma.sql`(select x.* from (${all}) x where ${one}) g`
}

/** The condition that `notice n` is one that `g` covers. Row security asks too: this keeps the two grants of two associations apart. */
export function isCovered({ kind, organisationId }: TableViewpoint): Prisma.Sql {
  const own = Prisma.sql`n.holder_organisation_id = g.member_id and n.stage <> 'draft'`
  if (kind === 'rights_holder') return own
  return Prisma.sql`${own} and (g.vendors is null or n.vendor_id = any(g.vendors))
    and (n.stage <> 'awaiting_approval' or n.filed_by_organisation_id = ${organisationId}::uuid)
    and (g.measures is null or asks_only_for(n.id, g.measures)) and (g.catalogues is null or draws_from(n.scope_id, g.catalogues))`
}
