import { Pool, type PoolClient } from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { databaseUrl } from '#app/platform/database-urls.server.ts'
import { newId } from '#app/platform/id.ts'
import { anOrganisation, aPerson } from './builders.ts'
import { testDatabase } from './database.ts'
import { actors, powersOf, type ActorName } from './permission-powers.ts'
import { aWorld } from './world.ts'

const db = await testDatabase()
const world = await aWorld(db.owner)
const app = new Pool({ connectionString: databaseUrl('app'), max: 2 })
afterAll(() => app.end())

async function memberOfA(kind: 'association' | 'operator'): Promise<{ id: string; own: string[] }> {
  const organisation = await anOrganisation(db.owner, kind)
  const { id } = await aPerson(db.owner, { organisationId: organisation.id })
  return { id, own: [id, organisation.id] }
}

async function colleague(organisationId: string, role: 'editor' | 'approver' | 'viewer'): Promise<Asker> {
  const { id } = await aPerson(db.owner, { organisationId, role })
  return { person: id, own: [id] }
}

/** Who asks; rows that name one of `own` are their own and prove nothing about others. */
type Asker = { person?: string; link?: string; own: string[] }

const { holder, vendor, foreignHolder, foreignVendor, foreignCatalogue, notice, association } = world
const [operator, lonely] = [await memberOfA('operator'), await memberOfA('association')]
const askers: Record<ActorName, Asker> = {
  owner: { person: holder.person.id, own: [] },
  editor: { ...(await colleague(holder.organisation.id, 'editor')), own: [] },
  approver: { ...(await colleague(holder.organisation.id, 'approver')), own: [] },
  viewer: { person: world.viewer.id, own: [] },
  vendor: { person: vendor.person.id, own: [] },
  'vendor viewer': { ...(await colleague(vendor.organisation.id, 'viewer')), own: [] },
  'another holder': {
    person: foreignHolder.person.id,
    own: [foreignHolder.person.id, foreignHolder.organisation.id, foreignCatalogue.id],
  },
  'another vendor': {
    person: foreignVendor.person.id,
    own: [foreignVendor.person.id, foreignVendor.organisation.id, foreignVendor.id],
  },
  bearer: { link: notice.linkId, own: [] },
  operator: { person: operator.id, own: operator.own },
  'association with a mandate': { person: association.person.id, own: [] },
  'association without': { person: lonely.id, own: lonely.own },
  newcomer: { person: newId(), own: [] },
  nobody: { own: [] },
}

const tables: string[] = (
  await db.owner.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
     and c.relname <> '_prisma_migrations' order by 1`,
  )
).rows.map(({ name }) => name)

type Row = Record<string, unknown>
const samples = new Map<string, { rows: Row[]; changeable: string[] }>()
for (const table of tables) {
  const { rows } = await db.owner.query<{ row: Row }>(`select to_jsonb(t) as row from ${table} t`)
  const columns = await db.owner.query<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped
       and attgenerated = '' and has_column_privilege('caveat_app', attrelid, attnum, 'update') order by attnum`,
    [table],
  )
  samples.set(table, { rows: rows.map(({ row }) => row), changeable: columns.rows.map(({ name }) => name) })
}

async function as<T>({ person, link }: Asker, fn: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await app.connect()
  try {
    await client.query('begin')
    if (person !== undefined) await client.query(`select set_config('caveat.person', $1, true)`, [person])
    if (link !== undefined) await client.query('select * from open_link($1)', [link])
    return await fn(client)
  } finally {
    await client.query('rollback')
    client.release()
  }
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : String(error)

// Refused by a grant, by row security or, for what only grows, by its trigger: nothing else counts as a no. A key that
// clashes or a check that fails means that row security had let it through.
function mayNot(error: unknown): boolean {
  const code = String(codeOf(error))
  if (code === '42501' || code === '23001') return false
  if (['23505', '23503', '23514', '23P01'].includes(code)) return true
  throw error
}

/** Tries something and undoes it; false when it was refused or touched no row that counts. */
async function tries(client: PoolClient, fn: () => Promise<boolean>): Promise<boolean> {
  await client.query('savepoint one_try')
  try {
    return await fn()
  } catch (error) {
    return mayNot(error)
  } finally {
    await client.query('rollback to savepoint one_try')
  }
}

const isOthers = (row: Row, own: readonly string[]): boolean => !own.some((id) => JSON.stringify(row).includes(id))

/** What somebody can do to the rows of a table that are not only their own: `r`ead, `a`dd, `c`hange, `d`elete. */
async function measured(asker: Asker, table: string): Promise<string> {
  const { rows = [], changeable = [] } = samples.get(table) ?? {}
  const others = rows.filter((row) => isOthers(row, asker.own))
  return as(asker, async (client) => {
    const touches = (sql: string) =>
      tries(client, async () => {
        const touched = await client.query<{ row: Row }>(sql)
        return touched.rows.some(({ row }) => isOthers(row, asker.own))
      })
    const reads = await touches(`select to_jsonb(t) as row from ${table} t`)
    const sees = await tries(
      client,
      async () => ((await client.query(`select 1 from ${table} limit 1`)).rowCount ?? 0) > 0,
    )
    // What cannot be read cannot be returned either: then every row that was touched counts.
    const writes = (sql: string) =>
      sees
        ? touches(`with t as (${sql} returning *) select to_jsonb(t) as row from t`)
        : tries(client, async () => ((await client.query(sql)).rowCount ?? 0) > 0)
    let adds = false
    for (const row of others) adds ||= await tries(client, () => letsIn(client, table, row))
    let changes = false
    for (const column of changeable) changes ||= await writes(changing(client, table, column, sees))
    const removes = await writes(`delete from ${table}`)
    return [reads && 'r', adds && 'a', changes && 'c', removes && 'd'].filter(Boolean).join('') || '-'
  })
}

// Without reading a column where none may be read.
function changing(client: PoolClient, table: string, column: string, sees: boolean): string {
  const [first] = samples.get(table)?.rows ?? []
  const row = client.escapeLiteral(JSON.stringify(first ?? {}))
  return `update ${table} set ${column} = ${sees ? column : `(jsonb_populate_record(null::${table}, ${row})).${column}`}`
}

// The very row.
async function letsIn(client: PoolClient, table: string, row: Row): Promise<boolean> {
  await client.query(`insert into ${table} select (jsonb_populate_record(null::${table}, $1)).*`, [JSON.stringify(row)])
  return true
}

test('every table stands in the list of powers, and nothing else does', () => {
  expect(Object.keys(powersOf).toSorted()).toEqual(tables)
})

describe('what each may do to the rows of others', () => {
  test.each(tables)('%s', async (table) => {
    const found: string[] = []
    for (const actor of actors) found.push(await measured(askers[actor], table))
    // A new table needs its line in test/permission-powers.ts: judge each word of what is found before it is written down.
    expect(`${table}: ${found.join(' ')}`).toBe(`${table}: ${powersOf[table]}`)
  })
})
