import { setClock } from '#app/platform/clock.server.ts'
import { endAnnexReviews } from '#app/associations/end-annex-reviews.server.ts'
import { makeCollective } from '#app/associations/make-collective.server.ts'
import { collectiveWorld } from '#test/collective-world.ts'
import type { Result } from './result.ts'
import { openGround } from './world.ts'

const goalSeconds = 60

/**
 * Seconds of the worker's time for a collective filing: the notices of every member and vendor made, and, on a line of its own,
 * queued at the end of the review. BENCH_MEMBERS and BENCH_VENDORS make it smaller; the goal shrinks with it.
 */
export async function collectiveFiling(): Promise<readonly (Result & { name: string })[]> {
  const members = Number(process.env['BENCH_MEMBERS'] ?? 1_000)
  const vendors = Number(process.env['BENCH_VENDORS'] ?? 20)
  const ground = await openGround()
  try {
    const { collectiveId } = await collectiveWorld(ground.owner, { members, vendors, works: 20 })
    const limit = (goalSeconds * members * vendors) / 20_000
    const made = await seconds(() => makeCollective(collectiveId))
    const count = await notices(ground.owner, 'awaiting_approval')
    if (count !== members * vendors) throw new Error(`${count} notices were made of ${members * vendors}`)
    setClock(new Date(Date.now() + 4 * 86_400_000))
    const released = await seconds(async () => void (await endAnnexReviews()))
    const queued = await notices(ground.owner, 'queued')
    if (queued !== count) throw new Error(`${queued} notices were queued of ${count}`)
    return [
      { name: 'collective-filing', value: made, unit: 's', limit, runs: count },
      { name: 'collective-filing: end of review', value: released, unit: 's', limit, runs: queued },
    ]
  } finally {
    setClock(null)
    await ground.close()
  }
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}

async function notices(
  owner: { query: (sql: string, values: string[]) => Promise<{ rows: unknown[] }> },
  stage: string,
) {
  const { rows } = await owner.query('select id from notice where stage = $1', [stage])
  return rows.length
}
