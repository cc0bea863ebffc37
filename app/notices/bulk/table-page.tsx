import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import type { Column } from '#app/ui/data-table.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { TableFoot } from '#app/ui/pager.tsx'
import { ColumnsForm } from './columns-form.tsx'
import type { Facets } from './find-facets.server.ts'
import type { TablePage, TableRow } from './find-table.server.ts'
import type { SavedView } from './find-views.server.ts'
import { SavedViews } from './saved-views.tsx'
import { TableFilterRow } from './table-filter.tsx'
import { isTableFiltered, tableAddress, type TableQuery } from './table-query.ts'
import { TableRows } from './table-rows.tsx'

/** All that the page of a table shows. */
export interface TableView {
  readonly base: string
  readonly query: TableQuery
  readonly page: TablePage
  readonly facets: Facets
  readonly views: readonly SavedView[]
  readonly byMember: boolean
  readonly timeZone: string
  readonly mayShare: boolean
  readonly mostCounted: number
  /** Of the choice that the form makes: sent twice it is one. */
  readonly actId: string
  /** Why nothing was chosen. */
  readonly unchosen: string | null
  /** What stands here when there is no notice at all. */
  readonly empty: string
}

/** The table of notices: saved views, filter, how many, rows, pages. */
export function TablePageView({ view, fault }: { view: TableView; fault: { name: string; text: string } | null }) {
  const { base, query, page, facets, byMember, mostCounted: most } = view
  const { filter } = query
  const filtered = isTableFiltered(filter)
  if (page.rows.length === 0 && !filtered && query.cursor === null) return <Empty>{view.empty}</Empty>
  const counted =
    page.matching > most ? m.notices_list_more_than({ count: formatNumber(most) }) : formatNumber(page.matching)
  const { previous, next } = page
  return (
    <>
      {view.unchosen !== null && <ErrorSummary faults={[{ text: view.unchosen }]} />}
      <SavedViews {...{ base, query, views: view.views, mayShare: view.mayShare, fault }} />
      <TableFilterRow {...{ base, query, facets, byMember }} />
      <ColumnsForm {...{ base, query, byMember }} />
      <p className="cap below-sm">
        {filtered ? m.notices_list_matching({ count: counted }) : m.notices_list_total({ count: counted })}
      </p>
      {page.rows.length === 0 ? (
        <Empty act={<LinkButton href={base}>{m.notices_list_empty_filter_act()}</LinkButton>}>
          {m.notices_list_empty_filter()}
        </Empty>
      ) : (
        <ChoiceForm view={view} counted={counted} />
      )}
      <TableFoot
        shown={m.notices_list_shown({ shown: formatNumber(page.rows.length), total: counted })}
        pages={{
          previous: previous ? tableAddress(base, { ...query, cursor: previous }) : undefined,
          next: next ? tableAddress(base, { ...query, cursor: next }) : undefined,
        }}
      />
    </>
  )
}

// Rows are ticked, or all that match are taken: what is done with them is chosen on the next page.
function ChoiceForm({ view, counted }: { view: TableView; counted: string }) {
  const { base, query, page, timeZone, actId } = view
  return (
    <form method="post" action={tableAddress(base, { ...query, cursor: query.cursor })}>
      <input type="hidden" name="actId" value={actId} />
      <TableRows rows={page.rows} base={base} query={query} timeZone={timeZone} check={tick} />
      <div className="bs below-sm">
        <Button name="intent" value="choose">
          {m.bulk_choose_ticked()}
        </Button>
        <Button name="intent" value="choose-all">
          {m.bulk_choose_all({ n: page.matching, count: counted })}
        </Button>
      </div>
    </form>
  )
}

const tick: Column<TableRow> = {
  key: 'tick',
  get head() {
    return <input type="checkbox" data-choose-all aria-label={m.bulk_tick_page()} />
  },
  kind: 'check',
  cell: ({ id, reference }) => (
    <input type="checkbox" name="notice" value={id} aria-label={m.bulk_tick({ reference })} />
  ),
}
