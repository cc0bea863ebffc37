import { Prisma } from '#app/generated/prisma/client.ts'
import { now } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'

/**
 * Counts, for each association whose mandates or catalogues have changed, the works that several members claim. In the
 * worker process; run it as often as you like, by as many as you like.
 *
 * @returns for how many it was counted
 */
export function countJointWorks(): Promise<number> {
  return countEach({ due: Prisma.sql`uncounted_associations`, count: Prisma.sql`count_joint_works` })
}

/**
 * Counts, for each association whose notices have changed too, the works that are named to each vendor, joint ones once.
 * After `countJointWorks`, in the worker process.
 *
 * @returns for how many it was counted
 */
export function countVendorWorks(): Promise<number> {
  return countEach({ due: Prisma.sql`uncounted_vendor_works`, count: Prisma.sql`count_vendor_works` })
}

// Each in a transaction of its own: a count that is killed leaves the others.
async function countEach({ due, count }: { due: Prisma.Sql; count: Prisma.Sql }): Promise<number> {
  const at = now()
  const waiting = await withWorker((tx) => tx.$queryRaw<{ id: string }[]>`select id from ${due}(${at}) as u (id)`)
  let counted = 0
  for (const { id } of waiting) {
    const [row] = await withWorker(
      (tx) => tx.$queryRaw<[{ done: boolean }]>`select ${count}(${id}::uuid, ${at}) as done`,
    )
    if (row.done) counted += 1
  }
  return counted
}
