import { Prisma } from '#app/generated/prisma/client.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { foldText } from './fold-text.ts'
import { workRowSchema, type WorkRow } from './work-row.ts'
import { mostWorksCounted, worksPerPage, type WorksCursor, type WorksFilter } from './works-query.ts'

/** A page of works. `found` is counted up to `mostWorksCounted`, one more means more. */
export type WorksFound = { works: WorkRow[]; found: number; previous: string | null; next: string | null }

type Wanted = { catalogueId: string; version: number; filter: WorksFilter; cursor: WorksCursor }

/** The works of a version that match a filter, in the order of their titles, one page of them. */
export async function findWorks(tx: Transaction, wanted: Wanted): Promise<WorksFound> {
  const { catalogueId, version, filter, cursor } = wanted
  const backwards = cursor.before !== null
  const from = cursor.after ?? cursor.before
  const listed = await tx.$queryRaw<{ id: string }[]>`
    select l.work_id as id from list_works(${catalogueId}::uuid, ${version}::int, ${filter.kind}::text, ${foldText(filter.search)}::text,
      (select left(w.title, 200) from work w where w.catalogue_id = ${catalogueId}::uuid and w.work_id = ${from}::uuid
         and w.valid_from <= ${version} and (w.valid_to is null or w.valid_to > ${version})),
      ${from}::uuid, ${backwards}::boolean, ${worksPerPage + 1}::int) with ordinality l (work_id, place) order by l.place`
  const page = listed.slice(0, worksPerPage).map(({ id }) => id)
  const ids = backwards ? page.toReversed() : page
  const hasMore = listed.length > worksPerPage
  const works = await getWorks(tx, { catalogueId, version, ids })
  return {
    works,
    found: await countWorks(tx, wanted),
    previous: (backwards ? hasMore : cursor.after !== null) ? (ids[0] ?? null) : null,
    next: (backwards ? true : hasMore) ? (ids.at(-1) ?? null) : null,
  }
}

/** These works as they are in a version, in the order of `ids`. */
export async function getWorks(
  tx: Transaction,
  { catalogueId, version, ids }: { catalogueId: string; version: number; ids: readonly string[] },
): Promise<WorkRow[]> {
  const inVersion = (table: string): Prisma.Sql =>
    Prisma.sql`${Prisma.raw(table)}.valid_from <= ${version} and (${Prisma.raw(table)}.valid_to is null or ${Prisma.raw(table)}.valid_to > ${version})`
  const rows = await tx.$queryRaw<unknown[]>`
    select w.work_id as "workId", w.valid_from as "validFrom", w.valid_to as "validTo", w.external_id as "externalId", w.kind,
      w.title, w.titles, w.creators, w.year, to_char(w.released_on, 'YYYY-MM-DD') as "releasedOn",
      w.released_precision as "releasedPrecision", w.rights,
      coalesce((select json_agg(json_build_object('scheme', i.scheme, 'value', i.value, 'raw', i.raw, 'valid', i.valid) order by i.scheme, i.value)
        from work_identifier i where i.catalogue_id = w.catalogue_id and i.work_id = w.work_id and ${inVersion('i')}), '[]') as identifiers,
      coalesce((select json_agg(json_build_object('kind', l.kind, 'url', l.canonical_url) order by l.canonical_url)
        from work_location l where l.catalogue_id = w.catalogue_id and l.work_id = w.work_id and ${inVersion('l')}), '[]') as locations
    from unnest(${[...ids]}::uuid[]) with ordinality p (id, place)
    join work w on w.catalogue_id = ${catalogueId}::uuid and w.work_id = p.id and ${inVersion('w')}
    order by p.place`
  return rows.map((row) => workRowSchema.parse(row))
}

async function countWorks(tx: Transaction, { catalogueId, version, filter }: Wanted): Promise<number> {
  if (filter.search === '' && filter.kind === null) {
    const made = await tx.catalogueVersion.findUnique({
      where: { catalogueId_version: { catalogueId, version } },
      select: { worksCount: true },
    })
    return made?.worksCount ?? 0
  }
  const [counted] = await tx.$queryRaw<{ count: bigint }[]>`
    select count(*) as count from list_works(${catalogueId}::uuid, ${version}::int, ${filter.kind}::text,
      ${foldText(filter.search)}::text, null, null, false, ${mostWorksCounted + 1}::int)`
  return Number(counted?.count ?? 0)
}
