import { renameSync, writeFileSync } from 'node:fs'
import { expect, sql } from './portal.ts'

/** Moves the clocks of all processes of the portal under test to an instant; they run on from there. */
function moveClockTo(instant: Date): void {
  const file = process.env['CAVEAT_CLOCK'] ?? ''
  writeFileSync(`${file}.part`, String(instant.getTime() - Date.now()))
  renameSync(`${file}.part`, file)
}

/**
 * Lets time pass until an instant: every date that has come is looked at by the worker, and then the two minutes in
 * which mails of one morning are gathered.
 */
export async function passTimeTo(instant: Date): Promise<void> {
  moveClockTo(instant)
  await expect
    .poll(
      async () => {
        await sql(`select pg_notify('caveat_wake', 'dates')`)
        // The round that looked at all dates owes the summaries too: one that began since has passed.
        const rows = await sql(
          `select from heartbeat where name = 'dates' and at >= $1 and not exists (select from clock where look_at <= $1)`,
          [instant],
        )
        return rows.length
      },
      { timeout: 60_000 },
    )
    .toBe(1)
  moveClockTo(new Date(instant.getTime() + 2 * 60_000))
}
