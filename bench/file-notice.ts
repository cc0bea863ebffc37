import type pg from 'pg'
import { fileNotices } from '#app/notices/file-notices.server.ts'
import { previewLetters } from '#app/notices/preview-letters.server.ts'
import { newId } from '#app/platform/id.ts'
import { file, prepareDraft, type Wish } from '#prisma/story/file.ts'
import { perSecond, type Result } from './result.ts'
import { makeWorld, type World } from './world.ts'

const drafts = 1200

/**
 * Filings per second, from a complete draft to the committed notice, its events and mail duties, one after another.
 * Floor: a bare transaction with the same rows, each its own INSERT by raw pg on one connection.
 */
export async function fileNotice(): Promise<Result> {
  // To a vendor each: what one vendor is asked twice wants a decision first.
  const world = await makeWorld({ vendors: drafts + 1, works: 200 })
  try {
    const [first = '', ...vendorIds] = world.vendorIds
    const wish: Wish = { vendorIds: [first], catalogue: world.catalogue, capacity: 'general counsel' }
    const reference = await file(world.member, wish)
    const limit = await bareTransactions(world, reference)
    const orders = await prepareOrders(world, wish, vendorIds)
    const { rate, runs } = await perSecond(
      async () => {
        const order = orders.pop()
        if (order === undefined) throw new Error('The bench ran out of drafts')
        const filed = await fileNotices({ ...order, member: world.member })
        if (!filed.filed) throw new Error(`Not filed: ${filed.because}`)
      },
      { abreast: 6 },
    )
    return { value: rate, unit: 'filings/s', limit, runs }
  } finally {
    await world.close()
  }
}

async function prepareOrders({ member }: World, wish: Wish, vendorIds: readonly string[]) {
  const orders = []
  for (const vendorId of vendorIds) {
    const draftId = await prepareDraft(member, { ...wish, vendorIds: [vendorId] })
    const preview = await previewLetters({ member, draftId })
    if (preview === null) throw new Error('A draft is gone')
    orders.push({ draftId, revision: preview.draft.revision, letters: preview.lettersSha256, idempotencyKey: newId() })
  }
  return orders
}

// The rows that one filing left, in the order in which they depend on each other.
const tables = [
  ['filing', 'id = $1'],
  ['idempotency', 'key = (select idempotency_key from filing where id = $1)'],
  ['notice_scope', 'id in (select scope_id from notice where filing_id = $1)'],
  ['notice', 'filing_id = $1'],
  ...['notice_basis', 'notice_measure', 'notice_letter', 'notice_event', 'event_person', 'mail_duty'].map(
    (table) => [table, 'notice_id in (select id from notice where filing_id = $1)'] as const,
  ),
] as const

async function bareTransactions({ owner }: World, reference: string): Promise<number> {
  const { rows } = await owner.query<{ id: string }>('select id from filing where reference = $1', [reference])
  const pattern = await readRows(owner, rows[0]?.id ?? '')
  // The first column of the tables with a key of their own, and the idempotency key.
  const own = new Set(
    pattern.flatMap(({ sql, values }) =>
      /^insert into (filing|notice|notice_scope|notice_letter|mail_duty) /.test(sql)
        ? [values[0]]
        : sql.startsWith('insert into idempotency ')
          ? [values[1]]
          : [],
    ),
  )
  const client = await owner.connect()
  try {
    const { rate } = await perSecond(async (index) => {
      const fresh = new Map<unknown, string>()
      await client.query('begin')
      for (const { sql, values } of pattern)
        await client.query(
          sql,
          values.map((value) => renewed(value, { own, fresh, index })),
        )
      await client.query('commit')
    })
    return rate
  } finally {
    client.release()
  }
}

type Insert = { sql: string; values: unknown[] }

async function readRows(owner: pg.Pool, filingId: string): Promise<Insert[]> {
  const inserts: Insert[] = []
  for (const [table, where] of tables) {
    const { rows } = await owner.query<Record<string, unknown>>(`select * from ${table} where ${where}`, [filingId])
    for (const row of rows) {
      const columns = Object.keys(row)
      const values = Object.values(row).map((value) =>
        value !== null && typeof value === 'object' && !(value instanceof Date) ? JSON.stringify(value) : value,
      )
      inserts.push({
        sql: `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`,
        values,
      })
    }
  }
  return inserts
}

// Keys that must be new become new, the same everywhere in one transaction; what points outside stays.
function renewed(
  value: unknown,
  { own, fresh, index }: { own: ReadonlySet<unknown>; fresh: Map<unknown, string>; index: number },
): unknown {
  if (typeof value === 'string' && /^(CAV|FIL)-/.test(value)) return `${value}-${index}`
  if (!own.has(value)) return value
  const known = fresh.get(value) ?? newId()
  fresh.set(value, known)
  return known
}
