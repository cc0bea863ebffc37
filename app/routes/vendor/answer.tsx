import { data, redirect } from 'react-router'
import { mayDo } from '#app/accounts/roles.ts'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { AnsweringPage, answeringLead } from '#app/notices/answering-page.tsx'
import { AnsweringReview } from '#app/notices/answering-review.tsx'
import { findAnswering } from '#app/notices/find-answering.server.ts'
import { takeAnswers } from '#app/notices/take-answers.server.ts'
import { dueOn } from '#app/notices/notice-view.ts'
import { parseReference } from '#app/notices/reference.ts'
import { stageWords } from '#app/notices/wording.ts'
import { formatNumber, sentenceGap } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/answer.ts'

export const meta: Route.MetaFunction = ({ params }) => pageTitle(`${m.vendors_answer_title()}: ${params.reference}`)

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const member = requireMember(context, ['vendor'])
  const found = await findAnswering(member, normal(params.reference))
  if (found === null) throw notFound()
  const recorded = Number(new URL(request.url).searchParams.get('recorded') ?? Number.NaN)
  return {
    view: {
      ...found,
      recorded: Number.isSafeInteger(recorded) ? recorded : null,
      closed: closedTo(member, found.mayAnswer),
    },
    settings: [],
  }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const member = requireMember(context, ['vendor'])
  const reference = normal(params.reference)
  const answer = await takeAnswers(member, reference, await request.formData())
  if (answer === null) throw notFound()
  if ('unreadable' in answer) throw new Response(null, { status: 400 })
  if ('recorded' in answer) return redirect(`/notices/${reference}/answer?recorded=${answer.recorded}`, 303)
  const { view, settings, status } = answer
  return data({ view: { ...view, recorded: null, closed: null }, settings }, { status })
}

/** The vendor's page for answering a notice work by work, and the review before anything is recorded. */
export default function Answer({ loaderData, actionData }: Route.ComponentProps) {
  const { view, settings } = actionData ?? loaderData
  const { notice, holder, closed, recorded, reviewing } = view
  const { reference } = notice
  return (
    <>
      <PageHead
        title={m.vendors_answer_title()}
        crumbs={[
          { label: m.ui_nav_inbox(), href: '/inbox' },
          { label: <span className="ref">{reference}</span>, href: `/notices/${reference}` },
          { label: m.vendors_answer_title() },
        ]}
      >
        {answeringLead(view, dueOn(notice, 'decide'))}
      </PageHead>
      {recorded !== null && <Done recorded={recorded} holder={holder} reference={reference} />}
      {closed === 'role' && <Closed words={m.vendors_answer_role()} />}
      {closed === 'stage' && <Closed words={m.vendors_answer_closed({ stage: stageWords[notice.stage]() })} />}
      {closed === null &&
        (reviewing ? <AnsweringReview view={view} settings={settings} /> : <AnsweringPage view={view} />)}
    </>
  )
}

function Done({ recorded, holder, reference }: { recorded: number; holder: string; reference: string }) {
  return (
    <div className="below">
      <Note tone="agreed" status>
        <p>
          {m.vendors_answer_recorded({ n: recorded, count: formatNumber(recorded), holder })}
          {sentenceGap()}
          <a href={`/notices/${reference}`}>{m.vendors_answer_to_notice()}</a>
        </p>
      </Note>
    </div>
  )
}

function Closed({ words }: { words: string }) {
  return (
    <Note tone="info">
      <p>{words}</p>
    </Note>
  )
}

function closedTo({ organisation }: Member, mayAnswer: boolean): 'stage' | 'role' | null {
  if (!mayDo(organisation.role, 'answer-notices')) return 'role'
  return mayAnswer ? null : 'stage'
}

function normal(typed: string): string {
  const parsed = parseReference(typed)
  if (!parsed) throw notFound()
  return parsed.reference
}

function notFound(): Response {
  return new Response(null, { status: 404 })
}
