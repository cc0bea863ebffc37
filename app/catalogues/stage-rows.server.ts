import { hash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import type { BulkConnection } from '#app/platform/bulk.server.ts'
import { newId } from '#app/platform/id.ts'
import type { CsvRow } from './formats/csv.server.ts'
import type { TableForm } from './formats/table-form.ts'
import { readTable, type OpenFile } from './formats/table.server.ts'
import type { SheetNotes } from './formats/xlsx.server.ts'
import { countRow, emptyTally, type ImportTally } from './import-tally.ts'
import type { Mapping } from './mapping.ts'
import { readRow } from './read-row.ts'
import { hashText, searchText, type WorkContent } from './work-content.ts'

/** How rows are read, and who is told how far it is. */
export type Staging = {
  open: OpenFile
  form: TableForm
  mapping: Mapping
  /** Called every thousand rows; what it throws ends the reading. */
  onRows: (rows: number) => Promise<void>
}

/** The columns of the staging tables, in the order of `stagedValues`. */
export const stagingColumns = [
  'line',
  'external_id',
  'by_content',
  'work_id',
  'title',
  'titles',
  'kind',
  'creators',
  'year',
  'released_on',
  'released_precision',
  'rights',
  'search_text',
  'row_sha256',
  'identifiers',
  'locations',
] as const

const flushCharacters = 64 * 1024

/**
 * Reads a file into the temporary table `incoming`, one row for each work that can be read. COPY is refused on tables
 * with row-level security, so the merge goes from there.
 */
export async function stageRows(connection: BulkConnection, staging: Staging): Promise<ImportTally> {
  await createStagingTable(connection, 'incoming')
  const tally = emptyTally()
  const copy = connection.query(copyFrom(`copy incoming (${stagingColumns.join(', ')}) from stdin`))
  await pipeline(Readable.from(copyText(staging, tally)), copy)
  await settleIdentities(connection, tally)
  return tally
}

/** Makes an empty temporary table for works that are to be merged; it goes with the transaction. */
export async function createStagingTable(connection: BulkConnection, name: 'incoming' | 'starting'): Promise<void> {
  await connection.query(`create temporary table ${name} (
    line integer, external_id text, by_content boolean, work_id uuid, title text, titles jsonb, kind text, creators text,
    year integer, released_on date, released_precision text, rights jsonb, search_text text, row_sha256 text,
    identifiers jsonb, locations jsonb) on commit drop`)
}

/** Every row of a file after its headings. */
export async function* dataRows({
  open,
  form,
  notes,
}: Pick<Staging, 'open' | 'form'> & { notes?: SheetNotes | undefined }): AsyncGenerator<CsvRow> {
  let isHead = true
  for await (const row of readTable(open, form, notes)) {
    // A row of empty cells is how spreadsheets end a file.
    if (!isHead && (!('cells' in row) || row.cells.some((cell) => cell.trim() !== ''))) yield row
    isHead = false
  }
}

async function* copyText(staging: Staging, tally: ImportTally): AsyncGenerator<string> {
  let text = ''
  for await (const row of dataRows(staging)) {
    text += stagedLine(row, staging.mapping, tally)
    if (tally.rows % 1000 === 0) await staging.onRows(tally.rows)
    if (text.length > flushCharacters) {
      yield text
      text = ''
    }
  }
  if (text !== '') yield text
}

function stagedLine(row: CsvRow, mapping: Mapping, tally: ImportTally): string {
  if (!('cells' in row)) {
    countRow(tally, row.line, [], 'unreadable')
    return ''
  }
  const reading = readRow(row.cells, mapping)
  countRow(tally, row.line, reading.warnings, reading.read ? undefined : reading.because)
  if (!reading.read) return ''
  const { work, externalId } = reading
  const identity = externalId ?? `row:${sha256(JSON.stringify(row.cells)).slice(0, 32)}`
  const known = { line: row.line, externalId: identity, byContent: externalId === undefined, workId: newId() }
  return `${stagedValues(known, work, externalId).map(copyCell).join('\t')}\n`
}

/** A work as a row of a staging table. `shownId` is the owner's own number, which is searched too. */
export function stagedValues(
  known: { line: number; externalId: string; byContent: boolean; workId: string },
  work: WorkContent,
  shownId: string | undefined,
): unknown[] {
  return [
    known.line,
    known.externalId,
    known.byContent,
    known.workId,
    work.title,
    work.titles,
    work.kind,
    work.creators,
    work.year,
    work.released?.on,
    work.released?.precision,
    work.rights,
    searchText(work, shownId),
    sha256(hashText(work)),
    work.identifiers,
    work.locations.map(({ kind, url, key }) => ({ kind, url, key: sha256(key) })),
  ]
}

// A row known by its content is told from its twins by its place among them. Of an external id, the first row counts.
async function settleIdentities(connection: BulkConnection, tally: ImportTally): Promise<void> {
  await connection.query(`update incoming set external_id = i.external_id || ':' || n from (
    select line as twin, external_id, row_number() over (partition by external_id order by line) as n from incoming where by_content) i
    where line = twin`)
  const { rows } = await connection.query<{ line: number }>(`delete from incoming using (
      select line as again, row_number() over (partition by external_id order by line) as n from incoming) r
    where line = again and n > 1 returning line`)
  for (const { line } of rows) tally.rejects.set(line, 'repeated-id')
  await connection.query('create unique index on incoming (external_id)')
  await connection.query('analyze incoming (external_id)')
}

function copyCell(value: unknown): string {
  if (value === undefined || value === null) return String.raw`\N`
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.replaceAll(/[\\\t\n\r]/gu, (character) => escapes[character] ?? character)
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function sha256(text: string): string {
  return hash('sha256', text, 'hex')
}
