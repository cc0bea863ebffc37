import { Client } from 'pg'
import { now } from './clock.server.ts'
import { databaseUrl } from './database-urls.server.ts'

/** A connection of its own for COPY and long set-based work: what pg offers, inside one transaction. */
export type BulkConnection = Client

/** Who asks: a person, whom row-level security shows and lets change only what is theirs, or the worker. */
export type BulkAsker = { personId: string } | 'worker'

/**
 * Runs `work` in one transaction on a connection of its own: committed when it ends, undone when it throws.
 *
 * @param asker the worker sees everything, so the caller has authorised the act before
 */
export async function withBulkConnection<T>(
  asker: BulkAsker,
  work: (connection: BulkConnection) => Promise<T>,
): Promise<T> {
  const connection = new Client({ connectionString: databaseUrl(asker === 'worker' ? 'worker' : 'app') })
  // A broken connection fails the query under way; without a listener it would end the process.
  connection.on('error', () => undefined)
  await connection.connect()
  try {
    await connection.query('begin')
    await connection.query(`select set_config('caveat.now', $1, true)`, [now().toISOString()])
    if (asker !== 'worker') await connection.query(`select set_config('caveat.person', $1, true)`, [asker.personId])
    const result = await work(connection)
    await connection.query('commit')
    return result
  } finally {
    // Closing without a commit undoes everything.
    await connection.end()
  }
}
