import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { closeDatabase } from '#app/platform/db.server.ts'
import { forgetEnvironment } from '#app/platform/env.server.ts'
import { newId } from '#app/platform/id.ts'
import { keepObject, openVerified } from '#app/platform/objects.server.ts'
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

// Files may lie elsewhere than the rest of what the portal keeps.
const storeAt = (name: string) => set('STORAGE_URL', pathToFileURL(join(folder, name)).href)
storeAt('store')

afterAll(() => {
  delete process.env['STORAGE_URL']
  rmSync(folder, { recursive: true, force: true })
})

test('a backup restored into an empty database holds every row and file as it was', async () => {
  const target = join(folder, 'one')
  const kept = await keepObject(Readable.from([Buffer.from('evidence')]), 100)
  const arriving = `incoming-${newId()}`
  writeFileSync(join(folder, 'store', arriving), 'evid')
  const made = await backupCommand(target)
  expect(made.json).toMatchObject({ files: 1, damaged: [] })
  const before = await contentOf(db.url)
  const empty = await emptyDatabase()
  useDatabase(empty)
  storeAt('elsewhere')
  expect((await restoreCommand(target)).json).toMatchObject({ files: 1, damaged: [] })
  expect(await text(await openVerified(kept))).toBe('evidence')
  expect(readdirSync(join(folder, 'elsewhere')), 'what is arriving is no file yet').not.toContain(arriving)
  const { outbox_hold: hold, ...rows } = await contentOf(empty)
  expect({ ...rows, outbox_hold: before['outbox_hold'] }).toEqual(before)
  expect(hold?.rows, 'and mails are held back').toBe(1)
  expect(made.json['rows']).toBe(Object.values(before).reduce((sum, table) => sum + table.rows, 0))
  await expect(restoreCommand(target), 'a database in use is not overwritten').rejects.toThrow('in use')
  useDatabase(db.url)
  storeAt('store')
  writeFileSync(join(folder, 'store', kept.sha256.slice(0, 2), kept.sha256), 'evidencf')
  const later = await backupCommand(join(folder, 'two'))
  expect(later, 'and a file that changed on the disk is named').toMatchObject({
    json: { files: 1, damaged: [`${kept.sha256.slice(0, 2)}/${kept.sha256}`] },
    someFailed: true,
  })
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
  set('DATABASE_URL', url)
}

function set(variable: string, value: string): void {
  process.env[variable] = value
  forgetEnvironment()
}
