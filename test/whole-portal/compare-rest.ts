import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type pg from 'pg'

const root = resolve(import.meta.dirname, '../..')

/** What is left lying, or does not add up: leases, locks, open transactions, counts, the ledger. */
export async function compareRest(owner: pg.Pool, dataDir: string): Promise<string[]> {
  return [...(await leftLying(owner)), ...(await miscounted(owner)), ...brokenLedger(dataDir), ...halfFiles(dataDir)]
}

async function leftLying(owner: pg.Pool): Promise<string[]> {
  const { rows } = await owner.query<{ what: string }>(
    `select 'job ' || kind || ' is ' || status as what from job where status not in ('done', 'stopped') or lease_until is not null
     union all select 'a mail holds a lease until ' || lease_until from outgoing_mail where lease_until is not null
     union all select 'an attempt runs for ever' from mail_attempt where result = 'running'
     union all select 'an inbound mail waits: ' || status from inbound_mail where status = 'received'
     union all select 'a transaction stands open: ' || left(query, 80) from pg_stat_activity
       where state like 'idle in transaction%' and state_change < now() - interval '5 seconds'
     union all select 'an advisory lock is held' from pg_locks where locktype = 'advisory'
     union all select 'a lock is waited for' from pg_locks where not granted`,
  )
  return rows.map(({ what }) => what)
}

async function miscounted(owner: pg.Pool): Promise<string[]> {
  const { rows } = await owner.query<{ stage: string; told: number; counted: number }>(
    `select coalesce(t.stage, n.stage) as stage, coalesce(t.count, 0)::int as told, coalesce(n.count, 0)::int as counted
     from (select holder_organisation_id as holder, vendor_id as vendor, kind, stage, outcome, sum(count) as count from notice_tally
         group by 1, 2, 3, 4, 5 having sum(count) <> 0) t
       full join (select holder_organisation_id as holder, vendor_id as vendor, kind, stage, outcome, count(*) as count from notice group by 1, 2, 3, 4, 5) n
         using (holder, vendor, kind, stage, outcome)
     where t.count is distinct from n.count`,
  )
  return rows.map(({ stage, told, counted }) => `${counted} notices are ${stage}, and ${told} are said to be`)
}

/** The operator's own command, as an operator runs it beside the portal. */
function brokenLedger(dataDir: string): string[] {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'build/server/caveat.js'), '--json', 'ledger', 'verify'],
    {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        NODE_ENV: 'development',
        DATA_DIR: dataDir,
        DATABASE_URL: '',
        LOG_LEVEL: 'error',
        VITEST: '',
      },
    },
  )
  return status === 0 ? [] : [`ledger verify ended with ${status}: ${stdout.slice(0, 2_000)}${stderr.slice(-500)}`]
}

// A file has its name once it is whole; what arrives has another.
function halfFiles(dataDir: string): string[] {
  return readdirSync(join(dataDir, 'files'), { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('incoming-'))
    .map(({ name }) => `the file ${name} lies where none belongs`)
}
