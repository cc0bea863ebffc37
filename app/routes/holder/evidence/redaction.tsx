import { data, redirect } from 'react-router'
import { mayDo } from '#app/accounts/roles.ts'
import { findOwnPiece } from '#app/evidence/find-own-piece.server.ts'
import { Picture } from '#app/evidence/piece-facts.tsx'
import { UploadForm } from '#app/evidence/upload-form.tsx'
import { refusalWords } from '#app/evidence/wording.ts'
import { m } from '#app/generated/messages/messages.js'
import { newId } from '#app/platform/id.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Name } from '#app/ui/title.tsx'
import type { Route } from './+types/redaction.ts'
import { idOf, keepFromForm, requireKeeper } from './doors.server.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.evidence_redacted_add())

export async function loader({ context, params }: Route.LoaderArgs) {
  const member = requireKeeper(context)
  const piece = await findOwnPiece(member, idOf(params.id))
  if (piece === null || piece.redactionOf !== null) throw new Response(null, { status: 404 })
  if (!mayDo(member.organisation.role, 'keep-evidence')) throw new Response(null, { status: 403 })
  return { piece, key: newId() }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const member = requireKeeper(context)
  const id = idOf(params.id)
  const kept = await keepFromForm(member, request, id)
  if (kept.kept) return redirect(`/evidence/${id}#redacted`, 303)
  if (kept.because === 'no-original') throw new Response(null, { status: 404 })
  return data({ error: refusalWords[kept.because]() }, kept.because === 'too-large' ? 413 : 400)
}

/** Sends a redacted copy to stand beside its original. */
export default function Redaction({ loaderData: { piece, key }, actionData }: Route.ComponentProps) {
  const page = `/evidence/${piece.id}`
  return (
    <>
      <PageHead
        title={m.evidence_redacted_add()}
        crumbs={[
          { label: m.evidence_title(), href: '/evidence' },
          { label: <Name>{piece.name}</Name>, href: page },
          { label: m.evidence_redacted_add() },
        ]}
      >
        {m.evidence_redacted_lead()}
      </PageHead>
      <div className="pair">
        <figure>
          <figcaption className="lab">{m.evidence_original()}</figcaption>
          <Picture piece={piece} base={page} />
          <p className="cap gap">
            <Name>{piece.name}</Name>
          </p>
        </figure>
        <UploadForm
          action={`${page}/redaction?key=${key}`}
          error={actionData?.error ?? null}
          redactionOf={piece.id}
          label={m.evidence_redacted_file()}
        />
      </div>
    </>
  )
}
