import type pg from 'pg'

/**
 * Every column of every table, the sign-in tables included, in which one of these words stands, as `table.column`: text,
 * JSON, arrays and bytes. Case does not matter.
 */
export async function columnsHolding(admin: pg.Client, words: readonly string[]): Promise<string[]> {
  const { rows } = await admin.query<{ schema: string; table: string; column: string; type: string }>(
    `select table_schema as schema, table_name as table, column_name as column, data_type as type from information_schema.columns
     where table_schema in ('public', 'caveat_auth') and table_name <> '_prisma_migrations'
       and data_type in ('text', 'jsonb', 'json', 'ARRAY', 'bytea', 'character varying') order by 1, 2, 3`,
  )
  const holding: string[] = []
  for (const { schema, table, column, type } of rows) {
    const text = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`
    const { rows: found } = await admin.query(
      `select from ${schema}."${table}" where lower(${text}) like any ($1) limit 1`,
      [words.map((word) => `%${word.toLowerCase()}%`)],
    )
    if (found.length > 0) holding.push(`${schema === 'public' ? '' : `${schema}.`}${table}.${column}`)
  }
  return holding
}
