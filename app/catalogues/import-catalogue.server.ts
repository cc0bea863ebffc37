import { mayDo, isRole } from '#app/accounts/roles.ts'
import { type BulkConnection, withBulkConnection } from '#app/platform/bulk.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, withWorker } from '#app/platform/db.server.ts'
import { readObject } from '#app/platform/objects.server.ts'
import { findImport, type FoundImport } from './find-import.server.ts'
import { finishImport, oweFailureMail } from './finish-import.server.ts'
import { importRows } from './import-rows.server.ts'
import type { ImportFailure } from './import-failure.ts'
import { faultOf, type Mapping } from './mapping.ts'
import type { TableForm } from './formats/table-form.ts'
import { WorkbookFaultError } from './formats/workbook-fault.ts'
import { keepRejects } from './write-rejects.server.ts'

class StopRequestedError extends Error {
  override name = 'StopRequestedError'
}

/** One try of a job. An outage is told to people when it is the last; before, the job simply waits for its next try. */
export type ImportTry = { importId: string; personId: string; isLastTry?: boolean }

type Ready = FoundImport & { mapping: Mapping; form: TableForm }

const millisecondsBetweenReports = 700

/**
 * Does an import that was queued: as its requester, authorised again, in one transaction with the new version and the
 * mail that says so. Run twice, it finds that it is done; killed halfway, nothing of it stays and it starts anew.
 */
export async function importCatalogue({ importId, personId, isLastTry = true }: ImportTry): Promise<void> {
  const found = await withPerson(personId, (tx) => findImport(tx, importId))
  if (found === null) return fail(importId, 'not-allowed')
  // A failed one comes here again when the operator tries its job once more.
  if (found.status === 'done' || found.status === 'stopped' || found.status === 'mapping') return
  if (!(await mayStillImport(personId, found.organisationId))) return fail(importId, 'not-allowed')
  if (found.mapping === null || found.form === null || faultOf(found.mapping) !== undefined)
    return fail(importId, 'no-title')
  await withPerson(personId, (tx) =>
    tx.catalogueImport.updateMany({
      where: { id: importId },
      data: { status: 'running', startedAt: now(), rowsRead: 0 },
    }),
  )
  try {
    await run({ ...found, mapping: found.mapping, form: found.form }, personId)
  } catch (error) {
    if (error instanceof StopRequestedError) return stop(importId, personId)
    if (error instanceof WorkbookFaultError) return fail(importId, error.because)
    await (isLastTry ? fail(importId, 'outage') : waitAgain(importId))
    throw new Error(`Importing ${found.fileName} into catalogue ${found.catalogueId} failed`, { cause: error })
  }
}

async function run(found: Ready, personId: string): Promise<void> {
  const open = () => readObject(found.fileSha256)
  await withBulkConnection({ personId }, async (connection) => {
    const result = await importRows(connection, {
      open,
      form: found.form,
      mapping: found.mapping,
      catalogueId: found.catalogueId,
      replaceMissing: found.replaceMissing,
      isDryRun: false,
      madeBy: personId,
      source: { name: found.fileName, sha256: found.fileSha256 },
      onRows: reporter(found.id, personId),
    })
    await heedStop(connection, found.id)
    const { rows } = await connection.query<{ locale: 'en' | 'ja' }>('select locale from person where id = $1', [
      personId,
    ])
    const { rejects } = result.tally
    const rejectsSha256 =
      rejects.size === 0
        ? null
        : await keepRejects({
            open,
            form: found.form,
            mapping: found.mapping,
            rejects,
            locale: rows[0]?.locale ?? 'en',
          })
    await finishImport(connection, { importId: found.id, result, rejectsSha256 })
  })
}

// Nothing is kept yet: whoever asked for a stop meanwhile gets it, also when the last rows went by quickly.
async function heedStop(connection: BulkConnection, importId: string): Promise<void> {
  const { rows } = await connection.query<{ stop: boolean }>(
    'select stop_requested as stop from catalogue_import where id = $1',
    [importId],
  )
  if (rows[0]?.stop === true) throw new StopRequestedError(`Import ${importId} is to stop`)
}

/** Tells on the import's own row how far it is, and whether somebody wants it to stop. */
function reporter(importId: string, personId: string): (rows: number) => Promise<void> {
  let reportedAt = performance.now()
  return async (rows) => {
    if (performance.now() - reportedAt < millisecondsBetweenReports) return
    reportedAt = performance.now()
    const state = await withPerson(personId, (tx) =>
      tx.catalogueImport.update({ where: { id: importId }, data: { rowsRead: rows }, select: { stopRequested: true } }),
    )
    if (state.stopRequested) throw new StopRequestedError(`Import ${importId} is to stop`)
  }
}

async function mayStillImport(personId: string, organisationId: string): Promise<boolean> {
  const membership = await withPerson(personId, (tx) =>
    tx.membership.findFirst({ where: { personId, organisationId }, select: { role: true } }),
  )
  return isRole(membership?.role) && mayDo(membership.role, 'edit-catalogues')
}

async function stop(importId: string, personId: string): Promise<void> {
  await withPerson(personId, (tx) =>
    tx.catalogueImport.updateMany({
      where: { id: importId, status: 'running' },
      data: { status: 'stopped', finishedAt: now(), stopRequested: false },
    }),
  )
}

/** Says that an import was given up, on its page and by mail: nothing of it was imported. */
export function failImport(importId: string): Promise<void> {
  return fail(importId, 'outage')
}

async function waitAgain(importId: string): Promise<void> {
  await withWorker((tx) =>
    tx.catalogueImport.updateMany({
      where: { id: importId, status: 'running' },
      data: { status: 'queued', rowsRead: 0 },
    }),
  )
}

// As the worker: somebody who lost their role may not even write that it failed.
async function fail(importId: string, failure: ImportFailure): Promise<void> {
  await withWorker(async (tx) => {
    const { count } = await tx.catalogueImport.updateMany({
      where: { id: importId, status: { in: ['queued', 'running'] } },
      data: { status: 'failed', failure, finishedAt: now() },
    })
    if (count === 1) await oweFailureMail(tx, importId, failure)
  })
}
