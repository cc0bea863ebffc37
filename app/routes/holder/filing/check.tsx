import { data } from 'react-router'
import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { FilingCheck } from '#app/notices/filing-check.tsx'
import { FilingWizard } from '#app/notices/filing-wizard.tsx'
import { filingRefusals } from '#app/notices/filing-wording.ts'
import { fileNotices } from '#app/notices/file-notices.server.ts'
import { planSending } from '#app/notices/plan-sending.server.ts'
import { mostPlannedDays, readPlan, type Planned } from '#app/notices/send-time.ts'
import { now } from '#app/platform/clock.server.ts'
import { Note } from '#app/ui/note.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/check.ts'
import { draftIdOf, goTo, openDraft, requireFiler } from './draft-door.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.filing_page_check())

export const loader = (args: Route.LoaderArgs) => openDraft(args)

const order = z.object({ revision: z.coerce.number().int(), letters: z.string().regex(/^[0-9a-f]{64}$/u) })

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData()
  const intent = form.get('intent')
  if (intent === 'plan' || intent === 'unplan') {
    return plan(requireFiler(context), draftIdOf(params), intent === 'plan' ? form.get('plannedAt') : null)
  }
  const asked = order.safeParse(Object.fromEntries(form))
  // oxlint-disable-next-line typescript/only-throw-error -- only a form that is not the page's own comes here
  if (!asked.success) throw new Response(null, { status: 400 })
  const draftId = draftIdOf(params)
  const filed = await fileNotices({
    member: requireFiler(context),
    draftId,
    ...asked.data,
    // One draft in one revision is filed once, however often the button is pressed.
    idempotencyKey: `${draftId}:${asked.data.revision}`,
  })
  if (filed.filed) {
    const left = filed.remainingDraftId === null ? '' : `?left=${filed.remainingDraftId}`
    return goTo(`/filings/${filed.reference}${left}`)
  }
  // oxlint-disable-next-line typescript/only-throw-error
  if (filed.because === 'gone') throw new Response(null, { status: 404 })
  const refused = filed.because === 'incomplete' ? m.filing_complete_first() : filingRefusals[filed.because]()
  return data({ refused, plan: undefined }, 409)
}

const planFaults = {
  unreadable: () => m.filing_plan_error_unreadable(),
  past: () => m.filing_plan_error_past(),
  'too-far': () => m.filing_plan_error_far({ days: String(mostPlannedDays) }),
} satisfies Record<Extract<Planned, { planned: false }>['because'], () => string>

async function plan(member: ReturnType<typeof requireFiler>, draftId: string, typed: FormDataEntryValue | null) {
  const value = typeof typed === 'string' ? typed.trim() : ''
  const wanted = typed === null ? null : readPlan(value, member.timeZone, now())
  if (wanted !== null && !wanted.planned) {
    return data({ refused: undefined, plan: { value, error: planFaults[wanted.because]() } }, 400)
  }
  const planned = await planSending({ member, draftId, plannedAt: wanted === null ? null : wanted.at })
  if (planned.allowed) return goTo(`/filings/${draftId}/check#plan`)
  const refused = planned.because === 'role-too-low' ? m.filing_save_role_too_low() : m.filing_refused_gone()
  return data({ refused, plan: undefined }, 409)
}

/** Everything once more, and the button that files. */
export default function Check({ loaderData: view, actionData }: Route.ComponentProps) {
  return (
    <FilingWizard view={view} step="check">
      {actionData?.refused !== undefined && (
        <Note tone="late" status>
          <p>{actionData.refused}</p>
        </Note>
      )}
      <FilingCheck view={view} plan={actionData?.plan} />
    </FilingWizard>
  )
}
