import type { BulkConnection } from '#app/platform/bulk.server.ts'
import type { ImportTally } from './import-tally.ts'
import { compareRows, lockCatalogue, mergeRows, type ImportCounts, type Merge } from './merge-rows.server.ts'
import { stageRows, type Staging } from './stage-rows.server.ts'

/** What an import did, or would do. Every row counts once: rows = added + changed + unchanged + rejected. */
export type ImportResult = {
  rows: number
  counts: ImportCounts
  rejected: number
  tally: ImportTally
  /** The new version; `null` when nothing changed or nothing was to be saved. */
  version: number | null
}

/**
 * Imports a file into a catalogue in the transaction of `connection`. An import that changes nothing makes no version.
 *
 * @param how.isDryRun counts only, and changes nothing
 * @throws if the catalogue is not open to whoever asks
 */
export async function importRows(
  connection: BulkConnection,
  how: Staging & Omit<Merge, 'rejected'> & { isDryRun: boolean },
): Promise<ImportResult> {
  const tally = await stageRows(connection, how)
  const rejected = tally.rejects.size
  const from = how.isDryRun ? 0 : await lockCatalogue(connection, how.catalogueId)
  const counts = await compareRows(connection, how)
  const hasChange = counts.added + counts.changed + counts.removed > 0
  const version = how.isDryRun || !hasChange ? null : await mergeRows(connection, { ...how, rejected }, from, counts)
  return { rows: tally.rows, counts, rejected, tally, version }
}
