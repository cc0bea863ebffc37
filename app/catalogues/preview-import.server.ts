import { withBulkConnection } from '#app/platform/bulk.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, withWorker } from '#app/platform/db.server.ts'
import { readObject } from '#app/platform/objects.server.ts'
import { describeFile } from './describe-file.server.ts'
import { findImport, formColumns } from './find-import.server.ts'
import { WorkbookFaultError } from './formats/workbook-fault.ts'
import { countSheets, noNotes } from './formats/xlsx.server.ts'
import type { ImportFailure } from './import-failure.ts'
import { rejectsByReason, type ImportPreview } from './import-preview.ts'
import { importRows } from './import-rows.server.ts'
import { faultOf, proposeMapping, withIdentity, type Mapping } from './mapping.ts'
import { profileFile } from './profile-file.server.ts'

// About a second of reading; a larger file is the worker's.
const waitedForBytes = 2 * 2 ** 20

/** Whether a file of this size is read while the person waits. */
export function isWaitedFor(bytes: number): boolean {
  return bytes <= waitedForBytes
}

/**
 * Reads the file of an import that is being mapped, and counts what importing it would do. Nothing of the catalogue
 * changes. Without a mapping yet, one is proposed; a mapping without a title column counts no rows.
 *
 * @param who.personId the requester, who is authorised again by what the database lets them see
 */
export async function previewImport(asked: { importId: string; personId: string }): Promise<void> {
  try {
    await readAndCount(asked)
  } catch (error) {
    if (!(error instanceof WorkbookFaultError)) throw error
    await failPreview(asked.importId, error.because)
  }
}

async function readAndCount({ importId, personId }: { importId: string; personId: string }): Promise<void> {
  const found = await withPerson(personId, (tx) => findImport(tx, importId))
  if (found === null || found.status !== 'mapping') return
  const open = () => readObject(found.fileSha256)
  const file = await describeFile(open, found.form ?? {})
  if (!file.readable) throw new Error(`The file of import ${importId} is no longer readable: ${file.because}`)
  const notes = noNotes()
  const profile = await profileFile({ open, ...file, notes })
  const isSameHead = found.mapping?.columns.length === profile.columns.length
  const mapping =
    found.mapping !== null && isSameHead
      ? withIdentity(found.mapping, profile.columns)
      : proposeMapping(profile.columns, found.fileName)
  const counted =
    faultOf(mapping) === undefined ? await dryRun(found, { open, form: file.form, mapping, personId }) : undefined
  const preview: ImportPreview = {
    columns: profile.columns,
    counts: counted?.counts ?? { rows: profile.rows, added: 0, changed: 0, unchanged: 0, removed: 0, rejected: 0 },
    warnings: counted?.warnings ?? {},
    rejects: counted?.rejects ?? [],
    ...('sheet' in file.form && { workbook: { sheets: [...(await countSheets(open()))], notes } }),
  }
  await withPerson(personId, (tx) =>
    tx.catalogueImport.updateMany({
      where: { id: importId, status: 'mapping' },
      data: { mapping, preview, rowsTotal: profile.rows, ...formColumns(file.form) },
    }),
  )
}

/** As a job: a preview whose last try failed says so on the page of its import. */
export async function previewImportJob(job: { importId: string; personId: string; isLastTry: boolean }): Promise<void> {
  try {
    await previewImport(job)
  } catch (error) {
    if (job.isLastTry) await failPreview(job.importId, 'outage')
    throw new Error(`Reading the file of import ${job.importId} failed`, { cause: error })
  }
}

/** Says on the page of an import that its file was not read. */
export async function failPreview(importId: string, failure: ImportFailure): Promise<void> {
  await withWorker((tx) =>
    tx.catalogueImport.updateMany({
      where: { id: importId, status: 'mapping' },
      data: { status: 'failed', failure, finishedAt: now() },
    }),
  )
}

type DryRun = { open: () => ReturnType<typeof readObject>; mapping: Mapping; personId: string } & Pick<
  Parameters<typeof profileFile>[0],
  'form'
>

async function dryRun(
  found: { catalogueId: string; replaceMissing: boolean },
  { open, form, mapping, personId }: DryRun,
): Promise<Pick<ImportPreview, 'counts' | 'warnings' | 'rejects'>> {
  const { catalogueId, replaceMissing } = found
  const result = await withBulkConnection({ personId }, (connection) =>
    importRows(connection, {
      open,
      form,
      mapping,
      catalogueId,
      replaceMissing,
      isDryRun: true,
      madeBy: personId,
      source: null,
      onRows: () => Promise.resolve(),
    }),
  )
  return {
    counts: { rows: result.rows, ...result.counts, rejected: result.rejected },
    warnings: result.tally.warnings,
    rejects: rejectsByReason(result.tally.rejects),
  }
}
