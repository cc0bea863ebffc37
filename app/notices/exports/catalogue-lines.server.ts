import { csvLine } from '#app/catalogues/cell-text.ts'
import type { Read } from '#app/notices/notice-csv.server.ts'

const atOnce = 2_000

type WorkRow = {
  work_id: string
  external_id: string
  title: string
  creators: string | null
  kind: string | null
  year: number | null
  identifiers: string[]
  locations: string[]
}

/** The works of a catalogue's present version with identifiers and addresses, as the lines of a CSV file. */
export async function* catalogueLines(
  read: Read,
  { id, currentVersion }: { id: string; currentVersion: number },
): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(['external_id', 'title', 'creators', 'kind', 'year', 'identifiers', 'locations'])}`
  let after: string | null = null
  for (;;) {
    const from: string | null = after
    const rows: WorkRow[] = await read(
      (tx) => tx.$queryRaw<WorkRow[]>`
        select w.work_id, w.external_id, w.title, w.creators, w.kind, w.year,
          array(select i.scheme || ':' || i.raw from work_identifier i where i.catalogue_id = w.catalogue_id and i.work_id = w.work_id
            and i.valid_from <= ${currentVersion} and (i.valid_to is null or i.valid_to > ${currentVersion}) order by 1) as identifiers,
          array(select l.canonical_url from work_location l where l.catalogue_id = w.catalogue_id and l.work_id = w.work_id
            and l.valid_from <= ${currentVersion} and (l.valid_to is null or l.valid_to > ${currentVersion}) order by 1) as locations
        from work w where w.catalogue_id = ${id}::uuid and w.valid_from <= ${currentVersion} and (w.valid_to is null or w.valid_to > ${currentVersion})
          and (${from}::uuid is null or w.work_id > ${from}::uuid) order by w.work_id limit ${atOnce}`,
    )
    for (const { external_id: external, title, creators, kind, year, identifiers, locations } of rows)
      yield csvLine([
        external,
        title,
        creators ?? '',
        kind ?? '',
        year ?? '',
        identifiers.join('; '),
        locations.join(' '),
      ])
    if (rows.length < atOnce) return
    after = rows.at(-1)?.work_id ?? null
  }
}
