import { data, redirect } from 'react-router'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { findHoldersNotice, type HoldersNotice } from '#app/notices/find-holders-notice.server.ts'
import { parseReference } from '#app/notices/reference.ts'
import { startSuccessor } from '#app/notices/start-successor.server.ts'
import { stageWords } from '#app/notices/wording.ts'
import { Button } from '#app/ui/button.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { sentenceGap } from '#app/ui/format.ts'
import type { Route } from './+types/supersede.ts'

export const meta: Route.MetaFunction = ({ params }) =>
  pageTitle(`${m.questions_supersede_title()}: ${params.reference}`)

export async function loader({ context, params }: Route.LoaderArgs) {
  const member = requireMember(context, ['rights_holder'])
  return { found: await foundOf(member, params.reference) }
}

export async function action({ context, params }: Route.ActionArgs) {
  const member = requireMember(context, ['rights_holder'])
  const { notice, open } = await foundOf(member, params.reference)
  if (!open.includes('notice.superseded')) return data(null, { status: 409 })
  const started = await startSuccessor(member, notice)
  if (!started.allowed) return data(null, { status: 409 })
  return redirect(`/filings/${started.draftId}/scope`, 303)
}

/** The holder's page before a new notice that takes the place of one: what will happen, and when. */
export default function Supersede({ loaderData: { found } }: Route.ComponentProps) {
  const { notice, vendor, open, roleTooLow } = found
  const { reference } = notice
  return (
    <>
      <PageHead
        title={m.questions_supersede_title()}
        crumbs={[
          { label: m.notices_list_title(), href: '/notices' },
          { label: <span className="ref">{reference}</span>, href: `/notices/${reference}` },
          { label: m.questions_supersede_title() },
        ]}
      />
      {open.includes('notice.superseded') ? (
        <form method="post" className="fs">
          <p>{m.questions_supersede_lead({ reference, vendor })}</p>
          <div>
            <Button look="go">{m.questions_supersede_button()}</Button>
          </div>
        </form>
      ) : (
        <p>
          {roleTooLow
            ? m.questions_supersede_role()
            : m.questions_supersede_closed({ stage: stageWords[notice.stage]() })}
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
