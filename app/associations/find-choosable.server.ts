import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { annexWorksSchema, mostMembers, type AnnexWorks } from './collective.ts'

/** A catalogue that a mandate covers, in its present version. */
export interface ChoosableCatalogue {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly works: number
}

/** A member for which the association may file, with what is chosen for it. */
export interface ChoosableMember {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly nameOther: string | null
  readonly verified: boolean
  readonly approvalRequired: boolean
  readonly catalogues: readonly ChoosableCatalogue[]
  readonly chosen: { readonly catalogueId: string; readonly version: number; readonly works: AnnexWorks } | null
}

interface Row extends Omit<ChoosableMember, 'chosen'> {
  readonly chosen: { readonly catalogueId: string; readonly version: number; readonly works: unknown } | null
}

/** The members with a live mandate to file, by name, each with the catalogues that it covers and what a draft chooses of them. */
export function findChoosable(member: Member, collectiveId: string): Promise<readonly ChoosableMember[]> {
  return withPerson(member.personId, (tx) => readChoosable(tx, member.organisation.id, collectiveId))
}

/** The same inside a transaction. */
export async function readChoosable(
  tx: Transaction,
  associationId: string,
  collectiveId: string,
): Promise<readonly ChoosableMember[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select o.id, o.slug, o.name, o.name_other as "nameOther", o.verified_at is not null and o.closes_at is null as verified,
      g.approval_required as "approvalRequired", coalesce(k.catalogues, '[]'::json) as catalogues,
      case when m.member_id is not null then json_build_object('catalogueId', m.catalogue_id, 'version', m.catalogue_version, 'works', m.works) end as chosen
    from mandate_grant g join organisation o on o.id = g.member_id
    left join collective_member m on m.collective_id = ${collectiveId}::uuid and m.member_id = g.member_id
    left join lateral (select json_agg(json_build_object('id', c.id, 'name', c.name, 'version', c.current_version, 'works', v.works_count)
        order by v.works_count desc, c.id) as catalogues
      from catalogue c join catalogue_version v on v.catalogue_id = c.id and v.version = c.current_version
      where c.organisation_id = g.member_id and v.works_count > 0 and (g.catalogues is null or c.id = any(g.catalogues))) k on true
    where g.association_id = ${associationId}::uuid and 'file' = any(g.scopes) and g.starts_at <= portal_now() and (g.ends_at is null or g.ends_at > portal_now())
    order by lower(o.name), o.id limit ${mostMembers}`
  return rows.map(({ chosen, ...row }) => ({
    ...row,
    chosen: chosen && { ...chosen, works: annexWorksSchema.parse(chosen.works) },
  }))
}
