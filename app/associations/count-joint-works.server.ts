import { now } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'

/**
 * Counts, for each association whose mandates or catalogues have changed, the works that several members claim. In the
 * worker process; run it as often as you like, by as many as you like.
 *
 * @returns for how many it was counted
 */
export async function countJointWorks(): Promise<number> {
  const at = now()
  const due = await withWorker(
    (tx) => tx.$queryRaw<{ id: string }[]>`select id from uncounted_associations(${at}) as u (id)`,
  )
  let counted = 0
  for (const { id } of due) {
    const [row] = await withWorker(
      (tx) => tx.$queryRaw<[{ done: boolean }]>`select count_joint_works(${id}::uuid, ${at}) as done`,
    )
    if (row.done) counted += 1
  }
  return counted
}

/**
 * Counts, for each association whose notices have changed too, the works that are named to each vendor, joint ones once.
 * After `countJointWorks`, in the worker process.
 *
 * @returns for how many it was counted
 */
export async function countVendorWorks(): Promise<number> {
  const at = now()
  const due = await withWorker(
    (tx) => tx.$queryRaw<{ id: string }[]>`select id from uncounted_vendor_works(${at}) as u (id)`,
  )
  let counted = 0
  for (const { id } of due) {
    const [row] = await withWorker(
      (tx) => tx.$queryRaw<[{ done: boolean }]>`select count_vendor_works(${id}::uuid, ${at}) as done`,
    )
    if (row.done) counted += 1
  }
  return counted
}
