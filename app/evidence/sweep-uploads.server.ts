import { now } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { listNamed, removeNamed } from '#app/platform/objects.server.ts'
import { partName } from './find-uploads.server.ts'

/** Uploads can be gone on with for so many days. */
const keptDays = 7
const atOnce = 50

/**
 * Forgets uploads that nobody touched for a week. Their parts go first: a sweep that is killed begins again.
 *
 * @returns how many
 */
export async function sweepUploads(): Promise<number> {
  const before = new Date(now().getTime() - keptDays * 86_400_000)
  const stale = await withWorker((tx) =>
    tx.evidenceUpload.findMany({
      where: { updatedAt: { lt: before } },
      orderBy: { updatedAt: 'asc' },
      take: atOnce,
      select: { id: true, parts: true },
    }),
  )
  for (const { id, parts } of stale) {
    for (const part of parts) await removeNamed(partName(id, part))
    await withWorker((tx) => tx.evidenceUpload.deleteMany({ where: { id, updatedAt: { lt: before } } }))
  }
  return stale.length
}

/** A part that was not counted within so many hours of the machine's clock is counted by nobody any more. */
const countedWithinHours = 24

/**
 * Forgets parts that no upload counts: their process was killed between keeping and counting them, or between forgetting an
 * upload and its parts.
 *
 * @returns how many
 */
export async function sweepLooseParts(): Promise<number> {
  // Files bear the machine's time, whatever the portal's clock says.
  const before = Date.now() - countedWithinHours * 3_600_000
  let removed = 0
  for await (const { path, writtenAt } of listNamed('uploads')) {
    const [, uploadId, part] = /^uploads\/([0-9a-f-]{36})\/([0-9a-f-]{36})$/u.exec(path) ?? []
    if (uploadId === undefined || part === undefined || writtenAt >= before) continue
    const counted = await withWorker((tx) => tx.evidenceUpload.count({ where: { id: uploadId, parts: { has: part } } }))
    if (counted > 0) continue
    await removeNamed(path)
    removed += 1
  }
  return removed
}
