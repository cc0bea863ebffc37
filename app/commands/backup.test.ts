import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { closeDatabase } from '#app/platform/db.server.ts'
import { forgetEnvironment } from '#app/platform/env.server.ts'
import { aCatalogue, aHolder, aVendor } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { backupCommand, restoreCommand } from './backup.server.ts'

const db = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'caveat-backup-'))
const holder = await aHolder(db.owner)
await aVendor(db.owner)
await aCatalogue(db.owner, holder.organisation.id, {
  titles: ['Back\\slash\tand tab', '改行\nのある題名', '=SUM(A1)', ''.padEnd(9_999, '長')],
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a backup restored into an empty database holds every row as it was', async () => {
  const target = join(folder, 'one')
  const made = await backupCommand(target)
  const before = await contentOf(db.url)
  const empty = await emptyDatabase()
  useDatabase(empty)
  await restoreCommand(target)
  const { outbox_hold: hold, ...rows } = await contentOf(empty)
  expect({ ...rows, outbox_hold: before['outbox_hold'] }).toEqual(before)
  expect(hold?.rows, 'and mails are held back').toBe(1)
  expect(made.json['rows']).toBe(Object.values(before).reduce((sum, table) => sum + table.rows, 0))
  await expect(restoreCommand(target), 'a database in use is not overwritten').rejects.toThrow('in use')
  useDatabase(db.url)
})

test('an existing folder is not overwritten, and a folder without a backup is not restored', async () => {
  await expect(backupCommand(folder)).rejects.toThrow('new folder')
  await expect(restoreCommand(join(folder, 'nothing'))).rejects.toThrow('holds no backup')
})

async function contentOf(url: string): Promise<Record<string, { rows: number; hash: string | null }>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows: tables } = await client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations' order by 1`,
  )
  const content: Record<string, { rows: number; hash: string | null }> = {}
  for (const { name } of tables) {
    const { rows } = await client.query<{ rows: number; hash: string | null }>(
      `select count(*)::int as rows, md5(string_agg(t::text, '|' order by t::text)) as hash from "${name}" t`,
    )
    content[name] = rows[0] ?? { rows: 0, hash: null }
  }
  await client.end()
  return content
}

async function emptyDatabase(): Promise<string> {
  const url = new URL(inject('adminUrl'))
  const name = `restored_${Date.now()}`
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  await client.query(`create database ${name} template caveat_template`)
  await client.end()
  url.pathname = `/${name}`
  return url.href
}

function useDatabase(url: string): void {
  void closeDatabase()
  process.env['DATABASE_URL'] = url
  forgetEnvironment()
}
