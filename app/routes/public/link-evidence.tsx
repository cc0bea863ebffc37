import { data } from 'react-router'
import { z } from 'zod'
import { SharedView } from '#app/evidence/piece-page.tsx'
import { m } from '#app/generated/messages/messages.js'
import { LinkGone } from '#app/notices/link-page-view.tsx'
import { openLinkPiece } from '#app/notices/open-link-piece.server.ts'
import { pageTitle } from '#app/ui/page-title.ts'
import { Name } from '#app/ui/title.tsx'
import type { Route } from './+types/link-evidence.ts'
import { visitOf } from './link-visit.ts'

export const meta: Route.MetaFunction = () => [...pageTitle(m.evidence_title()), { name: 'robots', content: 'noindex' }]

export async function loader({ request, params, context }: Route.LoaderArgs) {
  const id = z.uuid().safeParse(params.id)
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (!id.success) throw new Response(null, { status: 404 })
  const visit = visitOf(request, context, 'evidence')
  const opened = await openLinkPiece(params.token, { id: id.data, what: 'opened', visit })
  // oxlint-disable-next-line typescript/only-throw-error
  if (opened.open && opened.value === null) throw new Response(null, { status: 404 })
  return data(
    { opened, path: `/n/${params.token}` },
    { status: opened.open ? 200 : 404, headers: { 'X-Robots-Tag': 'noindex' } },
  )
}

/** A file that goes with the notice behind a mail link; no account is needed. */
export default function LinkEvidence({ loaderData: { opened, path } }: Route.ComponentProps) {
  if (!opened.open) return <LinkGone because={opened.because} />
  if (opened.value === null) return null
  const { piece, reference, timeZone } = opened.value
  return (
    <>
      <p className="crumbs">
        <a href={path}>
          {m.mails_answer_page_title()} <span className="ref">{reference}</span>
        </a>
      </p>
      <h1>
        <Name>{piece.name}</Name>
      </h1>
      <p className="muted lead">{m.evidence_foreign_lead()}</p>
      <SharedView piece={piece} base={`${path}/evidence/${piece.id}`} timeZone={timeZone} />
    </>
  )
}
