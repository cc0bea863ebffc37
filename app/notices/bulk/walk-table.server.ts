import { Prisma } from '#app/generated/prisma/client.ts'
import type { TableRows } from './table-conditions.server.ts'
import type { Order, TableCursor } from './table-query.ts'

/** What is read of a table: from where, in which order, and how many rows at most. */
export interface Walk {
  readonly order: Order
  readonly cursor: TableCursor
  readonly most: number
}

/**
 * The next date that somebody has to keep, as its index says it. A case alone: PostgreSQL takes coalesce for leaky, and row security
 * would keep a bound of it from the index.
 */
export const dueAt = Prisma.raw(`(case
  when n.stage in ('sent', 'delivered') and n.acknowledged_at is null then case when n.acknowledge_due_at is null then 'infinity'::timestamptz else n.acknowledge_due_at end
  when n.stage in ('sent', 'delivered', 'acknowledged', 'in_review', 'clarification_needed') and n.decide_due_at is not null then n.decide_due_at
  when n.stage = 'decided' and n.challenge_due_at is not null then n.challenge_due_at
  else 'infinity'::timestamptz end)`)

const ways = { newest: ['desc', 'asc'], oldest: ['asc', 'desc'], due: ['asc', 'desc'] } as const

function wayOf({ order, cursor }: Walk): 'asc' | 'desc' {
  return ways[order][cursor?.way === 'before' ? 1 : 0]
}

/** In which order the rows `row` stand as they are read; `n` is the notice itself. */
export function ordered(row: 'n' | 'w', walk: Walk): Prisma.Sql {
  const way = wayOf(walk)
  const due = row === 'n' ? dueAt : Prisma.raw('w.due')
  return walk.order === 'due'
    ? Prisma.sql`order by ${due} ${Prisma.raw(way)}, ${Prisma.raw(row)}.id ${Prisma.raw(way)}`
    : Prisma.sql`order by ${Prisma.raw(row)}.id ${Prisma.raw(way)}`
}

function behindCursor(walk: Walk): Prisma.Sql {
  const { cursor } = walk
  if (cursor === null) return Prisma.sql`true`
  const than = Prisma.raw(wayOf(walk) === 'asc' ? '>' : '<')
  if (walk.order !== 'due') return Prisma.sql`n.id ${than} ${cursor.id}::uuid`
  const due = cursor.due === null ? Prisma.sql`'infinity'::timestamptz` : Prisma.sql`${cursor.due}::timestamptz`
  return Prisma.sql`(${dueAt}, n.id) ${than} (${due}, ${cursor.id}::uuid)`
}

/**
 * The ids of a page, as rows `(id, due)` and one more than there are to be, so that it is known whether there is another page.
 *
 * @see idsAmongMany for tables of many holders
 */
export function idsOfPage(found: TableRows, walk: Walk): Prisma.Sql {
  // Row security keeps conditions on the due date out of its index: a bound would be asked of every row.
  if (found.byHolder && !found.isOfOne && walk.order !== 'due') return idsAmongMany(found, walk)
  const each = Prisma.sql`${ordered('n', walk)} limit ${walk.most + 1}`
  const page = found.read({ columns: placed, only: behindCursor(walk), each })
  return Prisma.sql`select w.* from (${page}) w ${ordered('w', walk)} limit ${walk.most + 1}`
}

const placed = Prisma.sql`n.id, ${dueAt} as due`

/**
 * Each holder is first asked for two rows. The last row of a full page made of these stands no nearer than the last row of the page
 * that is wanted, so it bounds what is asked of those holders that have more: of 200 members some 500 rows are read, not 10,000.
 */
function idsAmongMany(found: TableRows, walk: Walk): Prisma.Sql {
  const [limit, inOrder] = [Prisma.sql`limit ${walk.most + 1}`, ordered('n', walk)]
  const ascends = wayOf(walk) === 'asc'
  const nearest = found.read({
    columns: Prisma.sql`${placed}, n.holder_organisation_id as holder`,
    only: behindCursor(walk),
    each: Prisma.sql`${inOrder} limit 2`,
  })
  const more = found.read({
    columns: placed,
    only: ascends
      ? Prisma.sql`n.id > g.second_id and n.id <= (select b.id from bound b)`
      : Prisma.sql`n.id < g.second_id and n.id >= (select b.id from bound b)`,
    each: Prisma.sql`${inOrder} ${limit}`,
    among: (holders) =>
      Prisma.sql`(select g.*, s.id as second_id from ${holders} join second s on s.holder = g.member_id) g`,
  })
  // Fewer rows than a page holds bound nothing. It is said here: row security keeps an index from a condition with coalesce.
  const unbounded = ascends ? 'ffffffff-ffff-ffff-ffff-ffffffffffff' : '00000000-0000-0000-0000-000000000000'
  return Prisma.sql`with nearest as materialized (${nearest}),
      bound as materialized (select coalesce((select w.id from nearest w ${ordered('w', walk)} offset ${walk.most} limit 1), ${unbounded}::uuid) as id),
      second as materialized (select s.holder, s.id from (select w.*, row_number() over (partition by w.holder ${ordered('w', walk)}) as place
        from nearest w) s where s.place = 2)
    select w.* from (select w.id, w.due from nearest w union all ${more}) w ${ordered('w', walk)} ${limit}`
}
