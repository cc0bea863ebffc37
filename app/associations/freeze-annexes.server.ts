import { Prisma } from '#app/generated/prisma/client.ts'
import { foldText } from '#app/catalogues/fold-text.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { mostListedWorks } from '#app/notices/scope.ts'
import type { AnnexWorks } from './collective.ts'

/** The works of an annex, bound to the version of the catalogue that was looked at. */
export interface AnnexScope {
  readonly memberId: string
  readonly catalogueId: string
  readonly version: number
  readonly works: AnnexWorks
}

/** The works of an annex as they are frozen. */
export interface FrozenAnnex {
  readonly memberId: string
  readonly scopeId: string
  readonly count: number
  readonly sha256: string
}

/** The condition on `work w` that admits exactly the works of an annex. */
export function worksOfAnnex({ catalogueId, version, works }: Omit<AnnexScope, 'memberId'>): Prisma.Sql {
  const inVersion = Prisma.sql`w.catalogue_id = ${catalogueId}::uuid and w.valid_from <= ${version}
    and (w.valid_to is null or w.valid_to > ${version})`
  if (works === null) return inVersion
  const { text, kind, parentWorkId, yearFrom, yearTo } = works.filter
  const wanted = [
    inVersion,
    ...(kind === undefined ? [] : [Prisma.sql`w.kind = ${kind}`]),
    ...(parentWorkId === undefined ? [] : [Prisma.sql`w.parent_work_id = ${parentWorkId}::uuid`]),
    ...(yearFrom === undefined ? [] : [Prisma.sql`w.year >= ${yearFrom}`]),
    ...(yearTo === undefined ? [] : [Prisma.sql`w.year <= ${yearTo}`]),
    // Within one catalogue and version; row security keeps any operator on text off its index here.
    ...(text === undefined ? [] : [Prisma.sql`position(${foldText(text)} in w.search_text) > 0`]),
    ...(works.except.length === 0 ? [] : [Prisma.sql`w.work_id <> all(${works.except}::uuid[])`]),
  ]
  return Prisma.join(wanted, ' and ')
}

/** How many works an annex names, of versions that exist; those of a whole version are not counted again. */
export async function countAnnexWorks(tx: Transaction, scope: Omit<AnnexScope, 'memberId'>): Promise<number> {
  const { catalogueId, version, works } = scope
  const [row] =
    works === null
      ? await tx.$queryRaw<{ count: number }[]>`
          select works_count as count from catalogue_version where catalogue_id = ${catalogueId}::uuid and version = ${version}`
      : await tx.$queryRaw<{ count: number }[]>`select count(*)::int as count from work w where ${worksOfAnnex(scope)}`
  return row?.count ?? 0
}

/** Freezes the works of annexes: a row each, and a list where only some works of a catalogue are named. */
export async function freezeAnnexes(
  tx: Transaction,
  scopes: readonly AnnexScope[],
  at: Date,
): Promise<ReadonlyMap<string, FrozenAnnex>> {
  const whole = scopes.filter(({ works }) => works === null)
  const frozen = whole.length === 0 ? [] : await freezeWhole(tx, whole, at)
  for (const scope of scopes) if (scope.works !== null) frozen.push(await freezeListed(tx, scope, at))
  return new Map(frozen.map((each) => [each.memberId, each]))
}

function freezeWhole(tx: Transaction, scopes: readonly AnnexScope[], at: Date): Promise<FrozenAnnex[]> {
  const rows = scopes.map(({ memberId, catalogueId, version }) => ({ id: newId(), memberId, catalogueId, version }))
  return tx.$queryRaw<FrozenAnnex[]>`
    insert into notice_scope (id, organisation_id, catalogue_id, version, kind, works_count, works_sha256, created_at)
    select s.id, s."memberId", s."catalogueId", s.version, 'all', v.works_count, v.works_sha256, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s (id uuid, "memberId" uuid, "catalogueId" uuid, version int)
    join catalogue_version v on v.catalogue_id = s."catalogueId" and v.version = s.version
    returning organisation_id as "memberId", id as "scopeId", works_count as count, works_sha256 as sha256`
}

// Hashed as `listText` says.
async function freezeListed(tx: Transaction, scope: AnnexScope, at: Date): Promise<FrozenAnnex> {
  const { memberId, catalogueId, version } = scope
  const [row] = await tx.$queryRaw<FrozenAnnex[]>`
    insert into notice_scope (id, organisation_id, catalogue_id, version, kind, works_count, works_sha256, created_at)
    select ${newId()}::uuid, ${memberId}::uuid, ${catalogueId}::uuid, ${version}::int, 'listed', count(*)::int,
      encode(sha256(convert_to(coalesce(string_agg(w.work_id || ' ' || w.row_sha256 || chr(10), '' order by w.work_id), ''), 'UTF8')), 'hex'),
      ${at}::timestamptz
    from work w where ${worksOfAnnex(scope)}
    returning organisation_id as "memberId", id as "scopeId", works_count as count, works_sha256 as sha256`
  if (!row) throw new Error(`the works of ${memberId} could not be frozen`)
  if (row.count > 0 && row.count <= mostListedWorks) {
    await tx.$executeRaw`insert into notice_scope_work (scope_id, work_id)
      select ${row.scopeId}::uuid, w.work_id from work w where ${worksOfAnnex(scope)}`
  }
  return row
}
