import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { Due, Standing } from '#app/notices/notices-table.tsx'
import { ResultBadge } from '#app/notices/outcome-badge.tsx'
import { shownResult } from '#app/notices/outcomes.ts'
import { kindWords, measureWords, waitingWords } from '#app/notices/wording.ts'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { formatDate, formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Name } from '#app/ui/title.tsx'
import type { TableRow } from './find-table.server.ts'
import { tableAddress, type ColumnName, type Order, type TableQuery } from './table-query.ts'
import { columnWords } from './table-words.ts'

interface TableRowsProps {
  readonly rows: readonly TableRow[]
  readonly base: string
  readonly query: TableQuery
  /** The day of a filing is that of the organisation. */
  readonly timeZone: string
  /** The box in front of each row, where rows can be chosen. */
  readonly check?: Column<TableRow> | undefined
}

/** The notices of the table, in the chosen columns. */
export function TableRows({ rows, base, query, timeZone, check }: TableRowsProps) {
  const { order, columns } = query
  const sorted = (by: Order, other?: Order): Sort => {
    const now = order === by ? ('ascending' as const) : order === other ? ('descending' as const) : undefined
    const next = order === by && other !== undefined ? other : by
    const href = tableAddress(base, { ...query, order: next, cursor: null })
    return now === undefined ? { href } : { href, now }
  }
  const sorts = { due: sorted('due'), filed: sorted('oldest', 'newest') }
  return (
    <DataTable
      walk
      free
      rows={rows}
      rowKey={({ id }) => id}
      caption={m.bulk_caption()}
      columns={[
        ...(check === undefined ? [] : [check]),
        reference,
        ...columns.map((name): Column<TableRow> => {
          const column = { key: name, head: columnWords[name](), ...cells(timeZone)[name] }
          return name === 'due' || name === 'filed' ? { ...column, sort: sorts[name] } : column
        }),
      ]}
    />
  )
}

const reference: Column<TableRow> = {
  key: 'reference',
  get head() {
    return m.notices_list_reference()
  },
  kind: 'row',
  cell: ({ reference: text, kind }) => (
    <>
      <a className="ref" href={`/notices/${text}`}>
        {text}
      </a>
      <span className="t-id">{kindWords[kind]()}</span>
    </>
  ),
}

type Sort = NonNullable<Column<TableRow>['sort']>
type Cell = Pick<Column<TableRow>, 'cell' | 'kind'>

function cells(timeZone: string): Record<ColumnName, Cell> {
  const locale = getLocale() === 'ja' ? 'ja' : 'en'
  const named = ({ name, nameOther }: TableRow['member']) => <Name>{nameIn(locale, name, nameOther)}</Name>
  return {
    member: { cell: ({ member }) => named(member) },
    vendor: { cell: ({ vendor }) => named(vendor) },
    works: { kind: 'number', cell: ({ works }) => formatNumber(works) },
    measures: { cell: ({ measures }) => measures.map((measure) => measureWords[measure]()).join(m.bulk_list_comma()) },
    stage: { cell: (row) => <Standing line={row} /> },
    outcome: { cell: (row) => <ResultBadge outcome={shownResult(row)} /> },
    waiting: { cell: ({ waitingOn }) => waitingWords[waitingOn]() },
    due: { cell: (row) => <Due line={row} /> },
    filed: { kind: 'nowrap', cell: ({ filedAt }) => formatDate(filedAt, timeZone) },
    matter: { cell: ({ matterNumber }) => matterNumber ?? '' },
    theirs: { cell: ({ vendorReference }) => vendorReference ?? '' },
    tags: { cell: ({ tags }) => tags.join(m.bulk_list_comma()) },
    assignee: { cell: ({ assignee }) => assignee !== null && <Name>{assignee}</Name> },
    notes: {
      kind: 'number',
      cell: ({ notes, reference: text }) => (
        <a
          href={`/notices/${text}/notes`}
          aria-label={m.bulk_notes_of({ reference: text, count: formatNumber(notes) })}
        >
          {formatNumber(notes)}
        </a>
      ),
    },
  }
}
