import { createReadStream, createWriteStream } from 'node:fs'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { env } from '#app/platform/env.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { newId } from '#app/platform/id.ts'
import { objectFolder } from '#app/platform/objects.server.ts'
import { type Answer, BadUseError } from './answer.ts'
import { copyKeptFiles } from './kept-files.server.ts'

type Manifest = { madeAt: string; migrations: string[]; tables: { schema: string; name: string; rows: number }[] }

/** `backup FOLDER`: every row of one moment, the kept files and the secret key, into a new folder. */
export async function backupCommand(folder: string): Promise<Answer> {
  const target = resolve(folder)
  if (existsSync(target)) throw new BadUseError(`${target} is there already; name a new folder.`)
  await mkdir(join(target, 'tables'), { recursive: true, mode: 0o700 })
  const manifest = await onServer(async (client) => {
    await client.query('begin isolation level repeatable read read only')
    const tables = []
    for (const { schema, name } of await tablesOf(client)) {
      const rows = client.query(copyTo(`copy ${schema}."${name}" to stdout`))
      await pipeline(rows, createWriteStream(join(target, 'tables', `${schema}.${name}`), { mode: 0o600 }))
      tables.push({ schema, name, rows: rows.rowCount ?? 0 })
    }
    return { madeAt: now().toISOString(), migrations: await migrationsOf(client), tables }
  })
  // After the rows: a file is there before a row names it.
  const kept = objectFolder()
  const { files, damaged } =
    kept === null ? { files: 0, damaged: [] } : await copyKeptFiles(kept, join(target, 'files'))
  const key = join(env().DATA_DIR, 'secret-key')
  const withKey = env().SECRET_KEY === undefined && existsSync(key)
  if (withKey) await copyFile(key, join(target, 'secret-key'))
  // Written last: without it the folder is no backup.
  await writeFile(join(target, 'manifest.json'), JSON.stringify(manifest, null, 2))
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  return {
    json: { folder: target, tables: manifest.tables.length, rows, files, damaged },
    lines: [
      `${rows} rows of ${manifest.tables.length} tables and ${files} files are in ${target}. Keep it as you would keep the database.`,
      withKey
        ? 'It holds the secret key.'
        : 'It does not hold the secret key, which is in SECRET_KEY: keep that as well, elsewhere.',
      ...(kept === null
        ? ['It does not hold the files of the bucket in STORAGE_URL: keep copies of those as well.']
        : []),
      ...damaged.map((path) => `Damaged: ${path} has other bytes than its name says.`),
    ],
    someFailed: damaged.length > 0,
  }
}

/**
 * `restore FOLDER`: into a database that holds no organisation yet, of the same migrations. What was accepted when the
 * backup was taken is not mailed again, and what waited waits on until the operator releases it: the portal that was lost
 * may have sent it since.
 */
export async function restoreCommand(folder: string): Promise<Answer> {
  const source = resolve(folder)
  if (!existsSync(join(source, 'manifest.json'))) throw new BadUseError(`${source} holds no backup.`)
  const manifest: Manifest = JSON.parse(await readFile(join(source, 'manifest.json'), 'utf8'))
  const kept = objectFolder()
  const { files, damaged } = await onServer(async (client) => {
    const { rows } = await client.query('select from organisation limit 1')
    if (rows.length > 0) throw new BadUseError('This database is in use. A backup is restored into an empty one.')
    const { rows: role } = await client.query('select from pg_roles where rolname = current_user and rolsuper')
    if (role.length === 0)
      throw new BadUseError(
        'A restore needs a superuser in DATABASE_URL: rows come back past every trigger and policy.',
      )
    const here = await migrationsOf(client)
    if (here.join() !== manifest.migrations.join())
      throw new BadUseError('The backup was made by another version of Caveat: restore it with that one, then upgrade.')
    // Before the rows: if it fails half-way, the database is empty still, and all is done again.
    const copied = kept === null ? { files: 0, damaged: [] } : await copyKeptFiles(join(source, 'files'), kept)
    await client.query('begin')
    // Rows come in any order and as they were: no trigger counts, refuses or checks them once more.
    await client.query('set local session_replication_role = replica')
    for (const { schema, name } of manifest.tables) {
      await client.query(`delete from ${schema}."${name}"`)
      await pipeline(
        createReadStream(join(source, 'tables', `${schema}.${name}`)),
        client.query(copyFrom(`copy ${schema}."${name}" from stdin`)),
      )
    }
    await moveSequences(client)
    await client.query('insert into outbox_hold (id, backup_made_at, restored_at) values ($1, $2, $3)', [
      newId(),
      manifest.madeAt,
      now(),
    ])
    await client.query('commit')
    return copied
  })
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  return {
    json: { rows, tables: manifest.tables.length, files, damaged },
    lines: [
      `${rows} rows and ${files} files are back.`,
      'Links in mails and code apps work again once the portal runs with the secret key of the backup: set SECRET_KEY to what its file secret-key holds.',
      ...(kept === null && existsSync(join(source, 'files'))
        ? ['Files lie in a bucket now: those of the backup, in its folder files, were not put there.']
        : []),
      'No mail is sent before an operator releases it, under Delivery or with: mail release',
      ...damaged.map((path) => `Damaged: ${path} has other bytes than its name says.`),
    ],
    someFailed: damaged.length > 0,
  }
}

// Rows come back with their numbers; the next number must be a new one.
async function moveSequences(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(
    `select format('%I.%I', table_schema, table_name) as table, format('%I', column_name) as column,
       pg_get_serial_sequence(format('%I.%I', table_schema, table_name), column_name) as sequence
     from information_schema.columns where table_schema in ('public', 'caveat_auth')
       and pg_get_serial_sequence(format('%I.%I', table_schema, table_name), column_name) is not null`,
  )
  for (const { table, column, sequence } of rows)
    await client.query(`select setval($1, greatest((select max(${column}) from ${table}), 1))`, [sequence])
}

async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function tablesOf(client: pg.Client): Promise<{ schema: string; name: string }[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `select schemaname as schema, tablename as name from pg_tables
     where schemaname in ('public', 'caveat_auth') and tablename <> '_prisma_migrations' order by 1, 2`,
  )
  return rows
}

async function migrationsOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'select migration_name as name from _prisma_migrations where finished_at is not null order by 1',
  )
  return rows.map(({ name }) => name)
}
