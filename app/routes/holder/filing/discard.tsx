import { data } from 'react-router'
import { m } from '#app/generated/messages/messages.js'
import { discardDraft } from '#app/notices/discard-draft.server.ts'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/discard.ts'
import { draftIdOf, goTo, openDraft, requireFiler } from './draft-door.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.filing_page_discard())

export async function loader(args: Route.LoaderArgs) {
  const { preview, mayFile } = await openDraft(args)
  const { draft, facts } = preview
  return { id: draft.id, reference: draft.references.filing, vendors: facts.vendors.map(({ name }) => name), mayFile }
}

export async function action({ context, params }: Route.ActionArgs) {
  const verdict = await discardDraft({ member: requireFiler(context), draftId: draftIdOf(params) })
  if (verdict.allowed || verdict.because === 'gone') return goTo('/filings?discarded')
  return data({ refused: verdict.because === 'filed' ? m.filing_refused_gone() : m.filing_save_role_too_low() }, 409)
}

/** Says what would be lost, before it is. */
export default function Discard({ loaderData: { id, reference, vendors, mayFile }, actionData }: Route.ComponentProps) {
  return (
    <>
      <PageHead
        title={m.filing_discard_title()}
        crumbs={[
          { label: m.filing_drafts_title(), href: '/filings' },
          { label: <span className="ref">{reference}</span> },
        ]}
      />
      <div className="stack tight">
        {actionData && (
          <Note tone="late" status>
            <p>{actionData.refused}</p>
          </Note>
        )}
        <p>{m.filing_discard_effect()}</p>
        {vendors.length > 0 && <p>{m.filing_discard_vendors({ vendors: vendors.join(m.filing_list_comma()) })}</p>}
        <form method="post" className="bs">
          <LinkButton href={`/filings/${id}/check`}>{m.filing_discard_keep()}</LinkButton>
          {mayFile && <Button look="risk go">{m.filing_discard_act()}</Button>}
        </form>
      </div>
    </>
  )
}
