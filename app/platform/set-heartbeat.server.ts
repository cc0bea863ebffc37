import { now } from './clock.server.ts'
import { withNobody } from './db.server.ts'
import { keepDoing, type Rounds } from './rounds.server.ts'

/** Says every half minute that this process is there; the worker's sweep misses one that has gone. */
export function keepHeartbeat(process: 'web' | 'mail'): Rounds {
  return keepDoing('heartbeat', 30_000, async () => {
    await withNobody((tx) => tx.$executeRaw`select set_heartbeat(${process}, ${now()}::timestamptz)`)
  })
}
