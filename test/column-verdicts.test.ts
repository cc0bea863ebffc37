import { expect, test } from 'vitest'
import { columnVerdicts } from './column-verdicts.ts'
import { testDatabase } from './database.ts'
import { actors, powersOf } from './permission-powers.ts'

const db = await testDatabase()

test('every column that could tell something has a verdict: who may come to see it', async () => {
  const { rows } = await db.owner.query<{ name: string }>(
    `select case c.table_schema when 'public' then '' else c.table_schema || '.' end || c.table_name || '.' || c.column_name as name
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema in ('public', 'caveat_auth') and t.table_type = 'BASE TABLE' and c.table_name <> '_prisma_migrations'
       and c.data_type in ('text', 'character varying', 'json', 'jsonb', 'ARRAY') and c.udt_name <> '_uuid'`,
  )
  const judged = Object.entries(columnVerdicts).flatMap(([table, verdicts]) =>
    Object.values(verdicts).flatMap((columns) => columns.split(' ').map((column) => `${table}.${column}`)),
  )
  expect(judged.toSorted()).toEqual(rows.map(({ name }) => name).toSorted())
})

test('what is confidential stands in rows that nobody but the holder’s side has', () => {
  const holders = new Set<string>(['owner', 'editor', 'approver', 'viewer', 'association with a mandate'])
  const tables = Object.keys(columnVerdicts).filter((table) => columnVerdicts[table]?.confidential !== undefined)
  expect(tables.toSorted()).toEqual(['filing_private', 'notice_private'])
  for (const table of tables) {
    const powers = powersOf[table]?.split(' ') ?? []
    const others = actors.filter((actor, index) => !holders.has(actor) && powers[index] !== '-')
    expect({ table, others }).toEqual({ table, others: [] })
  }
})
