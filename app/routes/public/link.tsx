import { parseWithZod } from '@conform-to/zod/v4'
import { data, redirect } from 'react-router'
import { m } from '#app/generated/messages/messages.js'
import { answerByLink, type LinkAnswered } from '#app/notices/answer-by-link.server.ts'
import { findLinkPage } from '#app/notices/find-link-notice.server.ts'
import { linkAnswers, readLinkDone } from '#app/notices/link-answers.ts'
import { readNoticeQuery } from '#app/notices/notice-query.ts'
import type { LinkAgain } from '#app/notices/link-again.tsx'
import { LinkGone, LinkPageView } from '#app/notices/link-page-view.tsx'
import { worksFault } from '#app/notices/question-words.ts'
import { explainUntaken } from '#app/notices/step-wording.ts'
import { env } from '#app/platform/env.server.ts'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/link.ts'
import { speakToContact } from './link-locale.server.ts'
import { visitOf } from './link-visit.ts'

export const meta: Route.MetaFunction = () => [
  ...pageTitle(m.mails_answer_page_title()),
  { name: 'robots', content: 'noindex' },
]

export const middleware = [speakToContact]

// Mail scanners open links: reading leaves a line in the access log and nothing else.
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const page = await findLinkPage(
    params.token,
    visitOf(request, context, 'page'),
    readNoticeQuery(request.url).messages,
  )
  const rest = { done: readLinkDone(request.url), path: `/n/${params.token}`, host: new URL(env().BASE_URL).host }
  return data({ page, ...rest }, { status: page.open ? 200 : 404, headers: { 'X-Robots-Tag': 'noindex' } })
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const submission = parseWithZod(await request.formData(), { schema: linkAnswers })
  const intent = linkAnswers.options
    .map((each) => each.shape.intent.value)
    .find((each) => each === submission.payload['intent'])
  if (intent === undefined) throw data(null, { status: 400 })
  const again = (result: ReturnType<typeof submission.reply>, asksCode: boolean) => ({ intent, result, asksCode })
  const hasCode = typeof submission.payload['code'] === 'string'
  if (submission.status !== 'success')
    return data({ again: again(submission.reply(), hasCode), said: null }, { status: 400 })
  const answered = await answerByLink({
    token: params.token,
    answer: submission.value,
    visit: visitOf(request, context, 'answer'),
  })
  if (!answered.open) throw redirect(`/n/${params.token}`, 303)
  const { value } = answered
  switch (value.came) {
    case 'done':
      return redirect(`/n/${params.token}?done=${value.done}`, 303)
    case 'code-sent':
      return data({ again: again(submission.reply(), true), said: null })
    case 'refused':
      return data({ again: null, said: refusalOf(value, submission.value.intent) }, { status: 409 })
    default:
      return data(
        { again: again(submission.reply(faultOf(value.because)), hasCode), said: null },
        { status: value.because === 'too-often' ? 429 : 400 },
      )
  }
}

function refusalOf(
  { refusal, timeZone }: Extract<LinkAnswered, { came: 'refused' }>,
  intent: keyof typeof stepOf,
): string {
  return explainUntaken(stepOf[intent], refusal, timeZone)
}

const stepOf = {
  acknowledge: 'notice.acknowledged',
  forward: 'message.readdressed',
  answered: 'notice.acknowledged',
  'not-ours': 'decision.declared',
  ask: 'clarification.requested',
  'send-back': 'notice.sent_back',
  close: 'clarification.closed',
} as const

function faultOf(because: Extract<LinkAnswered, { came: 'fault' }>['because']) {
  if (because === 'too-often') return { formErrors: [m.mails_answer_fault_often()] }
  if (because === 'no-works' || because === 'too-many-works') return { fieldErrors: { q: [worksFault({ because })] } }
  if (because === 'same-address') return { fieldErrors: { address: [m.mails_answer_fault_same()] } }
  return { fieldErrors: { code: [m.mails_answer_fault_code()] } }
}

/** The page from the mail: no account, no script, nothing recorded but by its buttons. */
export default function Link({ loaderData, actionData }: Route.ComponentProps) {
  const { page, ...rest } = loaderData
  if (!page.open) return <LinkGone because={page.because} />
  const again: LinkAgain = actionData?.again ?? null
  return <LinkPageView page={page.value} {...rest} again={again} said={actionData?.said ?? null} />
}
