import { data, redirect } from 'react-router'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { AskingPage } from '#app/notices/asking-page.tsx'
import { findAsking, type AskingFacts } from '#app/notices/find-asking.server.ts'
import { parseReference } from '#app/notices/reference.ts'
import { takeQuestion } from '#app/notices/take-question.server.ts'
import { stageWords } from '#app/notices/wording.ts'
import { firstLook, lookOf, type WorksLook } from '#app/notices/works-look.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { sentenceGap } from '#app/ui/format.ts'
import type { Route } from './+types/ask.ts'

export const meta: Route.MetaFunction = ({ params }) => pageTitle(`${m.questions_ask_title()}: ${params.reference}`)

export async function loader({ context, params }: Route.LoaderArgs) {
  const member = requireMember(context, ['vendor'])
  return { facts: await factsOf(member, params.reference, firstLook) }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const member = requireMember(context, ['vendor'])
  const form = await request.formData()
  const facts = await factsOf(member, params.reference, lookOf(form))
  const { id, reference } = facts.notice
  const taken = await takeQuestion(member, id, form)
  if (taken === null) throw new Response(null, { status: 400 })
  if ('done' in taken) return redirect(`/notices/${reference}?done=${taken.done}`, 303)
  return data({ facts, again: taken.again }, { status: taken.status })
}

/** The vendor's page for asking the holder about works, and for sending the notice back. */
export default function Ask({ loaderData, actionData }: Route.ComponentProps) {
  const { facts } = actionData ?? loaderData
  const { notice, mayAsk, maySendBack, roleTooLow } = facts
  const { reference } = notice
  return (
    <>
      <PageHead
        title={m.questions_ask_title()}
        crumbs={[
          { label: m.ui_nav_inbox(), href: '/inbox' },
          { label: <span className="ref">{reference}</span>, href: `/notices/${reference}` },
          { label: m.questions_ask_title() },
        ]}
      />
      {mayAsk || maySendBack ? (
        <AskingPage facts={facts} again={actionData?.again ?? null} />
      ) : (
        <Note tone="info">
          <p>
            {actionData?.again.said[0] ??
              (roleTooLow
                ? m.questions_closed_role()
                : m.questions_closed_stage({ stage: stageWords[notice.stage]() }))}
            {sentenceGap()}
            <a href={`/notices/${reference}`}>{m.questions_back_to()}</a>
          </p>
        </Note>
      )}
    </>
  )
}

async function factsOf(member: Member, typed: string, look: WorksLook): Promise<AskingFacts> {
  const reference = parseReference(typed)?.reference
  const facts = reference === undefined ? null : await findAsking(member, { reference, ...look })
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (facts === null) throw new Response(null, { status: 404 })
  return facts
}
