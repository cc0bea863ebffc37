import { createReadStream } from 'node:fs'
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { findCatalogueNamed } from '#app/catalogues/create-catalogue.server.ts'
import { mostColumns } from '#app/catalogues/formats/headings.ts'
import { describeFile, type FileFault } from '#app/catalogues/describe-file.server.ts'
import { fields, isField } from '#app/catalogues/fields.ts'
import type { TableForm } from '#app/catalogues/formats/table-form.ts'
import { readEncoding, textEncodings } from '#app/catalogues/formats/text-encoding.ts'
import type { ColumnProfile } from '#app/catalogues/guess-columns.ts'
import { importRows, type ImportResult } from '#app/catalogues/import-rows.server.ts'
import { warningCounts } from '#app/catalogues/import-tally.ts'
import { faultOf, proposeMapping, withIdentity, type Mapping } from '#app/catalogues/mapping.ts'
import { profileFile } from '#app/catalogues/profile-file.server.ts'
import { rejectLines } from '#app/catalogues/write-rejects.server.ts'
import { withBulkConnection } from '#app/platform/bulk.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { newId } from '#app/platform/id.ts'
import { keepObject } from '#app/platform/objects.server.ts'
import { type Answer, BadUseError } from './answer.ts'

/** What `import` is told: `map` holds `FIELD=COLUMN`, where COLUMN is a heading or `#` and a number. */
export type ImportGiven = {
  organisation: string
  catalogue: string
  file: string
  map: readonly string[]
  encoding?: string
  /** The sheet of a workbook; the first visible one where none is named. */
  sheet?: string
  replace: boolean
  dryRun: boolean
}

type Source = { open: () => ReturnType<typeof createReadStream>; path: string; form: TableForm; headings: string[] }

const sampleRows = 5000
const mostBytes = 2 ** 40

/** `import`: a CSV file or a sheet of a workbook into a catalogue of an organisation, made if it is new; columns are guessed but for those mapped. */
export async function importCommand(given: ImportGiven): Promise<Answer> {
  const started = performance.now()
  const organisation = await withWorker((tx) =>
    tx.organisation.findUnique({ where: { slug: given.organisation }, select: { id: true } }),
  )
  if (organisation === null) throw new BadUseError(`No organisation ${given.organisation}.`)
  const source = await openSource(given)
  const mapping = await mappingFor(source, given.map)
  const catalogueId = await catalogueOf(organisation.id, given)
  const result = await runImport({ source, mapping, catalogueId, given })
  const rejectsFile = result.rejected === 0 ? null : await writeRejects(source, mapping, result)
  return answerOf(result, rejectsFile, (performance.now() - started) / 1000)
}

async function openSource(given: ImportGiven): Promise<Source> {
  const path = resolve(given.file)
  const found = await stat(path).catch(() => null)
  if (found === null || !found.isFile()) throw new BadUseError(`There is no file ${path}.`)
  const encoding = given.encoding === undefined ? undefined : readEncoding(given.encoding)
  if (given.encoding !== undefined && encoding === undefined) {
    throw new BadUseError(`No such encoding: ${given.encoding}. There are ${textEncodings.join(', ')}.`)
  }
  const open = () => createReadStream(path)
  const file = await describeFile(open, { encoding, sheet: given.sheet })
  if (!file.readable) throw new BadUseError(`${path} cannot be imported: ${faultWords[file.because]}`)
  if (given.sheet !== undefined && !('sheet' in file.form && file.form.sheet === given.sheet)) {
    throw new BadUseError(`${path} has no sheet ${given.sheet}.`)
  }
  return { open, path, form: file.form, headings: file.headings }
}

const faultWords: Readonly<Record<FileFault, string>> = {
  empty: 'the file is empty.',
  xls: 'it is an old Excel or Office file. Save the sheet as .xlsx or CSV UTF-8.',
  xlsb: 'it is a binary Excel workbook. Save it as .xlsx or CSV UTF-8.',
  ods: 'it is an OpenDocument file. Save the sheet as .xlsx or CSV UTF-8.',
  encrypted: 'it is protected by a password. Save it without one.',
  'no-sheets': 'it has no sheet of cells.',
  'damaged-workbook': 'it is a damaged workbook.',
  'too-large-inside': 'it unpacks to more than a workbook may hold.',
  'unsafe-workbook': 'it holds parts that no workbook has.',
  'too-many-rows': 'it has more rows than a sheet can have.',
  zip: 'it is an archive. Unpack it first.',
  pdf: 'it is a PDF.',
  image: 'it is a picture.',
  xml: 'it is XML or HTML.',
  json: 'it is JSON.',
  binary: 'it is not text.',
  'too-many-columns': `its first row is too long: a file may have at most ${mostColumns} columns.`,
  'no-headings': 'its first row must name the columns.',
}

