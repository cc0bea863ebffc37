import type { BulkConnection } from '#app/platform/bulk.server.ts'
import { now } from '#app/platform/clock.server.ts'

/** What an import does to a catalogue, in works. */
export type ImportCounts = { added: number; changed: number; unchanged: number; removed: number }

/** A merge into one catalogue. Without `replaceMissing`, works that are not in the file stay. */
export type Merge = {
  catalogueId: string
  replaceMissing: boolean
  rejected: number
  madeBy: string | null
  source: { name: string; sha256: string } | null
}

/** Compares the table `incoming` with the works as they are now. */
export async function compareRows(
  connection: BulkConnection,
  { catalogueId, replaceMissing }: Pick<Merge, 'catalogueId' | 'replaceMissing'>,
): Promise<ImportCounts> {
  const { rows } = await connection.query<ImportCounts>(
    `with matched as (
       select w.row_sha256 as before, i.row_sha256 as after from incoming i
       left join work w on w.catalogue_id = $1 and w.external_id = i.external_id and w.valid_to is null)
     select count(*) filter (where before is null)::int as added,
            count(*) filter (where before <> after)::int as changed,
            count(*) filter (where before = after)::int as unchanged,
            (select count(*) from work w where $2 and w.catalogue_id = $1 and w.valid_to is null
               and not exists (select from incoming i where i.external_id = w.external_id))::int as removed
     from matched`,
    [catalogueId, replaceMissing],
  )
  const [counts] = rows
  if (counts === undefined) throw new Error(`Comparing catalogue ${catalogueId} gave no counts`)
  return counts
}

/** Locks a catalogue against other versions until the transaction ends. Refused to who may not change it. */
export async function lockCatalogue(connection: BulkConnection, catalogueId: string): Promise<number> {
  const { rows } = await connection.query<{ version: number }>(
    'select current_version as version from catalogue where id = $1 for update',
    [catalogueId],
  )
  const [found] = rows
  if (found === undefined) throw new Error(`Catalogue ${catalogueId} is not open to whoever imports into it`)
  return found.version
}

/**
 * Makes the next version of a locked catalogue from the table `incoming`. Works keep their id; an old version stays
 * readable, since rows only end.
 */
export async function mergeRows(
  connection: BulkConnection,
  merge: Merge,
  from: number,
  counts: ImportCounts,
): Promise<number> {
  const { catalogueId } = merge
  await connection.query(
    `update incoming i set work_id = w.work_id from work w
     where w.catalogue_id = $1 and w.external_id = i.external_id and w.valid_to is null`,
    [catalogueId],
  )
  await connection.query(
    `create temporary table ending on commit drop as
     select w.work_id from work w left join incoming i on i.external_id = w.external_id
     where w.catalogue_id = $1 and w.valid_to is null and (i.row_sha256 <> w.row_sha256 or ($2 and i.line is null))`,
    [catalogueId, merge.replaceMissing],
  )
  await connection.query(
    `create temporary table starting on commit drop as
     select i.* from incoming i left join work w on w.catalogue_id = $1 and w.external_id = i.external_id and w.valid_to is null
     where w.work_id is null or w.row_sha256 <> i.row_sha256`,
    [catalogueId],
  )
  return makeVersion(connection, merge, from, counts)
}

/**
 * Makes the next version of a locked catalogue: ends the works of the table `ending` (work_id) and starts those of the
 * table `starting`, which is shaped as `incoming`.
 */
export async function makeVersion(
  connection: BulkConnection,
  merge: Omit<Merge, 'replaceMissing'>,
  from: number,
  counts: ImportCounts,
): Promise<number> {
  const version = from + 1
  await endRows(connection, merge.catalogueId, version)
  await startRows(connection, merge.catalogueId, version)
  await writeVersion(connection, merge, version, counts)
  return version
}

async function endRows(connection: BulkConnection, catalogueId: string, version: number): Promise<void> {
  for (const table of ['work', 'work_identifier', 'work_location']) {
    await connection.query(
      `update ${table} t set valid_to = $2 from ending e where t.catalogue_id = $1 and t.work_id = e.work_id and t.valid_to is null`,
      [catalogueId, version],
    )
  }
}

async function startRows(connection: BulkConnection, catalogueId: string, version: number): Promise<void> {
  const place = [catalogueId, version]
  await connection.query(
    `insert into work (catalogue_id, work_id, valid_from, external_id, kind, title, titles, creators, year, released_on,
       released_precision, rights, search_text, row_sha256)
     select $1, work_id, $2, external_id, kind, title, titles, creators, year, released_on, released_precision, rights,
       search_text, row_sha256 from starting`,
    place,
  )
  await connection.query(
    `insert into work_identifier (catalogue_id, work_id, scheme, value, raw, valid, valid_from)
     select $1, s.work_id, d.scheme, d.value, d.raw, d.valid, $2
     from starting s, jsonb_to_recordset(s.identifiers) d (scheme text, value text, raw text, valid boolean)`,
    place,
  )
  await connection.query(
    `insert into work_location (catalogue_id, work_id, kind, canonical_url, url_sha256, valid_from)
     select $1, s.work_id, d.kind, d.url, decode(d.key, 'hex'), $2
     from starting s, jsonb_to_recordset(s.locations) d (kind text, url text, key text)`,
    place,
  )
}

async function writeVersion(
  connection: BulkConnection,
  merge: Omit<Merge, 'replaceMissing'>,
  version: number,
  counts: ImportCounts,
): Promise<void> {
  const { catalogueId, source, rejected, madeBy } = merge
  const digest = await digestWorks(connection, catalogueId)
  await connection.query(
    `insert into catalogue_version (catalogue_id, version, source_name, source_sha256, works_count, works_sha256,
       added, changed, unchanged, removed, rejected, made_by, made_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      catalogueId,
      version,
      source?.name ?? null,
      source?.sha256 ?? null,
      digest.count,
      digest.sha256,
      counts.added,
      counts.changed,
      counts.unchanged,
      counts.removed,
      rejected,
      madeBy,
      now(),
    ],
  )
  await connection.query('update catalogue set current_version = $2 where id = $1', [catalogueId, version])
}

// Works are hashed in 4,096 groups by the end of their id, each in the order of ids, then the groups in their order:
// one text of twelve million lines would be longer than a value may be.
async function digestWorks(
  connection: BulkConnection,
  catalogueId: string,
): Promise<{ count: number; sha256: string }> {
  const { rows } = await connection.query<{ count: number; sha256: string }>(
    `with grouped as (
       select right(work_id::text, 3) as part, count(*) as works,
         sha256(convert_to(string_agg(work_id || ' ' || row_sha256, e'\\n' order by work_id), 'UTF8')) as hash
       from work where catalogue_id = $1 and valid_to is null group by 1)
     select coalesce(sum(works), 0)::int as count,
       encode(sha256(coalesce(string_agg(hash, ''::bytea order by part collate "C"), ''::bytea)), 'hex') as sha256 from grouped`,
    [catalogueId],
  )
  const [digest] = rows
  if (digest === undefined) throw new Error(`Hashing the works of catalogue ${catalogueId} gave nothing`)
  return digest
}
