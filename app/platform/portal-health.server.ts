import { statfs } from 'node:fs/promises'
import { now } from './clock.server.ts'
import { withNobody } from './db.server.ts'
import { env } from './env.server.ts'

/** One number about the portal as a whole: no name, no address, no word of anybody. */
export type HealthLine = { name: string; label: string | null; value: number }

/** How long mails and jobs wait, how many failed, and how old each heartbeat is. */
export function findHealth(): Promise<HealthLine[]> {
  return withNobody(
    (tx) => tx.$queryRaw<HealthLine[]>`select name, label, value from portal_health(${now()}::timestamptz)`,
  )
}

/** How much room the portal's own disk has left: database, and files where they lie on it. */
export async function findDisk(): Promise<HealthLine[]> {
  const { bavail, blocks, bsize } = await statfs(env().DATA_DIR)
  return [
    { name: 'caveat_disk_free_bytes', label: null, value: bavail * bsize },
    { name: 'caveat_disk_bytes', label: null, value: blocks * bsize },
  ]
}

/** The same as Prometheus text. */
export function healthText(lines: readonly HealthLine[]): string {
  const byName = Map.groupBy(lines, ({ name }) => name)
  return [...byName]
    .map(([name, each]) => {
      const label = name === 'caveat_heartbeat_age_seconds' ? 'process' : 'status'
      const values = each.map(
        (line) => `${name}${line.label === null ? '' : `{${label}="${line.label}"}`} ${line.value}`,
      )
      return [`# TYPE ${name} gauge`, ...values].join('\n')
    })
    .join('\n')
    .concat('\n')
}
