import { parseWithZod } from '@conform-to/zod/v4'
import { data, redirect } from 'react-router'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { messageForm, mostMessageText } from '#app/notices/message-form.ts'
import { parseReference } from '#app/notices/reference.ts'
import { explainUntaken } from '#app/notices/step-wording.ts'
import { findNoticeToWrite, writeMessage } from '#app/notices/write-message.server.ts'
import { Button } from '#app/ui/button.tsx'
import { TextField } from '#app/ui/fields.tsx'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/write.ts'

export const meta: Route.MetaFunction = ({ params }) => pageTitle(`${m.replies_write_title()}: ${params.reference}`)

export async function loader({ context, params }: Route.LoaderArgs) {
  const member = requireMember(context, ['rights_holder', 'association'])
  const found = await findNoticeToWrite(member, normal(params.reference))
  if (found === null) throw notFound()
  return found
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const member = requireMember(context, ['rights_holder', 'association'])
  const reference = normal(params.reference)
  const form = await request.formData()
  const submission = parseWithZod(form, { schema: messageForm })
  if (submission.status !== 'success') {
    const text = form.get('text')
    const errors = submission.error?.['text'] ?? []
    if (errors.length === 0 || (await findNoticeToWrite(member, reference)) === null) throw notFound()
    return data({ text: typeof text === 'string' ? text : '', errors, said: null }, { status: 400 })
  }
  const result = await writeMessage({ member, reference, message: submission.value })
  if (result === null || (!result.done && result.untaken.because === 'unknown')) throw notFound()
  if (result.done) return redirect(`/notices/${reference}?done=message.written#conversation`, 303)
  const said = explainUntaken('message.written', result.untaken, member.timeZone)
  return data({ text: submission.value.text, errors: [], said }, { status: 409 })
}

/** The page on which the holder writes to the vendor; the notice's own page holds the same form. */
export default function Write({ loaderData: { reference, vendor, key }, actionData }: Route.ComponentProps) {
  const crumbs = [{ label: reference, href: `/notices/${reference}` }, { label: m.replies_write_title() }]
  return (
    <>
      <PageHead title={m.replies_write_open({ vendor })} crumbs={crumbs} />
      {actionData?.said != null && (
        <div className="below">
          <Note tone="question" status>
            <p>{actionData.said}</p>
          </Note>
        </div>
      )}
      <form method="post" className="fs">
        <input type="hidden" name="key" value={key} />
        <TextField
          label={m.replies_write_text()}
          help={m.replies_write_help({ vendor })}
          rows={10}
          maxLength={mostMessageText}
          field={{
            id: 'message-text',
            name: 'text',
            required: true,
            initialValue: actionData?.text,
            errors: actionData?.errors,
          }}
        />
        <p>
          <Button look="go">{m.replies_write_send()}</Button>
        </p>
      </form>
    </>
  )
}

function normal(typed: string): string {
  const parsed = parseReference(typed)
  if (!parsed) throw notFound()
  return parsed.reference
}

function notFound(): Response {
  return new Response(null, { status: 404 })
}
