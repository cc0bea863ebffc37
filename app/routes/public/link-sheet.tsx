import { data, redirect } from 'react-router'
import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { findLinkAnswers } from '#app/notices/find-link-answers.server.ts'
import { LinkGone } from '#app/notices/link-page-view.tsx'
import { nameHere } from '#app/notices/link-words.ts'
import { askToRecord } from '#app/notices/record-sheet.server.ts'
import { SheetPageView } from '#app/notices/sheet-page.tsx'
import { explainUntaken } from '#app/notices/step-wording.ts'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/link-sheet.ts'
import { refusedCode } from './link-answer-forms.server.ts'
import { speakToContact } from './link-locale.server.ts'
import { visitOf } from './link-visit.ts'

export const meta: Route.MetaFunction = () => [...pageTitle(m.sheets_title()), { name: 'robots', content: 'noindex' }]

export const middleware = [speakToContact]

async function openSheet({ request, params, context }: Pick<Route.LoaderArgs, 'request' | 'params' | 'context'>) {
  const id = z.uuid().safeParse(params.sheetId)
  const what = request.method === 'POST' ? 'answer' : 'page'
  if (!id.success) return null
  const opened = await findLinkAnswers(params.token, visitOf(request, context, what), id.data)
  return opened.open && opened.value.found === null ? null : opened
}

export async function loader(asked: Route.LoaderArgs) {
  const opened = await openSheet(asked)
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (opened === null) throw new Response(null, { status: 404 })
  const { token, sheetId } = asked.params
  return data(
    { opened, path: `/n/${token}/answers/${sheetId}`, again: `/n/${token}/answers` },
    { status: opened.open ? 200 : 404, headers: { 'X-Robots-Tag': 'noindex' } },
  )
}

export async function action(asked: Route.ActionArgs) {
  const opened = await openSheet(asked)
  // oxlint-disable-next-line typescript/only-throw-error
  if (opened === null || !opened.open) throw new Response(null, { status: 404 })
  const { link, found, notice } = opened.value
  const form = await asked.request.formData()
  const code = form.get('code')
  const typed = { name: '', role: '', code: typeof code === 'string' ? code.slice(0, 40) : '' }
  const refused = await refusedCode(asked.params.token, typed)
  if (refused !== null) return data({ code: refused.said.code, error: null }, refused.status)
  const sheet = found?.sheet
  // oxlint-disable-next-line typescript/only-throw-error
  if (sheet === undefined) throw new Response(null, { status: 404 })
  const sender = { by: 'link', linkId: link.id, bearer: bearerOf(sheet.bearer) } as const
  const recorded = await askToRecord({ sender, sheetId: sheet.id, overwrite: form.get('newer') === 'overwrite' })
  if (recorded.came === 'refused')
    return data({ code: null, error: explainUntaken('outcomes.recorded', recorded.refusal, notice.timeZone) }, 409)
  return redirect(`/n/${asked.params.token}/answers/${sheet.id}`, 303)
}

// Who sent the file is who records it.
function bearerOf(kept: unknown) {
  const text = z.string().optional()
  return z.object({ name: text, role: text, networkAddress: text }).catch({}).parse(kept)
}

/** One file of answers that came by a mail link: what it would record, and what it did. */
export default function LinkSheet({ loaderData: { opened, path, again }, actionData }: Route.ComponentProps) {
  if (!opened.open) return <LinkGone because={opened.because} />
  const { notice, found } = opened.value
  if (found === null) return null
  const fault = actionData?.code ?? null
  const code = { id: 'code', name: 'code', errors: fault === null ? [] : [fault] }
  return (
    <>
      <p className="crumbs">
        <a href={again}>
          {m.sheets_link_title()} <span className="ref">{notice.reference}</span>
        </a>
      </p>
      <h1>{m.sheets_title()}</h1>
      <ErrorSummary
        faults={[
          ...(fault === null ? [] : [{ text: fault, id: 'code' }]),
          ...(actionData?.error ? [{ text: actionData.error }] : []),
        ]}
      />
      <SheetPageView
        view={{
          ...found,
          holder: nameHere(notice.holder),
          timeZone: notice.timeZone,
          decided: notice.decided !== null,
          path,
          again,
          scriptless: true,
          confirm: <InputField field={code} label={m.mails_answer_code()} look="short" autoComplete="one-time-code" />,
        }}
      />
    </>
  )
}
