import { m } from '#app/generated/messages/messages.js'
import { LinkButton } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { TableFoot } from '#app/ui/pager.tsx'
import { ColumnsForm } from './columns-form.tsx'
import type { Facets } from './find-facets.server.ts'
import type { TablePage } from './find-table.server.ts'
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
        <TableRows rows={page.rows} base={base} query={query} timeZone={view.timeZone} />
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
