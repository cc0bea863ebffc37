import type pg from 'pg'

/**
 * Copies a notice many times, each with a filing of its own, as it was left by its last step: for tests that need many
 * rows and no ledgers.
 *
 * @returns the ids of the copies, oldest first
 */
export async function copyNotices(owner: pg.Pool, noticeId: string, count: number): Promise<string[]> {
  const filing = await columnsOf(owner, 'filing', 'id', 'reference', 'idempotency_key')
  const notice = await columnsOf(owner, 'notice', 'id', 'reference', 'filing_id', 'verify_code')
  const { rows } = await owner.query<{ id: string }>(
    `with made as materialized (
       select i, ('019a0000-' || lpad(to_hex(i >> 16), 4, '0') || '-7' || lpad(to_hex((i >> 4) & 4095), 3, '0') || '-8' || substr(md5($1::text || i), 1, 3) || '-' || substr(md5(i || $1::text), 1, 12))::uuid as id,
         gen_random_uuid() as filing_id from generate_series(1, $2::int) i),
     filed as (insert into filing (id, reference, idempotency_key, ${into(filing)})
       select m.filing_id, 'FIL-' || m.filing_id, m.filing_id, ${from('f', filing)}
       from made m, filing f join notice n on n.filing_id = f.id where n.id = $1::uuid returning id),
     noticed as (insert into notice (id, reference, filing_id, verify_code, ${into(notice)})
       select m.id, 'CAV-' || m.filing_id, m.filing_id, m.filing_id, ${from('n', notice)}
       from made m, notice n where n.id = $1::uuid returning id)
     select m.id from made m, (select count(*) from filed) f, (select count(*) from noticed) n order by m.i`,
    [noticeId, count],
  )
  return rows.map(({ id }) => id)
}

async function columnsOf(owner: pg.Pool, table: string, ...own: string[]): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attname <> all($2)`,
    [table, own],
  )
  return rows.map(({ name }) => name)
}

function from(row: string, columns: readonly string[]): string {
  return columns.map((name) => `${row}."${name}"`).join(', ')
}

function into(columns: readonly string[]): string {
  return columns.map((name) => `"${name}"`).join(', ')
}