// A file whose headings name its id is not read twice; any other must be, to find a column that tells rows apart.
async function mappingFor(source: Source, map: readonly string[]): Promise<Mapping> {
  const name = basename(source.path)
  const sample = await profileFile(source, sampleRows)
  const isWhole = sample.rows < sampleRows || hasSureId(sample.columns, map)
  const { columns } = isWhole ? sample : await profileFile(source)
  const mapping = withIdentity(withChosen(proposeMapping(columns, name), map), columns)
  const fault = faultOf(mapping)
  if (fault?.because === 'no-title')
    throw new BadUseError(
      `No column is the title. Name it with --map title=COLUMN. Columns are ${source.headings.join(', ')}.`,
    )
  if (fault !== undefined) throw new BadUseError(`Two columns are ${fault.field}.`)
  return mapping
}

// Sure is what the heading says or a person; a column that merely looks unique may repeat further down.
function hasSureId(columns: readonly ColumnProfile[], map: readonly string[]): boolean {
  const byHeading = proposeMapping(
    columns.map((column) => ({ ...column, idLike: false })),
    '',
  )
  return withChosen(byHeading, map).columns.some(({ field }) => field === 'externalId')
}

function withChosen(mapping: Mapping, map: readonly string[]): Mapping {
  return map.reduce((changed, entry) => {
    const [, field = '', column = ''] = /^([^=]+)=(.+)$/u.exec(entry) ?? []
    if (!isField(field)) throw new BadUseError(`Not FIELD=COLUMN: ${entry}. Fields are ${fields.join(', ')}.`)
    const wanted = column.startsWith('#')
      ? Number(column.slice(1)) - 1
      : changed.columns.findIndex(({ header }) => header === column)
    if (changed.columns[wanted] === undefined) throw new BadUseError(`No column ${column}.`)
    const columns = changed.columns.map(({ header, field: before }, index) => ({
      header,
      field: index === wanted ? field : before === field ? null : before,
    }))
    return { ...changed, columns }
  }, mapping)
}

async function catalogueOf(organisationId: string, { catalogue: name, dryRun }: ImportGiven): Promise<string> {
  return withWorker(async (tx) => {
    const known = await findCatalogueNamed(tx, { organisationId, name })
    if (known !== null) return known
    const id = newId()
    if (!dryRun) await tx.catalogue.create({ data: { id, organisationId, name, createdAt: now() } })
    return id
  })
}

type Run = { source: Source; mapping: Mapping; catalogueId: string; given: ImportGiven }

async function runImport({ source, mapping, catalogueId, given }: Run): Promise<ImportResult> {
  const stored = given.dryRun ? null : await keepObject(source.open(), mostBytes)
  return withBulkConnection('worker', (connection) =>
    importRows(connection, {
      open: source.open,
      form: source.form,
      mapping,
      catalogueId,
      replaceMissing: given.replace,
      isDryRun: given.dryRun,
      madeBy: null,
      source: stored === null ? null : { name: basename(source.path), sha256: stored.sha256 },
      onRows: reportRows(),
    }),
  )
}

function reportRows(): (rows: number) => Promise<void> {
  let toldAt = performance.now()
  return (rows) => {
    if (performance.now() - toldAt > 1000) {
      toldAt = performance.now()
      process.stderr.write(`${rows} rows read\n`)
    }
    return Promise.resolve()
  }
}

async function writeRejects(source: Source, mapping: Mapping, { tally }: ImportResult): Promise<string> {
  const folder = join(env().DATA_DIR, 'rejected')
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${basename(source.path).replace(/\.[^.]*$/u, '')}-${newId()}.csv`)
  await writeFile(path, rejectLines({ ...source, mapping, rejects: tally.rejects, locale: 'en' }))
  return path
}

function answerOf(result: ImportResult, rejectsFile: string | null, seconds: number): Answer {
  const { rows, counts, rejected, version, tally } = result
  const warningsByKind = warningCounts(tally)
  const warnings = Object.values(warningsByKind).reduce((total, count) => total + count, 0)
  const json = {
    rows,
    ...counts,
    rejected,
    warnings,
    warningsByKind,
    rejectsFile,
    version,
    seconds: Math.round(seconds * 1000) / 1000,
    rowsPerSecond: Math.round(rows / seconds),
    peakRssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  }
  const told = Object.entries(warningsByKind).map(([kind, count]) => `${count} rows: ${kind}`)
  return {
    json,
    lines: [
      `${rows} rows: ${counts.added} added, ${counts.changed} changed, ${counts.unchanged} unchanged, ${rejected} rejected; ${counts.removed} removed.`,
      version === null ? 'No new version was made.' : `The catalogue is at version ${version}.`,
      ...told,
      ...(rejectsFile === null ? [] : [`The rejected rows are in ${rejectsFile}`]),
    ],
    someFailed: rejected > 0,
  }
}
