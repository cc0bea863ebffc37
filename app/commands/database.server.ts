import { join } from 'node:path'
import { type Cluster, createDatabase, findRunningCluster, startCluster } from '#app/platform/cluster.server.ts'
import { env, forgetEnvironment } from '#app/platform/env.server.ts'
import { migrate } from '#prisma/migrate.ts'

/**
 * Gives a command its database: the one of DATABASE_URL, else the embedded server that runs on DATA_DIR, else that server
 * started for this command alone. Migrates it.
 *
 * @returns stops what was started
 */
export async function openDatabase(): Promise<() => Promise<void>> {
  let own: Cluster | undefined
  if (env().DATABASE_URL === undefined) {
    const folder = join(env().DATA_DIR, 'postgres')
    const running = await findRunningCluster(folder)
    own = running === null ? await startCluster(folder) : undefined
    process.env['DATABASE_URL'] = await createDatabase(own?.adminUrl ?? running ?? '', 'caveat')
    forgetEnvironment()
  }
  await migrate(env().DATABASE_URL ?? '')
  return async () => {
    await own?.stop()
  }
}
