import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { closeDatabase } from '#app/platform/db.server.ts'
import { databaseUrl } from '#app/platform/database-urls.server.ts'
import { forgetEnvironment } from '#app/platform/env.server.ts'
import { testSecret } from './secret.ts'

/** A test file's own database. `owner` is caveat_owner, whom row-level security lets see everything. */
export type TestDatabase = { url: string; dataDir: string; owner: pg.Pool }

/**
 * Makes a fresh migrated database for this test file, points the environment at it, and drops it at the end.
 * Call it once, at the top of the file: `const db = await testDatabase()`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const adminUrl = inject('adminUrl')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await onServer(adminUrl, `create database ${name} template caveat_template`)
  await onServer(adminUrl, `alter database ${name} owner to caveat_owner`)
  await onServer(adminUrl, `revoke all on database ${name} from public`)
  await onServer(adminUrl, `grant connect on database ${name} to caveat_app, caveat_worker, caveat_auth`)
  await onServer(adminUrl, `grant temporary on database ${name} to caveat_app, caveat_worker`)
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  const dataDir = mkdtempSync(join(tmpdir(), 'caveat-data-'))
  Object.assign(process.env, {
    DATABASE_URL: url.href,
    BASE_URL: 'http://127.0.0.1:3000',
    SECRET_KEY: testSecret,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    NODE_ENV: 'test',
  })
  forgetEnvironment()
  const owner = new pg.Pool({ connectionString: databaseUrl('owner'), max: 4 })
  // Dropping the database ends connections that are still closing; the pool would report each as an error.
  owner.on('error', () => undefined)
  afterAll(async () => {
    await closeDatabase()
    await owner.end()
    await onServer(adminUrl, `drop database if exists ${name} with (force)`)
    rmSync(dataDir, { recursive: true, force: true })
  })
  return { url: url.href, dataDir, owner }
}

async function onServer(adminUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
