import { now } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { removeNamed } from '#app/platform/objects.server.ts'
import { exportFile } from './run-export.server.ts'

const atOnce = 100

/** Removes the files of exports whose days are over, or whose person was erased. Returns how many. */
export async function sweepExports(): Promise<number> {
  const due = await withWorker(
    (tx) => tx.$queryRaw<{ id: string }[]>`
      select e.id from data_export e join person p on p.id = e.requested_by
      where e.removed_at is null and e.status = 'done'
        and (e.expires_at < ${now()} or e.organisation_id is null and p.erased_at is not null) limit ${atOnce}`,
  )
  for (const { id } of due) {
    await removeNamed(exportFile(id))
    await withWorker((tx) => tx.dataExport.updateMany({ where: { id }, data: { removedAt: now() } }))
  }
  return due.length
}
