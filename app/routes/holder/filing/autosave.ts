import { parseWithZod } from '@conform-to/zod/v4'
import type { Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { basisDefaults, scopeDefaults } from '#app/notices/filing-defaults.ts'
import type { FilingContent } from '#app/notices/filing-draft.ts'
import { basisChoices, basisForm, scopeForm, vendorsForm } from '#app/notices/filing-forms.ts'
import { findDraft } from '#app/notices/find-draft.server.ts'
import { saveDraft, type DraftSaved } from '#app/notices/save-draft.server.ts'
import { saveScopeAsTyped } from '#app/notices/save-scope.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { formatTime } from '#app/ui/format.ts'
import type { Route } from './+types/autosave.ts'
import { draftIdOf, goTo, openDraft, requireFiler } from './draft-door.ts'
import { readTyped, type KeptFields } from './read-typed.ts'

/** What the page is told: the revision it now has, and a sentence. */
type Told = { readonly revision?: number; readonly text: string; readonly kept: boolean }

/** What came of it, and what of the form it leaves out. */
type StepSaved = { readonly saved: DraftSaved; readonly without: 'nothing' | 'unreadable' | 'hosting' }

const steps = {
  vendors: saveVendors,
  scope: saveScope,
  basis: saveBasis,
} as const

/**
 * `POST /filings/:draftId/autosave?step=basis`: a step is saved while it is typed. Nothing is signed here, and what another
 * device changed meanwhile stays: both versions are kept.
 */
export async function action({ context, params, request }: Route.ActionArgs) {
  const member = requireFiler(context)
  const draftId = draftIdOf(params)
  const step = new URL(request.url).searchParams.get('step') ?? ''
  const form = await request.formData()
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (step !== 'vendors' && step !== 'scope' && step !== 'basis') throw new Response(null, { status: 400 })
  const saved = await steps[step](member, draftId, form)
  if (saved === null) return tell({ text: m.filing_autosave_invalid(), kept: false }, 400)
  return answer(saved, member)
}

function answer({ saved, without }: StepSaved, member: Member) {
  if (saved.saved) {
    const text = savedWords[without]({ time: formatTime(now(), member.timeZone) })
    return tell({ revision: saved.revision, text, kept: without !== 'unreadable' }, 200)
  }
  // oxlint-disable-next-line typescript/only-throw-error
  if (saved.because === 'gone') throw new Response(null, { status: 404 })
  if (saved.because !== 'changed') return tell({ text: m.filing_autosave_not(), kept: false }, 409)
  const time = formatTime(saved.at, member.timeZone)
  const text =
    saved.by === null ? m.filing_autosave_changed({ time }) : m.filing_autosave_changed_by({ time, name: saved.by })
  return tell({ text, kept: without !== 'unreadable' }, 409)
}

const savedWords = {
  nothing: (given: { time: string }) => m.filing_draft_saved(given),
  unreadable: (given: { time: string }) => m.filing_autosave_partly(given),
  hosting: (given: { time: string }) => m.filing_autosave_hosting(given),
} satisfies Record<StepSaved['without'], unknown>

function tell(told: Told, status: number): Response {
  return Response.json(told, { status, headers: { 'Cache-Control': 'no-store' } })
}

async function saveVendors(member: Member, draftId: string, form: FormData): Promise<StepSaved | null> {
  const read = parseWithZod(form, { schema: vendorsForm })
  if (read.status !== 'success') return null
  const { revision, vendor } = read.value
  const choices = { vendorIds: [...new Set(vendor)] }
  return { saved: await saveDraft({ member, draftId, revision, step: 'vendors', choices }), without: 'nothing' }
}

async function saveScope(member: Member, draftId: string, form: FormData): Promise<StepSaved | null> {
  const kept = () => keptFields(member, draftId, (content) => scopeDefaults(content, []))
  const read = await readTyped(form, scopeForm, kept)
  if (read === null) return null
  const saved = await saveScopeAsTyped({ member, draftId, form: read.value })
  return { saved, without: read.whole ? 'nothing' : 'unreadable' }
}

async function saveBasis(member: Member, draftId: string, form: FormData): Promise<StepSaved | null> {
  const read = await readTyped(form, basisForm, () =>
    keptFields(member, draftId, (content) => basisDefaults(content, member.email)),
  )
  if (read === null) return null
  const choices = basisChoices(read.value)
  const saving = { member, draftId, revision: read.value.revision, step: 'basis' } as const
  const saved = await saveDraft({ ...saving, choices })
  const unreadable = read.whole ? 'nothing' : 'unreadable'
  if (saved.saved || saved.because !== 'training-under-hosting') return { saved, without: unreadable }
  // The basis is refused with its reason when the step is left; what was typed beside it is kept all the same.
  const bases = choices.bases.filter((basis) => basis !== 'US_DMCA_512C')
  return {
    saved: await saveDraft({ ...saving, choices: { ...choices, bases } }),
    without: read.whole ? 'hosting' : unreadable,
  }
}

async function keptFields(
  member: Member,
  draftId: string,
  fieldsOf: (content: FilingContent) => KeptFields,
): Promise<KeptFields> {
  const draft = await withPerson(member.personId, (tx) => findDraft(tx, member, draftId))
  return draft === null ? {} : fieldsOf(draft.content)
}

/** Whoever comes back here finds the draft. */
export async function loader(args: Route.LoaderArgs): Promise<Response> {
  const { preview } = await openDraft(args)
  return goTo(`/filings/${preview.draft.id}/check`)
}
