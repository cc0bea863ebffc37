import { useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { data } from 'react-router'
import { PostForm } from '#app/accounts/post-form.tsx'
import { m } from '#app/generated/messages/messages.js'
import { kindForm } from '#app/notices/filing-forms.ts'
import { KindFields } from '#app/notices/filing-kind-form.tsx'
import { StepTroubleNote } from '#app/notices/filing-note.tsx'
import { FilingWizard } from '#app/notices/filing-wizard.tsx'
import { saveDraft } from '#app/notices/save-draft.server.ts'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/kind.ts'
import { draftIdOf, goTo, openDraft, requireFiler, troubleOf } from './draft-door.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.filing_page_kind())

export const loader = (args: Route.LoaderArgs) => openDraft(args)

export async function action({ context, params, request }: Route.ActionArgs) {
  const submission = parseWithZod(await request.formData(), { schema: kindForm })
  if (submission.status !== 'success') return data({ result: submission.reply(), trouble: undefined }, 400)
  const { revision, kind } = submission.value
  const draftId = draftIdOf(params)
  const saved = await saveDraft({ member: requireFiler(context), draftId, revision, step: 'kind', choices: { kind } })
  if (!saved.saved) return data({ result: submission.reply(), trouble: troubleOf(saved) }, 409)
  return goTo(`/filings/${draftId}/vendors`)
}

/** Another kind for a filing that is being prepared. */
export default function Kind({ loaderData: view, actionData }: Route.ComponentProps) {
  const { draft } = view.preview
  const [form, fields] = useForm<{ kind: string }>({
    id: 'kind',
    lastResult: actionData?.result,
    defaultValue: { kind: draft.content.kind ?? '' },
  })
  return (
    <FilingWizard view={view} step="kind">
      <StepTroubleNote trouble={actionData?.trouble} timeZone={view.timeZone} />
      <PostForm form={form}>
        <input type="hidden" name="revision" value={draft.revision} />
        <KindFields field={fields.kind} />
      </PostForm>
    </FilingWizard>
  )
}
