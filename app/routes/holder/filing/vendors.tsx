import { parseWithZod } from '@conform-to/zod/v4'
import { data } from 'react-router'
import { m } from '#app/generated/messages/messages.js'
import { vendorsForm } from '#app/notices/filing-forms.ts'
import { StepTroubleNote } from '#app/notices/filing-note.tsx'
import { VendorFields } from '#app/notices/filing-vendors-form.tsx'
import { FilingWizard } from '#app/notices/filing-wizard.tsx'
import { saveDraft } from '#app/notices/save-draft.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { offerVendors } from '#app/vendors/find-vendors.server.ts'
import type { Route } from './+types/vendors.ts'
import { draftIdOf, goTo, openDraft, requireFiler, troubleOf } from './draft-door.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.filing_page_vendors())

const most = 50

export async function loader(args: Route.LoaderArgs) {
  const view = await openDraft(args)
  const { personId, organisation } = requireFiler(args.context)
  const search = new URL(args.request.url).searchParams.get('q')?.slice(0, 200) ?? ''
  const { content } = view.preview.draft
  const wanted = { search, kind: content.kind ?? 'exclusion', chosen: content.vendorIds, most } as const
  const { vendors, found } = await withPerson(personId, (tx) =>
    offerVendors(tx, { ...wanted, organisationId: organisation.id }),
  )
  return { view, choice: { search, found: vendors, count: found } }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const submission = parseWithZod(await request.formData(), { schema: vendorsForm })
  if (submission.status !== 'success') {
    return data(
      { errors: Object.values(submission.error ?? {}).flatMap((each) => each ?? []), trouble: undefined },
      400,
    )
  }
  const { revision, vendor, q, intent } = submission.value
  const draftId = draftIdOf(params)
  const choices = { vendorIds: [...new Set(vendor)] }
  const saved = await saveDraft({ member: requireFiler(context), draftId, revision, step: 'vendors', choices })
  if (!saved.saved) return data({ errors: [], trouble: troubleOf(saved) }, 409)
  if (intent === 'continue') return goTo(`/filings/${draftId}/scope`)
  return goTo(`/filings/${draftId}/vendors${q === '' ? '' : `?q=${encodeURIComponent(q)}`}`)
}

/** To whom: one notice each. */
export default function Vendors({ loaderData: { view, choice }, actionData }: Route.ComponentProps) {
  const { draft, facts } = view.preview
  return (
    <FilingWizard view={view} step="vendors">
      <StepTroubleNote trouble={actionData?.trouble} timeZone={view.timeZone} />
      <form
        method="post"
        className="stack"
        data-autosave={`/filings/${draft.id}/autosave?step=vendors`}
        data-autosave-says="#draft-saved"
      >
        <ErrorSummary faults={(actionData?.errors ?? []).map((text) => ({ text }))} />
        <input type="hidden" name="revision" value={draft.revision} />
        <VendorFields
          chosen={facts.vendors}
          choice={choice}
          kind={draft.content.kind ?? 'exclusion'}
          draftId={draft.id}
        />
      </form>
    </FilingWizard>
  )
}
