import { z } from 'zod'
import { findFourEyes } from '#app/accounts/find-four-eyes.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { ApprovalsTable } from '#app/notices/approvals-table.tsx'
import { findApprovals } from '#app/notices/find-approvals.server.ts'
import { requireFiler } from '#app/routes/holder/filing/draft-door.ts'
import { Empty } from '#app/ui/empty.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { TableFoot } from '#app/ui/pager.tsx'
import type { Route } from './+types/list.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.approvals_title())

export async function loader({ context, request }: Route.LoaderArgs) {
  const member = requireFiler(context)
  const { searchParams } = new URL(request.url)
  const after = z.uuid().nullable().catch(null).parse(searchParams.get('after'))
  const page = await findApprovals({ member, after })
  const { on } = await findFourEyes(member)
  return { ...page, on, isFirst: after === null, timeZone: member.timeZone, done: searchParams.has('returned') }
}

/** What waits for an approval. */
export default function Approvals({ loaderData }: Route.ComponentProps) {
  const { lines, count, next, on, isFirst, timeZone, done } = loaderData
  const pages = {
    previous: isFirst ? undefined : '/approvals',
    next: next === null ? undefined : `/approvals?after=${next}`,
  }
  return (
    <>
      <PageHead
        title={m.approvals_title()}
        crumbs={[{ label: m.ui_nav_notices(), href: '/notices' }, { label: m.approvals_title() }]}
      >
        {m.approvals_lead()}
      </PageHead>
      <div className="stack tight">
        {done && (
          <Note tone="agreed" status>
            <p>{m.approvals_done_returned()}</p>
          </Note>
        )}
        {lines.length === 0 ? (
          <Empty>{on ? m.approvals_none() : m.approvals_none_off()}</Empty>
        ) : (
          <>
            <ApprovalsTable lines={lines} timeZone={timeZone} />
            <TableFoot shown={m.approvals_count({ count: formatNumber(count), n: count })} pages={pages} />
          </>
        )}
      </div>
    </>
  )
}
