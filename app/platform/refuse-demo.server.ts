import { setTimeout as wait } from 'node:timers/promises'
import type { Transaction } from './db.server.ts'
import { env } from './env.server.ts'
import { log } from './log.server.ts'

type Within = <T>(fn: (tx: Transaction) => Promise<T>) => Promise<T>

/** Why a production does not run on the data of the demo. */
export const demoRefusal =
  'This database holds the people of the demo, whose password everyone knows. Production needs one of its own.'

/**
 * Ends a process of a production that finds the people of the demo. While the database is out it is asked again: until it
 * answers nobody signs in either.
 *
 * @param within how this process asks the database
 */
export async function refuseDemo(within: Within, end: () => void = () => process.exit(1)): Promise<void> {
  const { NODE_ENV, CAVEAT_DEMO } = env()
  if (NODE_ENV !== 'production' || CAVEAT_DEMO) return
  for (;;) {
    try {
      const [row] = await within((tx) => tx.$queryRaw<{ found: boolean }[]>`select holds_demo_people() as found`)
      if (row?.found !== true) return
      log.fatal(demoRefusal)
      return end()
    } catch (error) {
      log.warn({ err: error }, 'the database could not be asked whether it is that of the demo')
      await wait(5_000, undefined, { ref: false })
    }
  }
}
