import { data } from 'react-router'
import { z } from 'zod'
import { mayDo } from '#app/accounts/roles.ts'
import { m } from '#app/generated/messages/messages.js'
import { FilingPage } from '#app/notices/filing-page.tsx'
import { recallRefusals } from '#app/notices/filing-wording.ts'
import { findFiling } from '#app/notices/find-filing.server.ts'
import { recallFiling } from '#app/notices/recall-filing.server.ts'
import { takeBackFiling } from '#app/notices/return-filing.server.ts'
import { approvalRefusal } from '#app/notices/approval-wording.ts'
import { parseReference } from '#app/notices/reference.ts'
import { kindWords } from '#app/notices/wording.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/filing.ts'
import { goTo, requireFiler } from './draft-door.ts'

export const meta: Route.MetaFunction = ({ params }) => pageTitle(params.reference)

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const member = requireFiler(context)
  const filing = await findFiling(member, referenceOf(params))
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (filing === null) throw new Response(null, { status: 404 })
  return {
    filing,
    left: z.uuid().nullable().catch(null).parse(new URL(request.url).searchParams.get('left')),
    timeZone: member.timeZone,
    mayRecall: mayDo(member.organisation.role, 'file-notices'),
    mayApprove: mayDo(member.organisation.role, 'approve-filings'),
  }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const reference = referenceOf(params)
  const form = await request.formData()
  if (form.get('intent') === 'take-back') return takeBack(requireFiler(context), reference)
  const answer = await recallFiling({ member: requireFiler(context), reference })
  if (answer.recalled) return goTo(`/filings/${answer.draftId}/check`)
  // oxlint-disable-next-line typescript/only-throw-error
  if (answer.because === 'gone') throw new Response(null, { status: 404 })
  return data({ refused: recallRefusals[answer.because]() }, 409)
}

async function takeBack(member: ReturnType<typeof requireFiler>, reference: string) {
  const answer = await takeBackFiling({ member, reference })
  if (answer.returned) return goTo(`/filings/${answer.draftId}/check`)
  // oxlint-disable-next-line typescript/only-throw-error
  if (answer.because === 'gone') throw new Response(null, { status: 404 })
  return data({ refused: approvalRefusal(answer, member.timeZone) }, 409)
}

/** One filing after its submission. */
export default function Filing({ loaderData: { filing, ...rest }, actionData }: Route.ComponentProps) {
  return (
    <>
      <PageHead
        title={kindWords[filing.kind]()}
        crumbs={[
          { label: m.ui_nav_notices(), href: '/notices' },
          { label: <span className="ref">{filing.reference}</span> },
        ]}
      />
      <FilingPage filing={filing} refused={actionData?.refused} {...rest} />
    </>
  )
}

function referenceOf({ reference }: { reference: string }): string {
  const parsed = parseReference(reference, 'FIL')
  // oxlint-disable-next-line typescript/only-throw-error
  if (parsed?.prefix !== 'FIL') throw new Response(null, { status: 404 })
  return parsed.reference
}
