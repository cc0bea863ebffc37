import { Client, Pool, type PoolClient } from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { databaseUrl } from '#app/platform/database-urls.server.ts'
import { newId } from '#app/platform/id.ts'
import { closedToBearers } from './closed-tables.ts'
import { testDatabase } from './database.ts'
import { aWorld } from './world.ts'

const db = await testDatabase()
const world = await aWorld(db.owner)
const app = new Pool({ connectionString: databaseUrl('app'), max: 2 })
afterAll(() => app.end())

type Asker = { person?: string; link?: string }
type Row = Record<string, unknown>

const askers = {
  nobody: {},
  'a person without an organisation': { person: newId() },
  'another holder': { person: world.foreignHolder.person.id },
  'another vendor': { person: world.foreignVendor.person.id },
  'the bearer of a link': { link: world.notice.linkId },
} as const satisfies Record<string, Asker>

const everybody = [
  'nobody',
  'a person without an organisation',
  'another holder',
  'another vendor',
  'the bearer of a link',
] as const satisfies readonly (keyof typeof askers)[]

// The directory is public, its contacts are for whoever is signed in, a heartbeat says nothing about anybody.
const publicTables = ['vendor', 'vendor_fact', 'heartbeat']
const tables: string[] = (
  await db.owner.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
     and c.relname <> '_prisma_migrations' order by 1`,
  )
).rows.map(({ name }) => name)

/** Runs SQL as caveat_app for an asker and undoes it. */
async function as<T>(asker: Asker, fn: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await app.connect()
  try {
    await client.query('begin')
    if (asker.person !== undefined) await client.query(`select set_config('caveat.person', $1, true)`, [asker.person])
    if (asker.link !== undefined) await client.query('select * from open_link($1)', [asker.link])
    return await fn(client)
  } finally {
    await client.query('rollback')
    client.release()
  }
}

/** The rows of a table that an asker sees, as JSON; none when the role may not even ask. */
async function seen(asker: Asker, table: string): Promise<Row[]> {
  return as(asker, async (client) => {
    try {
      return (await client.query<{ row: Row }>(`select to_jsonb(t) as row from ${table} t`)).rows.map(({ row }) => row)
    } catch (error) {
      mustBeRefusal(error)
      return []
    }
  })
}

async function everyRow(table: string): Promise<Row[]> {
  return (await db.owner.query<{ row: Row }>(`select to_jsonb(t) as row from ${table} t`)).rows.map(({ row }) => row)
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : String(error)
}

// Refused by a grant, by row security or, for what only grows, by its trigger: nothing else counts as a no.
function mustBeRefusal(error: unknown): void {
  if (codeOf(error) !== '42501' && codeOf(error) !== '23001') throw error
}

const names = (row: Row, ...ids: string[]): boolean => ids.some((id) => JSON.stringify(row).includes(id))

test('there is something to see in every table', async () => {
  const empty = []
  for (const table of tables) if ((await everyRow(table)).length === 0) empty.push(table)
  // A new table needs a row in test/world.ts: what is empty is hidden from everybody.
  expect(empty).toEqual([])
})

describe.each(tables)('%s', (table) => {
  test.each(['nobody', 'a person without an organisation'] as const)('%s sees no row', async (who) => {
    const rows = await seen(askers[who], table)
    const open = publicTables.includes(table) || (table === 'vendor_contact' && who !== 'nobody')
    expect(open ? [] : rows).toEqual([])
  })

  test('another holder and another vendor see their own rows and no other', async () => {
    const { foreignHolder, foreignVendor, foreignCatalogue } = world
    const open = [...publicTables, 'vendor_contact'].includes(table)
    const own = [
      foreignHolder.organisation.id,
      foreignHolder.person.id,
      foreignCatalogue.id,
      foreignVendor.organisation.id,
      foreignVendor.person.id,
      foreignVendor.id,
    ]
    for (const who of ['another holder', 'another vendor'] as const) {
      const foreign = (await seen(askers[who], table)).filter((row) => !names(row, ...own))
      expect(open ? [] : foreign).toEqual([])
    }
  })

  test('the bearer of a link sees its notice and nothing of another one', async () => {
    const { notice, otherNotice, foreignHolder, foreignCatalogue } = world
    const rows = await seen(askers['the bearer of a link'], table)
    const others = [
      otherNotice.id,
      otherNotice.scopeId,
      otherNotice.linkId,
      otherNotice.catalogue.id,
      foreignHolder.organisation.id,
      foreignCatalogue.id,
    ]
    expect(rows.filter((row) => names(row, ...others))).toEqual([])
    const most = (await everyRow(table)).filter((row) => related(row, notice)).length
    const bound = closedToBearers.includes(table) ? 0 : publicTables.includes(table) ? Infinity : most
    expect(rows.length).toBeLessThanOrEqual(bound)
  })

  test.each(everybody)('%s changes and removes no row of others', async (who) => {
    const ids = ownIds(who)
    const [column] = await columnsOf(table)
    for (const statement of [`update ${table} set ${column} = ${column}`, `delete from ${table}`]) {
      const touched = await as(askers[who], async (client) => {
        try {
          return (
            await client.query<{ row: Row }>(
              `with touched as (${statement} returning *) select to_jsonb(t) as row from touched t`,
            )
          ).rows.map(({ row }) => row)
        } catch (error) {
          mustBeRefusal(error)
          return []
        }
      })
      expect(touched.filter((row) => !names(row, ...ids))).toEqual([])
    }
  })

  test.each(['nobody', 'a person without an organisation', 'another holder', 'another vendor'] as const)(
    '%s adds no row in the name of others',
    async (who) => {
      const rows = (await everyRow(table)).filter((row) => !names(row, ...ownIds(who)))
      for (const row of rows) {
        // The very row: had row security let it in, its key would clash instead.
        const code = await as(askers[who], async (client) => {
          try {
            await client.query(`insert into ${table} select (jsonb_populate_record(null::${table}, $1)).*`, [
              JSON.stringify(row),
            ])
            return 'added'
          } catch (error) {
            return codeOf(error)
          }
        })
        expect({ row, code }).toEqual({ row, code: '42501' })
      }
    },
  )
})

test('a viewer of the organisation reads its notices and changes none of its rows', async () => {
  const viewer = { person: world.viewer.id }
  expect(await seen(viewer, 'notice')).toHaveLength(2)
  for (const table of tables) {
    const [column] = await columnsOf(table)
    const touched = await as(viewer, async (client) => {
      try {
        return (await client.query(`update ${table} set ${column} = ${column}`)).rowCount
      } catch (error) {
        mustBeRefusal(error)
        return 0
      }
    })
    expect({ table, touched }).toEqual({ table, touched: table === 'person' ? 1 : 0 })
  }
})

describe('the walk would notice', () => {
  type Policy = { table: string; name: string; command: string; checks: boolean }
  type Sample = { table: string; column: string; row: Row }
  const stranger = newId()

  /** What a stranger can do to a table within this transaction, tried without reading a column: then only its own policy stands. */
  async function powers(client: Client, { table, column, row }: Sample): Promise<string[]> {
    const tries: [string, string, unknown[]][] = [
      ['SELECT', `select 1 from ${table} limit 1`, []],
      ['INSERT', `insert into ${table} select (jsonb_populate_record(null::${table}, $1)).*`, [JSON.stringify(row)]],
      ['UPDATE', `update ${table} set ${column} = $1`, [row[column]]],
      ['DELETE', `delete from ${table}`, []],
    ]
    const able = []
    for (const [power, sql, values] of tries) {
      await client.query('savepoint one_try')
      try {
        if (((await client.query(sql, values)).rowCount ?? 0) > 0) able.push(power)
      } catch (error) {
        // A key that clashes or a reference that breaks means that row security had let it through.
        if (codeOf(error) !== '42501') able.push(power)
      }
      await client.query('rollback to savepoint one_try')
    }
    return able
  }

  async function powersUnder(mutation: string | undefined, table: string): Promise<string[]> {
    // Read first: a policy under change locks its table.
    const [column = ''] = await columnsOf(table)
    const [row = {}] = await everyRow(table)
    const client = new Client({ connectionString: db.url })
    await client.connect()
    try {
      await client.query('begin')
      if (mutation !== undefined) await client.query(mutation)
      await client.query('set local role caveat_app')
      await client.query(`select set_config('caveat.person', $1, true)`, [stranger])
      return await powers(client, { table, column, row })
    } finally {
      await client.end()
    }
  }

  test('a stranger can do nothing but read what is public', async () => {
    const able: Record<string, string[]> = {}
    for (const table of tables) able[table] = await powersUnder(undefined, table)
    const open = Object.fromEntries([...publicTables, 'vendor_contact'].map((table) => [table, ['SELECT']]))
    // A mail that is owed without a notice is anybody's to add (sign-up); one about a notice is not.
    expect(able).toEqual({ ...Object.fromEntries(tables.map((table) => [table, []])), ...open })
  })

  test('every policy that is weakened, by giving a stranger more than before', async () => {
    const { rows: policies } = await db.owner.query<Policy>(
      `select tablename as table, policyname as name, cmd as command, with_check is not null as checks from pg_policies
       where schemaname = 'public' and 'caveat_app' = any (roles) order by 1, 2`,
    )
    const survivors = []
    for (const { table, name, command, checks } of policies) {
      const clauses = command === 'INSERT' ? 'with check (true)' : `using (true)${checks ? ' with check (true)' : ''}`
      const before = await powersUnder(undefined, table)
      const after = await powersUnder(`alter policy "${name}" on ${table} ${clauses}`, table)
      if (before.includes(command)) continue
      if (!after.includes(command)) survivors.push(`${table}.${name}`)
    }
    expect(policies.length).toBeGreaterThan(80)
    expect(survivors).toEqual([])
    // Two connections for each of a hundred policies.
  }, 120_000)
})

test('the one who asked before on the same connection is forgotten', async () => {
  await as({ person: world.holder.person.id }, async () => undefined)
  await as({ link: world.notice.linkId }, async () => undefined)
  for (const table of ['notice', 'work', 'organisation', 'person']) expect(await seen({}, table)).toEqual([])
})

function ownIds(who: keyof typeof askers): string[] {
  const { foreignHolder, foreignVendor, foreignCatalogue, notice } = world
  if (who === 'another holder') return [foreignHolder.organisation.id, foreignHolder.person.id, foreignCatalogue.id]
  if (who === 'another vendor') return [foreignVendor.organisation.id, foreignVendor.person.id, foreignVendor.id]
  return who === 'the bearer of a link' ? [notice.id, notice.linkId] : ['no id at all']
}

function related(row: Row, { id, scopeId, linkId, catalogue }: typeof world.notice): boolean {
  return names(row, id, scopeId, linkId, catalogue.id, world.holder.organisation.id, ...catalogue.workIds)
}

async function columnsOf(table: string): Promise<string[]> {
  const { rows } = await db.owner.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
    [table],
  )
  return rows.map(({ name }) => name)
}
