import { parseWithZod } from '@conform-to/zod/v4'
import type { Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { basisChoices, basisForm, scopeForm, vendorsForm } from '#app/notices/filing-forms.ts'
import { saveDraft, type DraftSaved } from '#app/notices/save-draft.server.ts'
import { saveScopeAsTyped } from '#app/notices/save-scope.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { formatTime } from '#app/ui/format.ts'
import type { Route } from './+types/autosave.ts'
import { draftIdOf, goTo, openDraft, requireFiler } from './draft-door.ts'

/** What the page is told: the revision it now has, and a sentence. */
type Told = { readonly revision?: number; readonly text: string; readonly kept: boolean }

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

function answer(saved: DraftSaved, member: Member) {
  if (saved.saved) {
    const time = formatTime(now(), member.timeZone)
    return tell({ revision: saved.revision, text: m.filing_draft_saved({ time }), kept: true }, 200)
  }
  // oxlint-disable-next-line typescript/only-throw-error
  if (saved.because === 'gone') throw new Response(null, { status: 404 })
  if (saved.because !== 'changed') return tell({ text: m.filing_autosave_not(), kept: false }, 409)
  const time = formatTime(saved.at, member.timeZone)
  const text =
    saved.by === null ? m.filing_autosave_changed({ time }) : m.filing_autosave_changed_by({ time, name: saved.by })
  return tell({ text, kept: true }, 409)
}

function tell(told: Told, status: number): Response {
  return Response.json(told, { status, headers: { 'Cache-Control': 'no-store' } })
}

async function saveVendors(member: Member, draftId: string, form: FormData): Promise<DraftSaved | null> {
  const read = parseWithZod(form, { schema: vendorsForm })
  if (read.status !== 'success') return null
  const { revision, vendor } = read.value
  return saveDraft({ member, draftId, revision, step: 'vendors', choices: { vendorIds: [...new Set(vendor)] } })
}

async function saveScope(member: Member, draftId: string, form: FormData): Promise<DraftSaved | null> {
  const read = parseWithZod(form, { schema: scopeForm })
  return read.status === 'success' ? saveScopeAsTyped({ member, draftId, form: read.value }) : null
}

async function saveBasis(member: Member, draftId: string, form: FormData): Promise<DraftSaved | null> {
  const read = parseWithZod(form, { schema: basisForm })
  if (read.status !== 'success') return null
  const { revision } = read.value
  return saveDraft({ member, draftId, revision, step: 'basis', choices: basisChoices(read.value) })
}

/** Whoever comes back here finds the draft. */
export async function loader(args: Route.LoaderArgs): Promise<Response> {
  const { preview } = await openDraft(args)
  return goTo(`/filings/${preview.draft.id}/check`)
}
