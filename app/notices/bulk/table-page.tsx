import { Fragment } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import type { Column } from '#app/ui/data-table.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Note } from '#app/ui/note.tsx'
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
      {filter.state === 'undeliverable' && page.rows.length > 0 && <CameBack rows={page.rows} />}
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

// Mail that came back: where its contact is mended, for what the reader's organisation filed itself.
function CameBack({ rows }: { rows: readonly TableRow[] }) {
  const vendors = new Map(rows.filter(({ isOwn }) => isOwn).map(({ vendor }) => [vendor.slug, vendor]))
  return (
    <div className="below">
      <Note tone="late">
        <p>{m.bulk_came_back()}</p>
        {vendors.size > 0 && (
          <p>
            {[...vendors.values()].map(({ slug, name, nameOther }, place) => (
              <Fragment key={slug}>
                {place > 0 && m.vendors_list_comma()}
                <a href={`/vendors/${slug}/fix-contact`}>
                  {m.bulk_fix_contact_of({ vendor: nameIn(getLocale() === 'ja' ? 'ja' : 'en', name, nameOther) })}
                </a>
              </Fragment>
            ))}
          </p>
        )}
        {rows.some(({ isOwn }) => !isOwn) && <p>{m.bulk_came_back_members()}</p>}
      </Note>
    </div>
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
