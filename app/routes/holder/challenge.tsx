import { data, redirect } from 'react-router'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { ChallengingPage } from '#app/notices/challenging-page.tsx'
import { findChallenging, type ChallengingFacts } from '#app/notices/find-challenging.server.ts'
import { listCrumb } from '#app/notices/list-crumb.ts'
import { parseReference } from '#app/notices/reference.ts'
import { takeChallenge } from '#app/notices/take-challenge.server.ts'
import { stageWords } from '#app/notices/wording.ts'
import { firstLook, lookOf, type WorksLook } from '#app/notices/works-look.ts'
import { formatNumber, sentenceGap } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/challenge.ts'

export const meta: Route.MetaFunction = ({ params }) =>
  pageTitle(`${m.questions_challenge_title()}: ${params.reference}`)

export async function loader({ context, params }: Route.LoaderArgs) {
  const member = requireMember(context, ['rights_holder', 'association'])
  return { facts: await factsOf(member, params.reference, firstLook), kind: member.organisation.kind }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const member = requireMember(context, ['rights_holder', 'association'])
  const form = await request.formData()
  const facts = await factsOf(member, params.reference, lookOf(form))
  const { id, reference } = facts.notice
  const taken = await takeChallenge(member, id, form)
  if (taken === null) throw new Response(null, { status: 400 })
  if ('done' in taken) return redirect(`/notices/${reference}?done=${taken.done}`, 303)
  return data({ facts, again: taken.again }, { status: taken.status })
}

/** The holder's page for challenging a decision. */
export default function Challenge({ loaderData, actionData }: Route.ComponentProps) {
  const { kind } = loaderData
  const { facts } = actionData ?? loaderData
  const { notice, vendor, mayChallenge, roleTooLow, decideDays } = facts
  const { reference } = notice
  const again = actionData?.again ?? null
  const days = m.questions_challenge_days({ count: formatNumber(decideDays) })
  return (
    <>
      <PageHead
        title={m.questions_challenge_title()}
        crumbs={[
          listCrumb(kind),
          { label: <span className="ref">{reference}</span>, href: `/notices/${reference}` },
          { label: m.questions_challenge_title() },
        ]}
      >
        {mayChallenge && m.questions_challenge_lead({ vendor, days })}
      </PageHead>
      {mayChallenge ? (
        <ChallengingPage facts={facts} again={again} />
      ) : (
        <Note tone={again === null ? 'info' : 'question'} status={again !== null}>
          <p>
            {again?.said[0] ??
              (roleTooLow
                ? m.questions_challenge_role()
                : m.questions_challenge_closed({ stage: stageWords[notice.stage]() }))}
            {sentenceGap()}
            <a href={`/notices/${reference}`}>{m.questions_back_to()}</a>
          </p>
        </Note>
      )}
    </>
  )
}

async function factsOf(member: Member, typed: string, look: WorksLook): Promise<ChallengingFacts> {
  const reference = parseReference(typed)?.reference
  const facts = reference === undefined ? null : await findChallenging(member, { reference, ...look })
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (facts === null) throw new Response(null, { status: 404 })
  return facts
}
