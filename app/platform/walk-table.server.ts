import type { Transaction } from './db.server.ts'

/** The walks there are: each through one table. */
export type Walk = 'duties' | 'links'

/** Rows whose ids lie behind `after` and not behind `upTo`. */
export type Part = { after: string; upTo: string }

/** Before all ids, and behind all of them. */
export const endsOfIds = {
  first: '00000000-0000-0000-0000-000000000000',
  last: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
} as const

/**
 * The next part of a table that is too large to be read at once. The place is written in the transaction that looks at
 * the part: if it fails, the next sweep looks at the same part. Of two sweeps at once the later waits, and goes on behind.
 *
 * @param findEnd the id of the last row of a part that begins behind `after`, or undefined when no full part is left
 */
export async function nextPart(
  tx: Transaction,
  walk: Walk,
  findEnd: (after: string) => Promise<string | undefined>,
): Promise<Part> {
  const { afterId: after } = await tx.sweepWalk.upsert({
    where: { name: walk },
    create: { name: walk, afterId: endsOfIds.first },
    update: { name: walk },
  })
  const end = await findEnd(after)
  await tx.sweepWalk.update({ where: { name: walk }, data: { afterId: end ?? endsOfIds.first } })
  return { after, upTo: end ?? endsOfIds.last }
}
