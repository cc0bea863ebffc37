import { useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { data } from 'react-router'
import { PostForm } from '#app/accounts/post-form.tsx'
import { m } from '#app/generated/messages/messages.js'
import { scopeForm } from '#app/notices/filing-forms.ts'
import { StepTroubleNote } from '#app/notices/filing-note.tsx'
import { ScopeFieldsets } from '#app/notices/filing-scope-form.tsx'
import { scopeDefaults } from '#app/notices/filing-defaults.ts'
import { FilingWizard } from '#app/notices/filing-wizard.tsx'
import { listFilingCatalogues } from '#app/notices/list-filing-catalogues.server.ts'
import { saveScope } from '#app/notices/save-scope.server.ts'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/scope.ts'
import { draftIdOf, goTo, openDraft, requireFiler, troubleOf } from './draft-door.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.filing_page_scope())

export async function loader(args: Route.LoaderArgs) {
  // Asked before anything is under way: a promise nobody waits for any more would end the process.
  const member = requireFiler(args.context)
  const [view, catalogues] = await Promise.all([openDraft(args), listFilingCatalogues(member)])
  return { view, catalogues }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const submission = parseWithZod(await request.formData(), { schema: scopeForm })
  if (submission.status !== 'success') return data({ result: submission.reply(), trouble: undefined }, 400)
  const { intent } = submission.value
  const draftId = draftIdOf(params)
  const saved = await saveScope({ member: requireFiler(context), draftId, form: submission.value })
  if (!saved.saved) return data({ result: submission.reply(), trouble: troubleOf(saved) }, 409)
  const unmatched = saved.content.scope.unmatched !== ''
  return goTo(`/filings/${draftId}/${intent === 'continue' && !unmatched ? 'basis' : 'scope'}`)
}

/** Which works, what is asked of each, and how firmly. */
export default function Scope({ loaderData: { view, catalogues }, actionData }: Route.ComponentProps) {
  const { draft } = view.preview
  const [form, fields] = useForm<ReturnType<typeof scopeDefaults>>({
    id: 'scope',
    lastResult: actionData?.result,
    defaultValue: scopeDefaults(draft.content, catalogues),
  })
  return (
    <FilingWizard view={view} step="scope">
      <StepTroubleNote trouble={actionData?.trouble} timeZone={view.timeZone} />
      <PostForm form={form} autosave={`/filings/${draft.id}/autosave?step=scope`}>
        <input type="hidden" name="revision" value={draft.revision} />
        <div className="stack">
          <ScopeFieldsets fields={fields} view={view} catalogues={catalogues} />
        </div>
      </PostForm>
    </FilingWizard>
  )
}
