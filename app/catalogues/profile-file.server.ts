import { cutText } from '#app/ui/cut-text.ts'
import type { SheetNotes } from './formats/xlsx.server.ts'
import type { TableForm } from './formats/table-form.ts'
import type { ColumnProfile } from './guess-columns.ts'
import type { OpenFile } from './formats/table.server.ts'
import { dataRows } from './stage-rows.server.ts'

/** What a first reading of a file found: its rows and what each column holds. */
export type FileProfile = { rows: number; columns: ColumnProfile[] }

type Counting = ColumnProfile & { seen: Set<string> | undefined; firstDistinct: number }

// Beyond these rows only columns that could still tell every row apart are compared cell by cell.
const wholeRows = 5000
const longestId = 200

/**
 * Reads a file once to propose what its columns are.
 *
 * @param file.notes counts what the cells of a sheet do not tell
 * @param mostRows stops after so many rows: enough for a guess by headings, not to tell whether a column is unique
 */
export async function profileFile(
  { open, form, headings, notes }: { open: OpenFile; form: TableForm; headings: readonly string[]; notes?: SheetNotes },
  mostRows = Number.POSITIVE_INFINITY,
): Promise<FileProfile> {
  const counting = headings.map((header): Counting => ({
    header,
    sample: '',
    filled: 0,
    empty: 0,
    distinct: 0,
    idLike: true,
    seen: new Set(),
    firstDistinct: 0,
  }))
  let rows = 0
  for await (const row of dataRows({ open, form, notes })) {
    rows += 1
    if ('cells' in row)
      for (const [index, column] of counting.entries()) countCell(column, row.cells[index]?.trim() ?? '', rows)
    if (rows === mostRows) break
  }
  return { rows, columns: counting.map(profileOf) }
}

function countCell(column: Counting, cell: string, row: number): void {
  if (cell === '') column.empty += 1
  else {
    column.filled += 1
    // No text of the database holds a NUL.
    if (column.sample === '') column.sample = cutText(cell.replaceAll('\0', '\uFFFD'), 200)
    column.idLike &&= cell.length <= longestId && /\d/u.test(cell) && !/\s/u.test(cell)
    column.seen?.add(cell)
  }
  const couldTellApart = column.idLike && column.empty === 0 && column.seen?.size === column.filled
  if (row === wholeRows) column.firstDistinct = (column.seen?.size ?? 0) / Math.max(1, column.filled)
  if (row >= wholeRows && !couldTellApart) column.seen = undefined
}

function profileOf({ header, sample, filled, empty, idLike, seen, firstDistinct }: Counting): ColumnProfile {
  // A column that was given up has repeats or gaps: its share of different cells is that of its first rows.
  const distinct = seen?.size ?? Math.max(0, Math.min(filled - 1, Math.round(filled * firstDistinct)))
  return { header, sample, filled, empty, distinct, idLike: idLike && filled > 0 }
}
