import { useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { data } from 'react-router'
import { PostForm } from '#app/accounts/post-form.tsx'
import { m } from '#app/generated/messages/messages.js'
import { BasisFieldsets } from '#app/notices/filing-basis-form.tsx'
import { basisDefaults, basesShown } from '#app/notices/filing-defaults.ts'
import { basisChoices, basisForm } from '#app/notices/filing-forms.ts'
import { StepTroubleNote } from '#app/notices/filing-note.tsx'
import { judgeSigning } from '#app/notices/filing-signing.ts'
import { FilingWizard } from '#app/notices/filing-wizard.tsx'
import { signingErrors } from '#app/notices/filing-wording.ts'
import { saveDraft } from '#app/notices/save-draft.server.ts'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/basis.ts'
import { draftIdOf, goTo, openDraft, requireFiler, troubleOf } from './draft-door.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.filing_page_basis())

export const loader = (args: Route.LoaderArgs) => openDraft(args)

// Other bases ask for other statements: who takes the way that is offered signs them there.
const notSigning = { signs: false, faults: [] } as const

export async function action({ context, params, request }: Route.ActionArgs) {
  const submission = parseWithZod(await request.formData(), { schema: basisForm })
  if (submission.status !== 'success') return data({ result: submission.reply(), trouble: undefined }, 400)
  const member = requireFiler(context)
  const draftId = draftIdOf(params)
  const form = submission.value
  const ceaseDesistInstead = form.intent === 'cease_desist'
  const signing = ceaseDesistInstead ? notSigning : judgeSigning(form, member)
  const saved = await saveDraft({
    member,
    draftId,
    revision: form.revision,
    step: 'basis',
    choices: basisChoices(form),
    signing: signing.signs ? signing : undefined,
    ceaseDesistInstead,
  })
  if (!saved.saved && saved.because === 'training-under-hosting') {
    const fieldErrors = { basis: [m.filing_hosted_only_field()] }
    return data({ result: submission.reply({ fieldErrors }), trouble: undefined }, 400)
  }
  if (!saved.saved) return data({ result: submission.reply(), trouble: troubleOf(saved) }, 409)
  if (!signing.signs && signing.faults.length > 0) {
    return data({ result: submission.reply({ fieldErrors: signingErrors(signing.faults) }), trouble: undefined }, 400)
  }
  if (form.intent === 'evidence') return goTo(`/filings/${draftId}/evidence`)
  return goTo(`/filings/${draftId}/${form.intent === 'continue' ? 'check' : 'basis'}`)
}

/** What it stands on, what the letter says, and who signs. */
export default function Basis({ loaderData: view, actionData }: Route.ComponentProps) {
  const { draft } = view.preview
  const [form, fields] = useForm<ReturnType<typeof basisDefaults>>({
    id: 'basis-form',
    lastResult: actionData?.result,
    defaultValue: basisDefaults(draft.content, view.personEmail),
  })
  return (
    <FilingWizard view={view} step="basis">
      <StepTroubleNote trouble={actionData?.trouble} timeZone={view.timeZone} />
      <PostForm form={form} autosave={`/filings/${draft.id}/autosave?step=basis`}>
        <input type="hidden" name="revision" value={draft.revision} />
        <div className="stack">
          <BasisFieldsets fields={fields} view={view} bases={basesShown(draft.content, fields.basis.initialValue)} />
        </div>
      </PostForm>
    </FilingWizard>
  )
}
