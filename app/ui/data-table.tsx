import type { ReactNode } from 'react'

/** One column: its head and how a row fills it. */
export interface Column<Row> {
  readonly key: string
  readonly head: ReactNode
  /** The name of the column inside a folded row; the head itself when that is text. */
  readonly label?: string
  readonly cell: (row: Row) => ReactNode
  /** `row` names the row, `number` stands at the end, `check` holds a box. */
  readonly kind?: 'row' | 'number' | 'check' | 'nowrap'
  /** The address that sorts by this column, and how it is sorted now. */
  readonly sort?: { readonly href: string; readonly now?: 'ascending' | 'descending' }
  /** A class for the width of the column. */
  readonly width?: 'c-when' | 'c-mid' | 'c-wide' | 'c-half'
}

interface DataTableProps<Row> {
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** What the table holds, for those who do not see the heading above it. */
  readonly caption?: string
  /** Marks a row that states the rule of the others. */
  readonly isDefault?: (row: Row) => boolean
  readonly foot?: ReactNode
  /** Rows can be walked with the keys j and k; the first link of the row opens it. */
  readonly walk?: boolean
  /** So many columns can be chosen that they do not fit: the table moves within its own box. */
  readonly free?: boolean
}

/** A real table: sticky head, the first cell names its row, one block per row on a narrow screen. */
export function DataTable<Row>({
  columns,
  rows,
  rowKey,
  caption,
  isDefault,
  foot,
  walk = false,
  free = false,
}: DataTableProps<Row>) {
  return (
    <div className={free ? 'scroll free fold' : 'scroll fold'}>
      <table data-rows={walk ? '' : undefined}>
        {caption !== undefined && <caption className="sr">{caption}</caption>}
        <thead>
          <tr>{columns.map((column) => head(column))}</tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={isDefault?.(row) === true ? 'def' : undefined}>
              {columns.map((column) => cell(column, row))}
            </tr>
          ))}
        </tbody>
        {foot !== undefined && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  )
}

const classes = { row: undefined, number: 'n', check: 'c-check', nowrap: 'nowrap' } as const

function head<Row>({ key, head: words, kind, sort, width }: Column<Row>) {
  const look = [kind === undefined ? undefined : classes[kind], width].filter(Boolean).join(' ')
  if (kind === 'check')
    return (
      <td key={key} className="c-check">
        {words}
      </td>
    )
  return (
    <th key={key} scope="col" className={look === '' ? undefined : look} aria-sort={sort?.now}>
      {sort === undefined ? words : <a href={sort.href}>{words}</a>}
    </th>
  )
}

function cell<Row>({ key, head: words, label, cell: fill, kind }: Column<Row>, row: Row) {
  if (kind === 'row') {
    return (
      <th key={key} scope="row">
        {fill(row)}
      </th>
    )
  }
  const name = label ?? (typeof words === 'string' ? words : undefined)
  return (
    <td
      key={key}
      className={kind === undefined ? undefined : classes[kind]}
      data-l={kind === 'check' ? undefined : name}
    >
      {fill(row)}
    </td>
  )
}
