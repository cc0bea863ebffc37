import { data, redirect } from 'react-router'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { readAnswerForm } from '#app/notices/answer-files.server.ts'
import { findQuestion, type QuestionPage } from '#app/notices/find-question.server.ts'
import { listCrumb } from '#app/notices/list-crumb.ts'
import { readNoticeQuery } from '#app/notices/notice-query.ts'
import { QuestionView } from '#app/notices/question-page.tsx'
import { questionHeading } from '#app/notices/question-thread.tsx'
import { parseReference } from '#app/notices/reference.ts'
import { takeAnswer } from '#app/notices/take-answer.server.ts'
import { formatNumber } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/question.ts'

export const meta: Route.MetaFunction = ({ params }) =>
  pageTitle(`${m.questions_question_title({ number: params.number })}: ${params.reference}`)

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const member = requireMember(context, ['rights_holder', 'vendor', 'association'])
  return { page: await pageOf(member, params, request.url), timeZone: member.timeZone, kind: member.organisation.kind }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const member = requireMember(context, ['rights_holder', 'vendor', 'association'])
  const { notice, question } = await pageOf(member, params, request.url)
  const form = await readAnswerForm(request, question.id)
  const taken = await takeAnswer(member, { noticeId: notice.id, number: question.number }, form)
  if (taken === null) throw new Response(null, { status: 400 })
  if ('done' in taken) return redirect(`/notices/${notice.reference}?done=${taken.done}`, 303)
  return data({ again: taken.again }, { status: taken.status })
}

/** One question about a notice: both sides read it, the holder answers it, the vendor may take it back. */
export default function QuestionRoute({ loaderData: { page, timeZone, kind }, actionData }: Route.ComponentProps) {
  const { notice, question } = page
  const { reference } = notice
  return (
    <>
      <PageHead
        title={questionHeading(question)}
        crumbs={[
          listCrumb(kind),
          { label: <span className="ref">{reference}</span>, href: `/notices/${reference}` },
          { label: m.questions_question_title({ number: formatNumber(question.number) }) },
        ]}
      />
      <QuestionView page={page} timeZone={timeZone} again={actionData?.again ?? null} />
    </>
  )
}

async function pageOf(
  member: Member,
  params: { reference: string; number: string },
  url: string,
): Promise<QuestionPage> {
  const reference = parseReference(params.reference)?.reference
  const number = /^[1-9]\d{0,5}$/.test(params.number) ? Number(params.number) : null
  const { cursor } = readNoticeQuery(url)
  const page =
    reference === undefined || number === null ? null : await findQuestion(member, { reference, number, cursor })
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (page === null) throw new Response(null, { status: 404 })
  return page
}
