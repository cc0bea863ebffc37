import { Prisma } from '#app/generated/prisma/client.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import type { Selection } from './bulk-act.ts'
import { tableRows, type TableRows } from './table-conditions.server.ts'
import type { TableViewpoint } from './table-viewpoint.server.ts'

/**
 * The notices of a selection as they are now: of a filter what it lets through at this moment, without those left out and
 * without those that came after the mark.
 */
export async function selectedRows(
  tx: Transaction,
  { from, selection, at }: { from: TableViewpoint; selection: Selection; at: Date },
): Promise<TableRows> {
  if (selection.kind === 'ticked') {
    const rows = await tableRows(tx, { from, filter: {}, at, few: true })
    return within(rows, Prisma.sql`n.id = any(${selection.noticeIds}::uuid[])`)
  }
  const { filter, except, mark } = selection
  const rows = await tableRows(tx, { from, filter, at })
  return within(rows, Prisma.sql`n.id <= ${mark}::uuid and n.id <> all(${except}::uuid[])`)
}

function within(rows: TableRows, condition: Prisma.Sql): TableRows {
  return {
    ...rows,
    read: (asked) =>
      rows.read({ ...asked, only: asked.only === undefined ? condition : Prisma.sql`${condition} and ${asked.only}` }),
  }
}

/** The newest notice that a filter lets through: what comes after it is not chosen. Null where there is none. */
export async function findMark(tx: Transaction, rows: TableRows): Promise<string | null> {
  const newest = Prisma.sql`order by n.id desc limit 1`
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    select w.id from (${rows.read({ columns: Prisma.sql`n.id`, each: newest })}) w order by w.id desc limit 1`
  return row?.id ?? null
}
