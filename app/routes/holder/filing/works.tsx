import { parseWithZod } from '@conform-to/zod/v4'
import { data } from 'react-router'
import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { StepTroubleNote } from '#app/notices/filing-note.tsx'
import { FilingWizard } from '#app/notices/filing-wizard.tsx'
import { FilingWorksList } from '#app/notices/filing-works-list.tsx'
import { listFilingWorks } from '#app/notices/list-filing-works.server.ts'
import { saveWorks } from '#app/notices/save-scope.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/works.ts'
import { draftIdOf, goTo, openDraft, requireFiler, troubleOf } from './draft-door.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.filing_page_works())

const form = z.object({
  revision: z.coerce.number().int(),
  shown: z.array(z.uuid()).max(100).default([]),
  work: z.array(z.uuid()).max(100).default([]),
})

export async function loader(args: Route.LoaderArgs) {
  const view = await openDraft(args)
  const { searchParams } = new URL(args.request.url)
  const search = searchParams.get('q')?.trim().slice(0, 200) ?? ''
  const after = z.uuid().nullable().catch(null).parse(searchParams.get('after'))
  const { content } = view.preview.draft
  const { personId } = requireFiler(args.context)
  const found = await withPerson(personId, (tx) => listFilingWorks(tx, { content, search, after }))
  return { view, page: { ...found, search, isFirst: after === null } }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const submission = parseWithZod(await request.formData(), { schema: form })
  // oxlint-disable-next-line typescript/only-throw-error -- only a form that is not the page's own comes here
  if (submission.status !== 'success') throw new Response(null, { status: 400 })
  const draftId = draftIdOf(params)
  const { revision, shown, work } = submission.value
  const saved = await saveWorks({ member: requireFiler(context), draftId, revision, shown, included: work })
  if (!saved.saved) return data({ trouble: troubleOf(saved) }, 409)
  const { search } = new URL(request.url)
  return goTo(`/filings/${draftId}/works${search}`)
}

/** The list of works: single ones are taken out of a filter, or picked from the catalogue. */
export default function Works({ loaderData: { view, page }, actionData }: Route.ComponentProps) {
  const { draft, facts } = view.preview
  return (
    <FilingWizard view={view} step="scope">
      <StepTroubleNote trouble={actionData?.trouble} timeZone={view.timeZone} />
      <h2>{m.filing_works_of_filing()}</h2>
      <FilingWorksList page={page} draftId={draft.id} revision={draft.revision} count={facts.works?.count ?? 0} />
    </FilingWizard>
  )
}
