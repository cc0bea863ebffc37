import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { TableFoot } from '#app/ui/pager.tsx'
import { Title } from '#app/ui/title.tsx'
import type { FilingWork, FilingWorksPage } from './filing-works.ts'

/** The works of the draft's catalogue with a box each; saving says for those on the page which are in. */
export function FilingWorksList({
  page,
  draftId,
  revision,
  count,
}: {
  page: FilingWorksPage
  draftId: string
  revision: number
  count: number
}) {
  const base = `/filings/${draftId}/works`
  const search = page.search === '' ? '' : `&q=${encodeURIComponent(page.search)}`
  return (
    <>
      <form className="filters" action={base}>
        <div className="f grow">
          <label htmlFor="q">{m.filing_works_search()}</label>
          <input id="q" name="q" type="search" defaultValue={page.search} />
        </div>
        <Button>{m.ui_show()}</Button>
        {page.search !== '' && (
          <LinkButton look="bare" href={base}>
            {m.ui_clear()}
          </LinkButton>
        )}
      </form>
      <form method="post" className="fs">
        <input type="hidden" name="revision" value={revision} />
        {page.works.length === 0 ? (
          <Empty>{m.filing_works_none()}</Empty>
        ) : (
          <DataTable
            columns={columnsNow()}
            rows={page.works}
            rowKey={({ workId }) => workId}
            caption={m.filing_works_of_filing()}
          />
        )}
        <TableFoot
          shown={m.filing_works_included({ count: formatNumber(count), n: count })}
          pages={{
            ...(page.isFirst ? {} : { previous: `${base}?${search.slice(1)}` }),
            ...(page.next === null ? {} : { next: `${base}?after=${page.next}${search}` }),
          }}
        />
        <div className="bs">
          <LinkButton href={`/filings/${draftId}/scope`}>{m.filing_back_scope()}</LinkButton>
          <Button look="go">{m.filing_works_save()}</Button>
        </div>
      </form>
    </>
  )
}

function columnsNow(): readonly Column<FilingWork>[] {
  return [
    { key: 'in', head: <span className="sr">{m.filing_works_in()}</span>, kind: 'check', cell: boxCell },
    { key: 'title', head: m.filing_works_title(), kind: 'row', cell: titleCell },
    { key: 'year', head: m.filing_works_year(), cell: ({ year }) => year ?? '' },
  ]
}

function boxCell({ workId, title, included }: FilingWork) {
  return (
    <>
      <input type="hidden" name="shown" value={workId} />
      <input
        id={`work-${workId}`}
        type="checkbox"
        name="work"
        value={workId}
        defaultChecked={included}
        aria-label={title}
      />
    </>
  )
}

function titleCell({ workId, title, externalId }: FilingWork) {
  return (
    <label htmlFor={`work-${workId}`}>
      <Title title={title} under={[externalId]} />
    </label>
  )
}
