import { now } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { removeNamed } from '#app/platform/objects.server.ts'
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
