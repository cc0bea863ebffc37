import { setTimeout as sleep } from 'node:timers/promises'
import { env } from '#app/platform/env.server.ts'
import { isOutage } from '#app/platform/outage.ts'
import { migrate } from '#prisma/migrate.ts'

// What a process that is started by itself may lack: the schema of its database. Several may ask for it at once. Where
// DATABASE_URL is absent the roles were given, none of which may change a schema.

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})

async function main(): Promise<void> {
  const { DATABASE_URL, DATABASE_APP_URL, DATABASE_WORKER_URL } = env()
  if (DATABASE_URL !== undefined) {
    const applied = await migrateOnceThere(DATABASE_URL)
    if (applied.length > 0) process.stderr.write(`Applied ${applied.length} migrations\n`)
  } else if (DATABASE_APP_URL === undefined && DATABASE_WORKER_URL === undefined) {
    throw new Error('No database: set DATABASE_URL, or start through `npm start`, which starts the embedded one.')
  }
}

async function migrateOnceThere(url: string): Promise<string[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await migrate(url)
    } catch (error) {
      if (!isOutage(error) || tries === 30) throw error
      if (tries === 1) process.stderr.write('The database does not answer yet; waiting for it.\n')
      await sleep(2_000)
    }
  }
}
