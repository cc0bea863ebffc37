import { mkdtempSync, rmSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { createDatabase, startCluster } from '#app/platform/cluster.server.ts'
import { migrate } from '#prisma/migrate.ts'
import { testSecret } from './secret.ts'

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- vitest's own interface is extended
  export interface ProvidedContext {
    adminUrl: string
  }
}

/** Starts one PostgreSQL for the whole run, with a migrated template that each test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'caveat-test-'))
  chmodSync(folder, 0o755)
  // A test run may lose its database: nothing is flushed.
  const cluster = await startCluster(folder, [
    '-c',
    'fsync=off',
    '-c',
    'synchronous_commit=off',
    '-c',
    'full_page_writes=off',
  ])
  const template = await createDatabase(cluster.adminUrl, 'caveat_template')
  Object.assign(process.env, { DATABASE_URL: template, SECRET_KEY: testSecret, LOG_LEVEL: 'silent', DATA_DIR: folder })
  await migrate(template)
  project.provide('adminUrl', cluster.adminUrl)
  return async () => {
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
