import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type pg from 'pg'

const root = resolve(import.meta.dirname, '../..')

/** What is left lying, or does not add up: leases, locks, open transactions, counts, dates, the ledger. */
export async function compareRest(owner: pg.Pool, dataDir: string): Promise<string[]> {
  return [
    ...(await leftLying(owner)),
    ...(await miscounted(owner)),
    ...(await misdated(owner)),
    ...brokenLedger(dataDir),
    ...halfFiles(dataDir),
  ]
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

/** Dates by PostgreSQL's own calendar of time zones, whatever the portal's clock was set to meanwhile. */
async function misdated(owner: pg.Pool): Promise<string[]> {
  const { rows } = await owner.query<{ what: string }>(
    `with sum as (
       select c.*, n.reference, computed ->> 'timeZone' as zone, (computed ->> 'startedOn')::date as day,
         (computed ->> 'workingDays')::int as days, (select array_agg((s ->> 'day')::date) from jsonb_array_elements(computed -> 'skipped') s) as skipped
       from clock c join notice n on n.id = c.notice_id)
     select e.notice_id || ': line ' || e.sequence || ' is earlier than the one before it' as what
       from notice_event e join notice_event b on b.notice_id = e.notice_id and b.sequence = e.sequence - 1
       -- When a server took a mail is written as it was.
       where e.at < b.at and not e.payload ? 'mail'
     union all select reference || ': ' || kind || ' began on another day than ' || day from sum where (started_at at time zone zone)::date <> day
     union all select reference || ': ' || kind || ' does not end with the day ' || due_on from sum
       where due_at <> (due_on + time '23:59:59') at time zone zone
     union all select reference || ': ' || kind || ' has other than its ' || days || ' working days up to ' || due_on from sum
       where computed -> 'pauses' = '[]' and coalesce(computed -> 'extensions', '[]') = '[]' and days <>
         (select count(*) from generate_series(day + 1, due_on, interval '1 day') d where extract(isodow from d) < 6 and not d::date = any(coalesce(skipped, '{}')))`,
  )
  return rows.map(({ what }) => what)
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
