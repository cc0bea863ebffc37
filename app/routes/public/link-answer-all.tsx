import { data, redirect } from 'react-router'
import { m } from '#app/generated/messages/messages.js'
import { mailLinkCode } from '#app/notices/confirm-by-link.server.ts'
import { findLinkAnswers } from '#app/notices/find-link-answers.server.ts'
import { LinkAnswersView } from '#app/notices/link-answers-page.tsx'
import { LinkGone } from '#app/notices/link-page-view.tsx'
import { fitsSheet } from '#app/notices/matrix-sheet.server.ts'
import { Note } from '#app/ui/note.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/link-answer-all.ts'
import { takeAll, takeFile } from './link-answer-forms.server.ts'
import { speakToContact } from './link-locale.server.ts'
import { visitOf } from './link-visit.ts'

export const meta: Route.MetaFunction = () => [
  ...pageTitle(m.sheets_link_title()),
  { name: 'robots', content: 'noindex' },
]

export const middleware = [speakToContact]

export async function loader({ request, params, context }: Route.LoaderArgs) {
  const opened = await findLinkAnswers(params.token, visitOf(request, context, 'page'))
  const at = new URL(request.url).searchParams
  const rest = { path: `/n/${params.token}`, codeSent: at.has('code'), recorded: at.has('recorded') }
  const fits = opened.open && fitsSheet(opened.value.notice)
  return data({ opened, fits, ...rest }, { status: opened.open ? 200 : 404, headers: { 'X-Robots-Tag': 'noindex' } })
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const { token } = params
  const asked = { token, visit: visitOf(request, context, 'answer') }
  const page = `/n/${token}/answers`
  const isFile = request.headers.get('content-type')?.startsWith('multipart/form-data') === true
  if (isFile) {
    const came = await takeFile(asked, request)
    return 'sheetId' in came ? redirect(`${page}/${came.sheetId}`, 303) : data(came.again, came.status)
  }
  const form = await request.formData()
  if (form.get('intent') === 'code') {
    const mailed = await mailLinkCode(token, asked.visit)
    if (!mailed.open) return redirect(page, 303)
    if (mailed.value === 'sent') return redirect(`${page}?code`, 303)
    const typed = { name: '', role: '', code: '' }
    const again = {
      form: 'code',
      typed,
      defaults: {},
      faults: [],
      said: { form: m.mails_answer_fault_often() },
    } as const
    return data(again, 429)
  }
  if (form.get('intent') !== 'all') throw data(null, { status: 400 })
  const came = await takeAll(asked, form)
  return 'again' in came ? data(came.again, came.status) : redirect(`${page}?recorded`, 303)
}

/** Where the bearer of a mail link answers each measure for all works, or sends a file; with a code, without an account. */
export default function LinkAnswerAll({ loaderData, actionData }: Route.ComponentProps) {
  const { opened, fits, path, codeSent, recorded } = loaderData
  if (!opened.open) return <LinkGone because={opened.because} />
  const { notice, link, mayAnswer } = opened.value
  return (
    <>
      <p className="crumbs">
        <a href={path}>
          {m.sheets_link_back()} <span className="ref">{notice.reference}</span>
        </a>
      </p>
      <h1>{m.sheets_link_title()}</h1>
      <p className="muted lead">{m.sheets_link_lead({ address: link.address })}</p>
      {recorded && (
        <div className="below">
          <Note tone="agreed" status>
            <p>{m.sheets_link_recorded()}</p>
          </Note>
        </div>
      )}
      {mayAnswer ? (
        <LinkAnswersView
          notice={notice}
          address={link.address}
          fits={fits}
          path={path}
          codeSent={codeSent}
          again={actionData ?? null}
        />
      ) : (
        <Note tone="info">
          <p>{m.sheets_link_closed()}</p>
        </Note>
      )}
    </>
  )
}
