import { bareCopySeconds } from './bare-copy.ts'
import { multiply } from './multiply.ts'
import type { Result } from './result.ts'
import { fileAndAnswer } from './scale-world.ts'
import { openGround } from './world.ts'

const patterns = { vendors: 100, filings: 2 }
const notices = 20_000
const tables = [
  'filing',
  'notice',
  'notice_event',
  'event_person',
  'notice_measure',
  'notice_basis',
  'clock',
  'work',
] as const

/**
 * Notices per second with which the large worlds of benches are filled, with all their rows, works and indexes.
 * Floor: the same rows, ready made, by COPY.
 */
export async function seed(): Promise<Result> {
  const ground = await openGround()
  try {
    await fileAndAnswer(ground, patterns)
    const begun = performance.now()
    await multiply(ground, { notices, works: notices * 2, otherHolders: 10 })
    const seconds = (performance.now() - begun) / 1000
    const bare = await bareCopySeconds(
      ground.adminUrl,
      tables.map((table) => ({ table, which: 'true' })),
    )
    return { value: notices / seconds, unit: 'notices/s', limit: notices / bare, runs: notices }
  } finally {
    await ground.close()
  }
}
