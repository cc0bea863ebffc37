import { expect, test } from 'vitest'
import { testDatabase } from './database.ts'

const db = await testDatabase()
const logins = ['caveat_app', 'caveat_worker', 'caveat_auth']

async function names(sql: string, values: unknown[] = []): Promise<string[]> {
  return (await db.owner.query<{ name: string }>(sql, values)).rows.map(({ name }) => name)
}

test('every table of the tenants has forced row-level security', async () => {
  const open = await names(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
     and relname <> '_prisma_migrations' and not (relrowsecurity and relforcerowsecurity)`,
  )
  expect(open).toEqual([])
})

test('on every one of them the owner has a policy: else backfills and definer functions see nothing', async () => {
  const blind = await names(
    `select relname as name from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> '_prisma_migrations'
     and not exists (select from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname and 'caveat_owner' = any (p.roles)
       and p.cmd = 'ALL' and p.qual = 'true')`,
  )
  expect(blind).toEqual([])
})

test('no policy is for everybody', async () => {
  expect(
    await names(`select tablename || '.' || policyname as name from pg_policies where 'public' = any (roles)`),
  ).toEqual([])
})

test('no policy reads the sign-in tables', async () => {
  const reads = `coalesce(qual, '') || coalesce(with_check, '') ~ 'caveat_auth\\.'`
  expect(await names(`select tablename as name from pg_policies where ${reads}`)).toEqual([])
})

test('views see with the rights of the one who asks', async () => {
  const careless = await names(
    `select relname as name from pg_class where relnamespace in ('public'::regnamespace, 'caveat_auth'::regnamespace) and relkind in ('v', 'm')
     and not coalesce(reloptions::text ~ 'security_invoker=(true|on)', false)`,
  )
  expect(careless).toEqual([])
})

const ours = `p.pronamespace in ('public'::regnamespace, 'caveat_auth'::regnamespace)
  and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`

test('every function that runs as its owner pins its search path, with the system first', async () => {
  const loose = await names(
    `select proname as name from pg_proc p where ${ours} and prosecdef and not coalesce(proconfig::text ~ 'search_path=pg_catalog', false)`,
  )
  expect(loose).toEqual([])
})

test('no function is for everybody to call', async () => {
  const callable = await names(
    `select proname as name from pg_proc p where ${ours} and has_function_privilege('caveat_auth', oid, 'execute')`,
  )
  expect(callable).toEqual([])
})

test('the roles that log in own nothing, make nothing and bypass nothing', async () => {
  const powers = await db.owner.query(
    `select rolname as name from pg_roles where rolname = any ($1) and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`,
    [logins],
  )
  expect(powers.rows).toEqual([])
  expect(
    await names(
      `select relname as name from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = any ($1)`,
      [logins],
    ),
  ).toEqual([])
  expect(
    await names(
      `select r.rolname as name from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname = any ($1)`,
      [logins],
    ),
  ).toEqual([])
  const makers = `select rolname as name from pg_roles where rolname = any ($1) and (has_schema_privilege(rolname, 'public', 'create') or has_schema_privilege(rolname, 'caveat_auth', 'create'))`
  expect(await names(makers, [logins])).toEqual([])
})

test('sign-in data and everything else know nothing of each other', async () => {
  expect(
    await names(
      `select rolname as name from pg_roles where rolname = any ($1) and has_schema_privilege(rolname, 'caveat_auth', 'usage')`,
      [logins],
    ),
  ).toEqual(['caveat_auth'])
  const readable = `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')
    and has_table_privilege('caveat_auth', oid, 'select, insert, update, delete')`
  expect(await names(readable)).toEqual([])
})

test('nobody who logs in changes or removes a line of a record that only grows', async () => {
  const grows = ['notice_event', 'outcome_cell_history', 'link_access', 'evidence_access', 'audit_entry']
  const rows = await names(
    `select r.rolname || ' ' || t as name from pg_roles r, unnest($1::text[]) t where r.rolname = any ($2)
     and has_table_privilege(r.rolname, t, 'update, delete, truncate')`,
    [grows, logins],
  )
  expect(rows).toEqual([])
})

test('closed sets are text with a check: comparing an enum would leave its index', async () => {
  expect(
    await names(`select typname as name from pg_type where typtype = 'e' and typnamespace = 'public'::regnamespace`),
  ).toEqual([])
})

test('no function and no policy asks another clock than the portal’s', async () => {
  const functions = `select proname as name from pg_proc p where ${ours} and p.pronamespace = 'public'::regnamespace and proname <> 'portal_now'
    and prosrc ~* '\\m(now\\(\\)|current_date|current_timestamp|localtimestamp)'`
  const policies = `select tablename || '.' || policyname as name from pg_policies where coalesce(qual, '') || coalesce(with_check, '') ~* '\\m(now\\(\\)|current_date|current_timestamp)'`
  expect(await names(`${functions} union all ${policies}`)).toEqual([])
})
