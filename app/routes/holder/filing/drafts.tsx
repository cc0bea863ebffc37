import { data } from 'react-router'
import { z } from 'zod'
import { mayDo } from '#app/accounts/roles.ts'
import { m } from '#app/generated/messages/messages.js'
import { discardDraft } from '#app/notices/discard-draft.server.ts'
import { DraftsTable } from '#app/notices/filing-drafts-table.tsx'
import { listDrafts } from '#app/notices/list-drafts.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/drafts.ts'
import { goTo, requireFiler } from './draft-door.ts'

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

export async function action({ context, request }: Route.ActionArgs) {
  const draftId = z.uuid().safeParse((await request.formData()).get('draft'))
  // oxlint-disable-next-line typescript/only-throw-error -- only a form that is not the page's own comes here
  if (!draftId.success) throw new Response(null, { status: 400 })
  const verdict = await discardDraft({ member: requireFiler(context), draftId: draftId.data })
  if (verdict.allowed || verdict.because === 'gone') return goTo('/filings?discarded')
  const refused = verdict.because === 'filed' ? m.filing_refused_gone() : m.filing_save_role_too_low()
  return data({ refused }, 409)
}

/** What is being prepared. */
export default function Drafts({ loaderData: { discarded, ...list }, actionData }: Route.ComponentProps) {
  return (
    <>
      <PageHead
        title={m.filing_drafts_title()}
        crumbs={[{ label: m.ui_nav_notices(), href: '/notices' }, { label: m.filing_drafts_title() }]}
        acts={list.mayFile && <LinkButton href="/notices/new">{m.filing_new()}</LinkButton>}
      >
        {m.filing_drafts_lead()}
      </PageHead>
      {actionData && (
        <Note tone="late" status>
          <p>{actionData.refused}</p>
        </Note>
      )}
      {discarded && !actionData && (
        <Note tone="agreed" status>
          <p>{m.filing_discarded()}</p>
        </Note>
      )}
      <DraftsTable {...list} />
    </>
  )
}
