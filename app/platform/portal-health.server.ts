import { now } from './clock.server.ts'
import { withNobody } from './db.server.ts'

/** One number about the portal as a whole: no name, no address, no word of anybody. */
export type HealthLine = { name: string; label: string | null; value: number }

/** How long mails and jobs wait, how many failed, and how old each heartbeat is. */
export function findHealth(): Promise<HealthLine[]> {
  return withNobody(
    (tx) => tx.$queryRaw<HealthLine[]>`select name, label, value from portal_health(${now()}::timestamptz)`,
  )
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
