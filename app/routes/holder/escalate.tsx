import { data, redirect } from 'react-router'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { EscalatingPage } from '#app/notices/escalating-page.tsx'
import { findHoldersNotice, type HoldersNotice } from '#app/notices/find-holders-notice.server.ts'
import { parseReference } from '#app/notices/reference.ts'
import { takeEscalation } from '#app/notices/take-escalation.server.ts'
import { stageWords } from '#app/notices/wording.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { sentenceGap } from '#app/ui/format.ts'
import type { Route } from './+types/escalate.ts'

export const meta: Route.MetaFunction = ({ params }) =>
  pageTitle(`${m.questions_escalate_title()}: ${params.reference}`)

export async function loader({ context, params }: Route.LoaderArgs) {
  const member = requireMember(context, ['rights_holder'])
  return { found: await foundOf(member, params.reference) }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const member = requireMember(context, ['rights_holder'])
  const { notice } = await foundOf(member, params.reference)
  const taken = await takeEscalation(member, notice.id, await request.formData())
  if (taken === null) throw new Response(null, { status: 400 })
  if ('done' in taken) return redirect(`/notices/${notice.reference}?done=${taken.done}`, 303)
  return data({ again: taken.again }, { status: taken.status })
}

/** The holder's page for recording that a notice went to a regulator or a court, and that this ended. */
export default function Escalate({ loaderData: { found }, actionData }: Route.ComponentProps) {
  const { notice, vendor, open, roleTooLow } = found
  const { reference } = notice
  const may = open.includes('notice.escalated')
  return (
    <>
      <PageHead
        title={m.questions_escalate_title()}
        crumbs={[
          { label: m.notices_list_title(), href: '/notices' },
          { label: <span className="ref">{reference}</span>, href: `/notices/${reference}` },
          { label: m.questions_escalate_title() },
        ]}
      >
        {may && m.questions_escalate_lead({ vendor })}
      </PageHead>
      {may ? (
        <EscalatingPage found={found} again={actionData?.again ?? null} />
      ) : (
        <p>
          {actionData?.again.said[0] ??
            (roleTooLow
              ? m.questions_escalate_role()
              : m.questions_escalate_closed({ stage: stageWords[notice.stage]() }))}
          {sentenceGap()}
          <a href={`/notices/${reference}`}>{m.questions_back_to()}</a>
        </p>
      )}
    </>
  )
}

async function foundOf(member: Member, typed: string): Promise<HoldersNotice> {
  const reference = parseReference(typed)?.reference
  const found = reference === undefined ? null : await findHoldersNotice(member, reference)
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (found === null) throw new Response(null, { status: 404 })
  return found
}
