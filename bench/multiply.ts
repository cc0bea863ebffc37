import pg from 'pg'
import type { Ground } from './world.ts'

/** How much there is to be in the end. */
export type Wanted = {
  notices: number
  works: number
  otherHolders: number
  /** How far the copies of a notice lie apart; a minute unless it says more. */
  minutesApart?: number
}

/**
 * Copies the notices of one holder, which real acts have made, until there are as many as wanted: a fifth stays with that
 * holder, the rest is spread over others. Every copy has its own filing, reference, dates some minutes earlier, and rows
 * in all tables of a notice but its letters, which no list reads. The chains of copies keep the hashes of their patterns:
 * pages are measured on them, no proof.
 */
export async function multiply({ adminUrl }: Pick<Ground, 'adminUrl'>, wanted: Wanted): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    // Only the administrator may leave out triggers; what they keep is made at the end, for all at once.
    await admin.query(`set session_replication_role = replica; set synchronous_commit = off; set work_mem = '128MB'`)
    await admin.query(helpers)
    await addHolders(admin, wanted.otherHolders)
    const [patterns] = (await admin.query<{ count: number }>('select count(*)::int as count from notice')).rows
    const times = Math.round(wanted.notices / (patterns?.count ?? 1)) - 1
    await withoutIndexes(admin, async () => {
      // The patterns are few, and found by their keys: the copies are never read.
      await admin.query('set enable_hashjoin = off; set enable_mergejoin = off')
      for (let from = 1; from <= times; from += 50)
        await copyNotices(admin, { from, to: Math.min(times, from + 49), apart: wanted.minutesApart ?? 1 })
      await admin.query('reset enable_hashjoin; reset enable_mergejoin')
      await addWorks(admin, wanted.works)
    })
    await admin.query(tallies)
    await admin.query('vacuum analyze')
  } finally {
    await admin.end()
  }
}

/** Takes the indexes that keep no promise off the tables that are filled, and builds each again at once when they are full. */
async function withoutIndexes(admin: pg.Client, fill: () => Promise<void>): Promise<void> {
  const { rows } = await admin.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
       where not i.indisunique and i.indrelid::regclass::text = any($1)`,
    [['filing', 'notice', 'notice_private', 'work', ...copied]],
  )
  for (const { name } of rows) await admin.query(`drop index ${name}`)
  // Without this the database would write itself down again and again while it is filled.
  await admin.query(`alter system set max_wal_size = '8GB'`)
  await admin.query('select pg_reload_conf()')
  await fill()
  await admin.query(`set maintenance_work_mem = '1GB'`)
  for (const { definition } of rows) await admin.query(definition)
  await admin.query('alter system reset max_wal_size')
  await admin.query('select pg_reload_conf()')
  await admin.query('checkpoint')
}

/** Ids as the portal makes them, ordered by time, and references of the right shape. */
const helpers = `
  create function pg_temp.id_at(at timestamptz) returns uuid language sql volatile as $$
    select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3)
      || '8' || substr(md5(random()::text), 1, 15))::uuid $$;
  create temp table pattern as select id, filing_id, scope_id, reference from notice;
  create temp table holder (place int, id uuid);`

async function addHolders(admin: pg.Client, count: number): Promise<void> {
  await admin.query(
    `insert into organisation select x.* from organisation o, generate_series(1, $1) g,
       jsonb_populate_record(o, jsonb_build_object('id', pg_temp.id_at(o.created_at), 'slug', 'holder-' || g, 'name', 'Holder ' || g)) x
       where o.kind = 'rights_holder'`,
    [count],
  )
  await admin.query(`insert into holder select row_number() over (order by id), id from organisation
    where kind = 'rights_holder' and slug like 'holder-%'`)
}

const copied = ['notice_event', 'event_person', 'notice_measure', 'notice_basis', 'clock'] as const

/** Each round is one more copy of all patterns; every fifth stays with the holder of the patterns. */
async function copyNotices(
  admin: pg.Client,
  { from, to, apart }: { from: number; to: number; apart: number },
): Promise<void> {
  await admin.query('drop table if exists copy, copied_filing')
  await admin.query(
    `create temp table copied_filing as
       select f.id as old, pg_temp.id_at(f.submitted_at - make_interval(mins => round * ${apart})) as id, round,
         case when round % 5 = 0 then f.filed_by_organisation_id else (select h.id from holder h where h.place = 1 + round % (select count(*) from holder)) end as holder
       from filing f, generate_series(${from}, ${to}) round where f.id in (select filing_id from pattern)`,
  )
  await admin.query(`
    create temp table copy as
      select p.id as old, pg_temp.id_at(n.created_at - make_interval(mins => f.round * ${apart})) as id, f.id as filing, f.holder, f.round
      from pattern p join notice n on n.id = p.id join copied_filing f on f.old = p.filing_id;
    create index on copy (old)`)
  await admin.query(`
    insert into filing select x.* from copied_filing c join filing f on f.id = c.old,
      jsonb_populate_record(f, jsonb_build_object('id', c.id, 'reference', 'FIL-' || c.id,
        'idempotency_key', c.id::text, 'filed_by_organisation_id', c.holder)) x`)
  await admin.query(`
    insert into notice select x.* from copy c join notice n on n.id = c.old,
      jsonb_populate_record(n, jsonb_build_object('id', c.id, 'filing_id', c.filing,
        'holder_organisation_id', c.holder, 'filed_by_organisation_id', c.holder,
        'reference', 'CAV-' || upper(substr(md5(c.id::text), 1, 12)),
        'created_at', n.created_at - make_interval(mins => c.round * ${apart}))) x`)
  await admin.query(`
    insert into notice_private select c.id, c.holder, x.matter_number, x.escalation from copy c join notice_private x on x.notice_id = c.old`)
  for (const table of copied) {
    await admin.query(`insert into ${table} select x.* from copy c join ${table} t on t.notice_id = c.old,
      jsonb_populate_record(t, jsonb_build_object('notice_id', c.id)) x`)
  }
}

/** Works for every holder, in catalogues of 5,000. */
async function addWorks(admin: pg.Client, works: number): Promise<void> {
  const each = 5_000
  await admin.query(
    `create temp table shelf as select g as place, gen_random_uuid() as id, h.id as holder from generate_series(1, $1) g
       join holder h on h.place = 1 + g % (select count(*) from holder)`,
    [Math.max(1, Math.round(works / each))],
  )
  await admin.query(`
    insert into catalogue (id, organisation_id, name, current_version, created_at) select id, holder, 'Catalogue ' || place, 1, now() from shelf;
    insert into catalogue_version (catalogue_id, version, works_count, works_sha256, added, made_at)
      select id, 1, ${each}, repeat('0', 64), ${each}, now() from shelf`)
  await admin.query(`
    insert into work (catalogue_id, work_id, valid_from, external_id, title, search_text, row_sha256)
      select s.id, gen_random_uuid(), 1, 'W-' || g, 'Work ' || g, 'work ' || g, repeat('0', 64) from shelf s, generate_series(1, ${each}) g`)
}

const tallies = `
  delete from notice_tally;
  insert into notice_tally (holder_organisation_id, vendor_id, kind, stage, outcome, count)
    select holder_organisation_id, vendor_id, kind, stage, outcome, count(*)::int from notice group by 1, 2, 3, 4, 5`
