import { mayDo } from '#app/accounts/roles.ts'
import { m } from '#app/generated/messages/messages.js'
import { DraftsTable } from '#app/notices/filing-drafts-table.tsx'
import { listDrafts } from '#app/notices/list-drafts.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/drafts.ts'
import { requireFiler } from './draft-door.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.filing_drafts_title())

export async function loader({ context, request }: Route.LoaderArgs) {
  const member = requireFiler(context)
  return {
    drafts: await listDrafts(member),
    timeZone: member.timeZone,
    mayFile: mayDo(member.organisation.role, 'file-notices'),
    discarded: new URL(request.url).searchParams.has('discarded'),
  }
}

/** What is being prepared. */
export default function Drafts({ loaderData: { discarded, ...list } }: Route.ComponentProps) {
  return (
    <>
      <PageHead
        title={m.filing_drafts_title()}
        crumbs={[{ label: m.ui_nav_notices(), href: '/notices' }, { label: m.filing_drafts_title() }]}
        acts={list.mayFile && <LinkButton href="/notices/new">{m.filing_new()}</LinkButton>}
      >
        {m.filing_drafts_lead()} <a href="/approvals">{m.approvals_title()}</a>
      </PageHead>
      <div className="stack tight">
        {discarded && (
          <Note tone="agreed" status>
            <p>{m.filing_discarded()}</p>
          </Note>
        )}
        <DraftsTable {...list} />
      </div>
    </>
  )
}
