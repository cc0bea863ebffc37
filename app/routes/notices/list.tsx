import { requireMember } from '#app/accounts/viewer.server.ts'
import { mayDo } from '#app/accounts/roles.ts'
import { m } from '#app/generated/messages/messages.js'
import { findNotices, mostCounted, type NoticesPage } from '#app/notices/find-notices.server.ts'
import { NoticesFilterRow } from '#app/notices/notices-filter.tsx'
import { isFiltered, noticesAddress, readNoticesQuery, type NoticesFilter } from '#app/notices/notices-query.ts'
import { NoticesTable } from '#app/notices/notices-table.tsx'
import { LinkButton } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { TableFoot } from '#app/ui/pager.tsx'
import type { Route } from './+types/list.ts'

export const meta = () => pageTitle(m.notices_list_title())

export async function loader({ context, request }: Route.LoaderArgs) {
  const member = requireMember(context, ['rights_holder', 'vendor'])
  const { filter, cursor } = readNoticesQuery(request.url)
  return {
    filter,
    page: await findNotices({ member, filter, cursor }),
    mayFile: member.organisation.kind === 'rights_holder' && mayDo(member.organisation.role, 'file-notices'),
    mostCounted,
  }
}

/** The notices of the organisation: a filter, how many it lets through, the rows. */
export default function Notices({ loaderData: { filter, page, mayFile, mostCounted: most } }: Route.ComponentProps) {
  return (
    <>
      <PageHead
        title={m.notices_list_title()}
        acts={
          page?.side === 'holder' && (
            <>
              <LinkButton href="/notices/table">{m.bulk_holder_open()}</LinkButton>
              {mayFile && <FileButton />}
            </>
          )
        }
      >
        {page?.side === 'vendor' ? m.notices_list_lead_vendor() : m.notices_list_lead_holder()}
      </PageHead>
      {page === null ? <NoEntry /> : <List filter={filter} page={page} mayFile={mayFile} most={most} />}
    </>
  )
}

function List({
  filter,
  page,
  mayFile,
  most,
}: {
  filter: NoticesFilter
  page: NoticesPage
  mayFile: boolean
  most: number
}) {
  if (page.notices.length === 0 && !isFiltered(filter)) return <FirstUse side={page.side} mayFile={mayFile} />
  const counted =
    page.matching > most ? m.notices_list_more_than({ count: formatNumber(most) }) : formatNumber(page.matching)
  const { previous, next } = page
  return (
    <>
      <NoticesFilterRow filter={filter} page={page} />
      <p className="cap below-sm">
        {isFiltered(filter) ? m.notices_list_matching({ count: counted }) : m.notices_list_total({ count: counted })}
      </p>
      {page.notices.length === 0 ? <NoMatch /> : <NoticesTable page={page} />}
      <TableFoot
        shown={m.notices_list_shown({ shown: formatNumber(page.notices.length), total: counted })}
        pages={{
          previous: previous ? noticesAddress(filter, previous) : undefined,
          next: next ? noticesAddress(filter, next) : undefined,
        }}
      />
    </>
  )
}

function FileButton() {
  return (
    <a className="b go" href="/notices/new" data-file>
      {m.notices_list_file()}
    </a>
  )
}

function FirstUse({ side, mayFile }: { side: NoticesPage['side']; mayFile: boolean }) {
  if (side === 'vendor') return <Empty>{m.notices_list_empty_vendor()}</Empty>
  return <Empty act={mayFile && <FileButton />}>{m.notices_list_empty_holder()}</Empty>
}

function NoMatch() {
  return (
    <Empty act={<LinkButton href="/notices">{m.notices_list_empty_filter_act()}</LinkButton>}>
      {m.notices_list_empty_filter()}
    </Empty>
  )
}

function NoEntry() {
  return (
    <Empty act={<LinkButton href="/vendors">{m.notices_list_empty_entry_act()}</LinkButton>}>
      {m.notices_list_empty_entry()}
    </Empty>
  )
}
