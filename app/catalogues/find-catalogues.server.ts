import type { Transaction } from '#app/platform/db.server.ts'
import { nameHere } from '#app/platform/name-here.server.ts'

/** A catalogue in the list: how many works it has now, and when a file was last imported. */
export type CatalogueRow = {
  id: string
  name: string
  currentVersion: number
  isSample: boolean
  credit: string | null
  works: number
  lastImport: { id: string; at: Date; fileName: string } | null
}

/** The catalogues of an organisation by name. An organisation has few; they stand on one page. */
export async function findCatalogues(tx: Transaction, organisationId: string): Promise<CatalogueRow[]> {
  const rows = await tx.$queryRaw<
    (Omit<CatalogueRow, 'lastImport'> & { importId: string | null; importedAt: Date | null; fileName: string | null })[]
  >`
    select c.id, c.name, c.current_version as "currentVersion", c.is_sample as "isSample", c.credit,
      coalesce(v.works_count, 0) as works, i.id as "importId", i.finished_at as "importedAt", i.file_name as "fileName"
    from catalogue c
    left join catalogue_version v on v.catalogue_id = c.id and v.version = c.current_version
    left join lateral (select id, finished_at, file_name from catalogue_import i
      where i.catalogue_id = c.id and i.status = 'done' order by i.created_at desc limit 1) i on true
    where c.organisation_id = ${organisationId}::uuid
    order by c.name, c.id limit 500`
  return rows.map(({ importId, importedAt, fileName, ...row }) => ({
    ...row,
    lastImport:
      importId === null || importedAt === null ? null : { id: importId, at: importedAt, fileName: fileName ?? '' },
  }))
}

/** One version in the history of a catalogue. */
export type VersionRow = {
  version: number
  works: number
  added: number
  changed: number
  removed: number
  sourceName: string | null
  madeAt: Date
  madeBy: string | null
}

/** An import that is not over, or did not end well. */
export type OpenImport = { id: string; fileName: string; status: string; createdAt: Date }

/** A catalogue with its newest versions and the imports that still want attention. */
export type FoundCatalogue = {
  id: string
  organisationId: string
  name: string
  currentVersion: number
  isSample: boolean
  credit: string | null
  versions: VersionRow[]
  kinds: string[]
  openImports: OpenImport[]
}

const mostVersions = 50

/** A catalogue of this organisation, if there is one of this id. */
export async function findCatalogue(
  tx: Transaction,
  { id, organisationId }: { id: string; organisationId: string },
): Promise<FoundCatalogue | null> {
  const found = await tx.catalogue.findFirst({
    where: { id, organisationId },
    select: { id: true, organisationId: true, name: true, currentVersion: true, isSample: true, credit: true },
  })
  if (found === null) return null
  const versions = await tx.$queryRaw<VersionRow[]>`
    select v.version, v.works_count as works, v.added, v.changed, v.removed, v.source_name as "sourceName", v.made_at as "madeAt",
      ${nameHere('p')} as "madeBy"
    from catalogue_version v left join person p on p.id = v.made_by
    where v.catalogue_id = ${id}::uuid order by v.version desc limit ${mostVersions}`
  const kinds = await tx.$queryRaw<{ kind: string }[]>`
    select kind from (select kind from work where catalogue_id = ${id}::uuid and valid_to is null limit 5000) w
    where kind is not null group by kind order by count(*) desc, kind limit 30`
  const openImports = await tx.catalogueImport.findMany({
    where: { catalogueId: id, status: { in: ['mapping', 'queued', 'running', 'failed'] } },
    orderBy: { createdAt: 'desc' },
    take: 5,
    select: { id: true, fileName: true, status: true, createdAt: true },
  })
  return { ...found, versions, kinds: kinds.map(({ kind }) => kind), openImports }
}
