import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { FilingCheck } from '#app/notices/filing-check.tsx'
import { FilingWizard } from '#app/notices/filing-wizard.tsx'
import { filingRefusals } from '#app/notices/filing-wording.ts'
import { fileNotices } from '#app/notices/file-notices.server.ts'
import { Note } from '#app/ui/note.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/check.ts'
import { again, decideDuplicates, plan } from './check-acts.ts'
import { draftIdOf, goTo, openDraft, requireFiler } from './draft-door.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.filing_page_check())

export const loader = (args: Route.LoaderArgs) => openDraft(args, { withDuplicates: true })

const order = z.object({ revision: z.coerce.number().int(), letters: z.string().regex(/^[0-9a-f]{64}$/u) })

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData()
  const member = requireFiler(context)
  const draftId = draftIdOf(params)
  const intent = form.get('intent')
  if (intent === 'plan') return plan(member, draftId, form.get('plannedAt'))
  if (intent === 'unplan') return plan(member, draftId, null)
  if (intent === 'duplicates') return decideDuplicates(member, draftId, form)
  const asked = order.safeParse(Object.fromEntries(form))
  // oxlint-disable-next-line typescript/only-throw-error -- only a form that is not the page's own comes here
  if (!asked.success) throw new Response(null, { status: 400 })
  const filed = await fileNotices({
    member,
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
  return again({ refused }, 409)
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
      <FilingCheck view={view} plan={actionData?.plan} missing={actionData?.missing ?? []} />
    </FilingWizard>
  )
}
