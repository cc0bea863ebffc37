import { useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { data, redirect } from 'react-router'
import { mayDo } from '#app/accounts/roles.ts'
import { PostForm } from '#app/accounts/post-form.tsx'
import { CaptureFields } from '#app/evidence/capture-fields.tsx'
import { captureForm, localTimeOf, mostWorksNamed, type CaptureForm } from '#app/evidence/capture.ts'
import { captureMark, describePiece, type Described } from '#app/evidence/describe-piece.server.ts'
import { findOwnPiece } from '#app/evidence/find-own-piece.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Name } from '#app/ui/title.tsx'
import type { Route } from './+types/capture.ts'
import { idOf, requireKeeper } from './doors.server.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.evidence_capture())

export async function loader({ context, params }: Route.LoaderArgs) {
  const member = requireKeeper(context)
  const piece = await findOwnPiece(member, idOf(params.id))
  if (piece === null) throw new Response(null, { status: 404 })
  if (!mayDo(member.organisation.role, 'keep-evidence')) throw new Response(null, { status: 403 })
  return { piece, shown: captureMark(piece), timeZone: member.timeZone }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const member = requireKeeper(context)
  const id = idOf(params.id)
  const sent = await request.formData()
  const submission = parseWithZod(sent, { schema: captureForm })
  if (submission.status !== 'success') return data({ result: submission.reply() }, 400)
  const shown = sent.get('shown')
  const described = await describePiece(member, id, submission.value, typeof shown === 'string' ? shown : undefined)
  if (described.saved) return redirect(`/evidence/${id}#capture`, 303)
  if (described.because === 'gone') throw new Response(null, { status: 404 })
  if (described.because === 'role') throw new Response(null, { status: 403 })
  return data(
    { result: submission.reply(faultOf(described)) },
    ['went', 'changed'].includes(described.because) ? 409 : 400,
  )
}

function faultOf(described: Extract<Described, { saved: false }>) {
  if (described.because === 'unknown-works')
    return { fieldErrors: { works: [m.evidence_error_works({ lines: described.lines.slice(0, 5).join(', ') })] } }
  if (described.because === 'too-many-works')
    return { fieldErrors: { works: [m.evidence_error_many_works({ most: formatNumber(mostWorksNamed) })] } }
  if (described.because === 'future') return { fieldErrors: { capturedOn: [m.evidence_error_future()] } }
  return { formErrors: [described.because === 'changed' ? m.evidence_capture_changed() : m.evidence_went()] }
}

/** How a piece came about, as a form. */
export default function CapturePage({ loaderData: { piece, shown, timeZone }, actionData }: Route.ComponentProps) {
  const { capture, works } = piece
  const [form, fields] = useForm<Record<keyof CaptureForm, string>>({
    id: 'capture',
    lastResult: actionData?.result,
    defaultValue: {
      ...capture,
      capturedOn: capture === null ? '' : localTimeOf(capture),
      timeZone: capture?.timeZone ?? timeZone,
      works: works.map(({ externalId }) => externalId).join('\n'),
    },
  })
  return (
    <>
      <PageHead
        title={m.evidence_capture()}
        crumbs={[
          { label: m.evidence_title(), href: '/evidence' },
          { label: <Name>{piece.name}</Name>, href: `/evidence/${piece.id}` },
          { label: m.evidence_capture() },
        ]}
      >
        {m.evidence_capture_lead()}
      </PageHead>
      <PostForm form={form}>
        <input type="hidden" name="shown" value={shown} />
        <CaptureFields fields={fields} />
        <div className="bs">
          <Button look="go">{m.evidence_save()}</Button>
          <LinkButton href={`/evidence/${piece.id}`}>{m.evidence_cancel()}</LinkButton>
        </div>
      </PostForm>
    </>
  )
}
