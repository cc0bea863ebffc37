import { data, redirect } from 'react-router'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { answeringLead } from '#app/notices/answering-page.tsx'
import { DecidingPage } from '#app/notices/deciding-page.tsx'
import { findDeciding, type DecidingView } from '#app/notices/find-deciding.server.ts'
import { dueOn } from '#app/notices/notice-view.ts'
import { parseReference } from '#app/notices/reference.ts'
import { stepWords } from '#app/notices/step-wording.ts'
import { takeDeclaration } from '#app/notices/take-declaration.server.ts'
import { stageWords } from '#app/notices/wording.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { sentenceGap } from '#app/ui/format.ts'
import type { Route } from './+types/decide.ts'

export const meta: Route.MetaFunction = ({ params }) =>
  pageTitle(`${stepWords['decision.declared']()}: ${params.reference}`)

export async function loader({ context, params }: Route.LoaderArgs) {
  const member = requireMember(context, ['vendor'])
  const view = await findDeciding(member, normal(params.reference))
  if (view === null) throw notFound()
  return { view }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const member = requireMember(context, ['vendor'])
  const reference = normal(params.reference)
  const taken = await takeDeclaration(member, reference, await request.formData())
  if (taken === null) throw notFound()
  if ('unreadable' in taken) throw new Response(null, { status: 400 })
  if ('declared' in taken) return redirect(`/notices/${reference}?done=decision.declared`, 303)
  return data({ view: taken.view }, { status: taken.status })
}

/** The vendor's page for declaring its decision: one answer for each measure with something pending. */
export default function Decide({ loaderData, actionData }: Route.ComponentProps) {
  const { view } = actionData ?? loaderData
  const { notice, closed } = view
  const { reference } = notice
  const title = stepWords['decision.declared']()
  return (
    <>
      <PageHead
        title={title}
        crumbs={[
          { label: m.ui_nav_inbox(), href: '/inbox' },
          { label: <span className="ref">{reference}</span>, href: `/notices/${reference}` },
          { label: title },
        ]}
      >
        {closed === null && answeringLead(view, dueOn(notice, 'decide'))}
      </PageHead>
      {closed === null ? <DecidingPage view={view} /> : <Closed view={view} because={closed} />}
    </>
  )
}

const closedWords = {
  role: () => m.vendors_decide_closed_role(),
  nothing: (stage) => m.vendors_decide_closed_nothing({ stage }),
  stage: (stage) => m.vendors_decide_closed_stage({ stage }),
} satisfies Record<NonNullable<DecidingView['closed']>, (stage: string) => string>

// A refusal says more than that the page is closed: who was faster, and when.
function Closed({ view: { notice, said }, because }: { view: DecidingView; because: keyof typeof closedWords }) {
  const [refusal] = said
  return (
    <Note tone={refusal === undefined ? 'info' : 'question'} status={refusal !== undefined}>
      <p>
        {refusal ?? closedWords[because](stageWords[notice.stage]())}
        {sentenceGap()}
        <a href={`/notices/${notice.reference}`}>{m.vendors_answer_to_notice()}</a>
      </p>
    </Note>
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
