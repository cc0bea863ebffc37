import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { keepCluster, type KeptCluster } from '#app/platform/keep-cluster.server.ts'

const place = mkdtempSync(join(tmpdir(), 'caveat-full-disk-'))
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=160m,mode=755', 'caveat-test', place]).status === 0
let cluster: KeptCluster | undefined

afterAll(async () => {
  await cluster?.stop()
  if (mounted) spawnSync('umount', [place])
  rmSync(place, { recursive: true, force: true })
})

// Only root may mount a small disk; elsewhere the kill alone is proved.
test.skipIf(!mounted)(
  'a full disk loses no row that was acknowledged, and the database comes back when there is room',
  async () => {
    const said: string[] = []
    cluster = await keepCluster(join(place, 'postgres'), {
      say: (text) => said.push(text),
      settings: ['-c', 'shared_buffers=16MB', '-c', 'max_wal_size=64MB'],
    })
    await once('create table kept (id bigint generated always as identity, words text)')
    const filler = fillDisk()
    let acknowledged = 0
    for (let tries = 0; tries < 400; tries += 1) {
      // Rows of random words: nothing of them is compressed away.
      const row = await once(
        `insert into kept (words) select string_agg(gen_random_uuid()::text, '') from generate_series(1, 4000) returning id`,
      ).catch(() => null)
      if (row === null) break
      acknowledged += 1
    }
    expect(acknowledged, 'the disk must have run full').toBeLessThan(400)
    rmSync(filler)
    const count = await eventually('select count(*)::int as count from kept')
    expect(count).toBeGreaterThanOrEqual(acknowledged)
    await eventually(`insert into kept (words) values ('after') returning 1 as count`)
  },
)

test.skipIf(!mounted)('a database that is killed comes back by itself at the same address', async () => {
  const pid = Number(readFileSync(join(place, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0])
  process.kill(pid, 'SIGKILL')
  await eventually('select count(*)::int as count from kept')
  expect(Number(readFileSync(join(place, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0])).not.toBe(pid)
})

async function once(sql: string): Promise<Record<string, unknown>> {
  const client = new pg.Client({
    connectionString: cluster?.adminUrl ?? '',
    connectionTimeoutMillis: 3_000,
    query_timeout: 10_000,
  })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(sql)).rows[0] ?? {}
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function eventually(sql: string): Promise<unknown> {
  for (let tries = 0; tries < 60; tries += 1) {
    const row = await once(sql).catch(() => null)
    if (row !== null) return row['count']
    await sleep(500)
  }
  throw new Error('The database did not come back within half a minute')
}

// Leaves some 20 MiB, so that the disk runs full in seconds.
function fillDisk(): string {
  const path = join(place, 'filler')
  const file = openSync(path, 'w')
  const chunk = Buffer.alloc(1 << 20, 1)
  const free = Number(spawnSync('df', ['--output=avail', '-k', place], { encoding: 'utf8' }).stdout.split('\n')[1])
  for (let written = 0; written < free / 1024 - 20; written += 1) writeSync(file, chunk)
  closeSync(file)
  return path
}
