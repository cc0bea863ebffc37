import { csvLine } from '#app/catalogues/cell-text.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import type { NoticeFacts } from './find-notice.server.ts'
import { sheetFields, writeStamp } from './sheet-columns.ts'

/** Runs one short read as whoever asks: each part of a long file is authorised again. */
export type Read = <T>(fn: (tx: Transaction) => Promise<T>) => Promise<T>

type Cited = Pick<NoticeFacts, 'id' | 'scope'>

const worksAtOnce = 2_000

/** A notice whose answers are written down: what it cites, and the answers that hold where a work has none of its own. */
export type MatrixNotice = Cited & Pick<NoticeFacts, 'measures' | 'reference' | 'sequence'>

/**
 * Every work of a notice with the answer to every measure, as the cells of `sheetFields`: one row for each of both. What
 * changes while it is read is later than the notice's line that the file is stamped with.
 */
export async function* matrixRows(read: Read, notice: MatrixNotice): AsyncGenerator<string[]> {
  for await (const work of worksOf(read, notice, withCells(notice.id))) {
    for (const asked of notice.measures) {
      const own = work.cells.find(({ measure }) => measure === asked.measure) ?? asked
      const { outcome, code, text, effectiveOn } = own
      yield [
        work.workId,
        work.externalId,
        work.title,
        work.year === null ? '' : String(work.year),
        asked.measure,
        outcome,
        code ?? '',
        text ?? '',
        effectiveOn ?? '',
      ]
    }
  }
}

/**
 * The same as the lines of a CSV file, its last heading the stamp. UTF-8 with its mark, since spreadsheets ask for one;
 * what begins like a formula is neutralised.
 */
export async function* matrixLines(read: Read, notice: MatrixNotice): AsyncGenerator<string> {
  yield `\uFEFF${csvLine([...sheetFields, writeStamp(notice)])}`
  for await (const cells of matrixRows(read, notice)) yield csvLine([...cells, ''])
}

/**
 * The works of a notice with their identifiers and addresses, as the lines of a CSV file: what a vendor looks for. Works
 * that were withdrawn are not among them.
 */
export async function* annexLines(read: Read, notice: Cited): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(['external_id', 'title', 'creators', 'kind', 'year', 'identifiers', 'locations'])}`
  for await (const work of worksOf(read, notice, withIdentifiers(notice), remaining(notice))) {
    const { externalId, title, creators, kind, year, identifiers, locations } = work
    yield csvLine([
      externalId,
      title,
      creators ?? '',
      kind ?? '',
      year ?? '',
      identifiers.join('; '),
      locations.join(' '),
    ])
  }
}

/** Every location of outputs of a notice with the work that it concerns, as the lines of a CSV file. */
export async function* locationLines(read: Read, notice: Pick<NoticeFacts, 'id'>): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(['position', 'url', 'external_id', 'title'])}`
  let after = 0
  for (;;) {
    const from = after
    const rows = await read(
      (tx) => tx.$queryRaw<{ position: number; url: string; externalId: string | null; title: string | null }[]>`
        select p.position, p.url, p.work_title as title, (select w.external_id from work w join notice n on n.id = p.notice_id
            join notice_scope s on s.id = n.scope_id
            where w.catalogue_id = s.catalogue_id and w.work_id = p.work_id and w.valid_from <= s.version
              and (w.valid_to is null or w.valid_to > s.version)) as "externalId"
        from notice_location p where p.notice_id = ${notice.id}::uuid and p.position > ${from}
        order by p.position limit ${worksAtOnce}`,
    )
    for (const { position, url, externalId, title } of rows)
      yield csvLine([position, url, externalId ?? '', title ?? ''])
    after = rows.at(-1)?.position ?? 0
    if (rows.length < worksAtOnce) return
  }
}

interface CitedWork {
  readonly workId: string
  readonly externalId: string
  readonly title: string
  readonly year: number | null
}

interface AnsweredWork extends CitedWork {
  readonly cells: readonly {
    readonly measure: string
    readonly outcome: string
    readonly code: string | null
    readonly text: string | null
    readonly effectiveOn: string | null
  }[]
}

interface IdentifiedWork extends CitedWork {
  readonly creators: string | null
  readonly kind: string | null
  readonly identifiers: readonly string[]
  readonly locations: readonly string[]
}

type Columns<Work extends CitedWork> = Prisma.Sql & { readonly of?: Work }

function withCells(noticeId: string): Columns<AnsweredWork> {
  return Prisma.sql`coalesce((select json_agg(json_build_object('measure', c.measure, 'outcome', c.outcome, 'code', c.code,
      'text', c.text, 'effectiveOn', c.effective_on)) from outcome_cell c
      where c.notice_id = ${noticeId}::uuid and c.work_id = w.work_id), '[]'::json) as cells`
}

function withIdentifiers({ scope: { version } }: Cited): Columns<IdentifiedWork> {
  const now = (table: 'i' | 'l') =>
    Prisma.raw(`${table}.valid_from <= ${version} and (${table}.valid_to is null or ${table}.valid_to > ${version})`)
  return Prisma.sql`w.creators, w.kind,
    array(select i.scheme || ' ' || i.value from work_identifier i
      where i.catalogue_id = w.catalogue_id and i.work_id = w.work_id and ${now('i')} order by i.scheme, i.value) as identifiers,
    array(select l.canonical_url from work_location l
      where l.catalogue_id = w.catalogue_id and l.work_id = w.work_id and ${now('l')} order by l.canonical_url) as locations`
}

// A work is withdrawn from all measures at once.
function remaining({ id }: Cited): Prisma.Sql {
  return Prisma.sql`not exists (select from outcome_cell c
    where c.notice_id = ${id}::uuid and c.work_id = w.work_id and c.outcome = 'withdrawn')`
}

async function* worksOf<Work extends CitedWork>(
  read: Read,
  { scope }: Cited,
  columns: Columns<Work>,
  only: Prisma.Sql = Prisma.sql`true`,
): AsyncGenerator<Work> {
  const { id, catalogueId, version, kind } = scope
  const listed =
    kind === 'all'
      ? Prisma.sql`true`
      : Prisma.sql`exists (select from notice_scope_work x where x.scope_id = ${id}::uuid and x.work_id = w.work_id)`
  let after: string | null = null
  for (;;) {
    const from: Prisma.Sql = after === null ? Prisma.sql`true` : Prisma.sql`w.work_id > ${after}::uuid`
    const works = await read(
      (tx) => tx.$queryRaw<Work[]>`
        select w.work_id as "workId", w.external_id as "externalId", w.title, w.year, ${columns} from work w
        where w.catalogue_id = ${catalogueId}::uuid and w.valid_from <= ${version} and (w.valid_to is null or w.valid_to > ${version})
          and ${listed} and ${only} and ${from} order by w.work_id limit ${worksAtOnce}`,
    )
    yield* works
    after = works.at(-1)?.workId ?? null
    if (works.length < worksAtOnce) return
  }
}
