import { data } from 'react-router'
import { z } from 'zod'
import { findChoosable, readChosen } from '#app/evidence/choose-pieces.server.ts'
import { ChoosePieces, sharingWords } from '#app/evidence/choose-pieces.tsx'
import { judgeSharing, travelOf, type Travel } from '#app/evidence/sharing.ts'
import { m } from '#app/generated/messages/messages.js'
import { StepTroubleNote } from '#app/notices/filing-note.tsx'
import { FilingWizard } from '#app/notices/filing-wizard.tsx'
import { saveDraft } from '#app/notices/save-draft.server.ts'
import { newId } from '#app/platform/id.ts'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/evidence.ts'
import { draftIdOf, goTo, openDraft, requireFiler, troubleOf } from './draft-door.ts'

const uuid = z.uuid().nullable().catch(null)

export const meta: Route.MetaFunction = () => pageTitle(m.evidence_choose_title())

export async function loader(args: Route.LoaderArgs) {
  const view = await openDraft(args)
  const { searchParams } = new URL(args.request.url)
  const search = (searchParams.get('q') ?? '').trim().slice(0, 200)
  const added = uuid.parse(searchParams.get('added'))
  const { evidence } = view.preview.draft.content
  const inHand = [...evidence.map(({ evidenceId }) => evidenceId), ...(added === null ? [] : [added])]
  const pieces = await findChoosable(requireFiler(args.context), { inHand, search })
  const chosen = evidence.map((going): [string, Travel] => [going.evidenceId, travelOf(going)])
  // What was just sent for this notice is meant to go with it; what the vendor may read is still to be said.
  const fresh: [string, Travel][] = added === null ? [] : [[added, 'kept']]
  return { view, pieces, chosen: [...fresh, ...chosen], search, key: newId() }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const member = requireFiler(context)
  const draftId = draftIdOf(params)
  const form = await request.formData()
  const { chosen, originalsConfirmed } = readChosen(form)
  const inHand = [...chosen].filter(([, travel]) => travel !== 'no').map(([id]) => id)
  const pieces = (await findChoosable(member, { inHand, search: '' })).filter(({ id }) => inHand.includes(id))
  const verdict = judgeSharing({ pieces, chosen, originalsConfirmed })
  const again = [...chosen]
  if (!verdict.allowed) return data({ error: sharingWords[verdict.because](), trouble: undefined, again }, 400)
  const saved = await saveDraft({
    member,
    draftId,
    revision: z.coerce.number().int().catch(0).parse(form.get('revision')),
    step: 'evidence',
    choices: { evidence: [...verdict.going] },
  })
  if (!saved.saved) return data({ error: null, trouble: troubleOf(saved), again }, 409)
  return goTo(`/filings/${draftId}/basis#evidence-files`)
}

/** Chooses the evidence that goes with the notices of a draft. */
export default function DraftEvidence({ loaderData, actionData }: Route.ComponentProps) {
  const { view, pieces, chosen, search, key } = loaderData
  const { draft } = view.preview
  return (
    <FilingWizard view={view} step="basis">
      <StepTroubleNote trouble={actionData?.trouble} timeZone={view.timeZone} />
      <ChoosePieces
        pieces={pieces}
        chosen={new Map(actionData?.again ?? chosen)}
        search={search}
        here={`/filings/${draft.id}/evidence`}
        back={{ href: `/filings/${draft.id}/basis`, label: m.evidence_back_basis() }}
        revision={draft.revision}
        error={actionData?.error ?? null}
        save={m.evidence_choose_save()}
        formKey={key}
      />
    </FilingWizard>
  )
}
