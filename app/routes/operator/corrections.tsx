import { z } from 'zod'

import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { ClaimsPanel, CorrectionsPanel } from '#app/operator/corrections-panels.tsx'
import { DoneNote } from '#app/operator/done-note.tsx'
import { rowsPerPage } from '#app/operator/organisations.ts'
import { readDone } from '#app/operator/wording.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { acceptCorrectionForm, declineCorrectionForm } from '#app/vendors/correction-forms.ts'
import { acceptCorrection, declineCorrection } from '#app/vendors/decide-correction.server.ts'
import { findOpenClaims, findOpenCorrections } from '#app/vendors/find-corrections.server.ts'
import { settleClaim } from '#app/vendors/settle-claim.server.ts'

import type { Route } from './+types/corrections.ts'
import { answerForm, intentOf, unknownIntent } from './answer-form.ts'

const path = '/operator/corrections'

export const meta: Route.MetaFunction = () => pageTitle(m.security_corrections_title())

export async function loader({ context, request }: Route.LoaderArgs) {
  const { personId, timeZone } = requireMember(context, ['operator'])
  const after = z.uuid().safeParse(new URL(request.url).searchParams.get('after')).data ?? null
  const found = await withPerson(personId, async (tx) => ({
    ...(await findOpenCorrections(tx, { after, most: rowsPerPage })),
    claims: await findOpenClaims(tx),
  }))
  return { ...found, after, timeZone, done: readDone(request.url) }
}

export async function action({ context, request }: Route.ActionArgs) {
  const member = requireMember(context, ['operator'])
  const form = await request.formData()
  switch (intentOf(form)) {
    case 'accept':
      return answerForm({
        form,
        schema: acceptCorrectionForm,
        act: ({ correctionId }) => acceptCorrection({ member, correctionId }),
        next: () => ({ path, done: 'correction-accepted' }),
      })
    case 'decline':
      return answerForm({
        form,
        schema: declineCorrectionForm,
        act: ({ correctionId, reason }) => declineCorrection({ member, correctionId, reason }),
        next: () => ({ path, done: 'correction-declined' }),
      })
    case 'settle':
      return answerForm({
        form,
        schema: z.object({ claimId: z.uuid() }),
        act: ({ claimId }) => settleClaim({ member, claimId }),
        next: () => ({ path, done: 'claim-settled' }),
      })
    default:
      return unknownIntent()
  }
}

/** What members say of the directory, and claims that two organisations make: for the operator to decide. */
export default function Corrections({ loaderData, actionData }: Route.ComponentProps) {
  const { corrections, claims, next, after, timeZone, done } = loaderData
  return (
    <>
      <PageHead title={m.security_corrections_title()}>{m.security_corrections_lead()}</PageHead>
      <DoneNote done={done} />
      <div className="stack">
        <CorrectionsPanel
          corrections={corrections}
          timeZone={timeZone}
          posted={actionData}
          pages={{
            previous: after === null ? undefined : path,
            next: next === null ? undefined : `${path}?after=${next}`,
          }}
        />
        <ClaimsPanel claims={claims} timeZone={timeZone} />
      </div>
    </>
  )
}
