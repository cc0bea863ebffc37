import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'

/** Rows to be copied: those of `table` that `which` names, as a condition in SQL. */
export type Rows = { table: string; which: string }

/**
 * Seconds that PostgreSQL takes for the same rows when they come ready made: one COPY a table, into an empty one with the
 * same indexes, in one transaction on one connection.
 */
export async function bareCopySeconds(adminUrl: string, all: readonly Rows[]): Promise<number> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    const ready = new Map<string, Buffer>()
    for (const { table, which } of all) {
      ready.set(table, await buffer(admin.query(copyTo(`copy (select * from ${table} where ${which}) to stdout`))))
      await admin.query(`create table bare_${table} (like ${table} including indexes including defaults)`)
    }
    const begun = performance.now()
    await admin.query('begin')
    for (const [table, bytes] of ready)
      await pipeline(Readable.from([bytes]), admin.query(copyFrom(`copy bare_${table} from stdin`)))
    await admin.query('commit')
    const seconds = (performance.now() - begun) / 1000
    for (const { table } of all) await admin.query(`drop table bare_${table}`)
    return seconds
  } finally {
    await admin.end()
  }
}
