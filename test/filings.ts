import type { Member } from '#app/accounts/viewer.server.ts'
import { chooseDuplicates } from '#app/notices/choose-duplicates.server.ts'
import { undecided } from '#app/notices/duplicates.ts'
import { emptyContent, type FilingContent } from '#app/notices/filing-draft.ts'
import { statementsWanted } from '#app/notices/filing-facts.ts'
import { fileNotices, type Filed, type FilingOrder } from '#app/notices/file-notices.server.ts'
import { previewLetters } from '#app/notices/preview-letters.server.ts'
import { saveDraft } from '#app/notices/save-draft.server.ts'
import { startDraft } from '#app/notices/start-draft.server.ts'

/** What a filing in a test is about; the rest is the plainest exclusion request. */
export interface Wanted {
  readonly vendorIds: readonly string[]
  readonly catalogue: { readonly id: string; readonly version: number }
  readonly content?: Partial<FilingContent>
}

/** A draft that lacks nothing, signed by the member, saved step by step as the wizard does. */
export async function aReadyDraft(member: Member, { vendorIds, catalogue, content = {} }: Wanted): Promise<string> {
  const started = await startDraft({ member })
  if (!started.allowed) throw new Error(started.because)
  const { draftId } = started
  const empty = emptyContent('en')
  const ready: FilingContent = {
    ...empty,
    kind: 'exclusion',
    vendorIds: [...vendorIds],
    scope: { ...empty.scope, kind: 'all', catalogueId: catalogue.id, version: catalogue.version },
    measures: [
      { measure: 'STOP_TRAINING_FUTURE', detail: '' },
      { measure: 'REMOVE_FROM_DATASETS', detail: '' },
    ],
    stance: 'objection',
    bases: ['EXCLUSION_REQUEST'],
    ...content,
  }
  const signing = { name: member.name, capacity: 'General counsel', statements: [...statementsWanted(ready)] }
  const steps = ['kind', 'vendors', 'scope', 'evidence', 'basis'] as const
  let revision = 1
  for (const step of steps) {
    const saved = await saveDraft({
      member,
      draftId,
      revision,
      step,
      choices: ready,
      signing: step === 'basis' ? signing : undefined,
    })
    if (!saved.saved) throw new Error(saved.because)
    revision = saved.revision
  }
  return draftId
}

/** Files a draft as its page shows it, also where it asks again for what is asked already: then the notices are linked. */
export async function fileDraft(member: Member, draftId: string): Promise<Filed> {
  return fileNotices(await orderOf(member, draftId))
}

/** What the last page of a draft sends when its button is pressed; what it asks again is linked before. */
export async function orderOf(member: Member, draftId: string): Promise<FilingOrder> {
  await linkDuplicates(member, draftId)
  const preview = await previewLetters({ member, draftId })
  if (!preview) throw new Error(`there is no draft ${draftId}`)
  const { revision } = preview.draft
  return { member, draftId, revision, letters: preview.lettersSha256, idempotencyKey: `${draftId}:${revision}` }
}

/** Chooses, as the filer does on the last page, that what is asked again is linked to the earlier notice. */
export async function linkDuplicates(member: Member, draftId: string): Promise<void> {
  const preview = await previewLetters({ member, draftId })
  const open = undecided(preview?.duplicates ?? [], preview?.draft.content.duplicates ?? {})
  if (open.length === 0) return
  const choices = Object.fromEntries(open.map(({ vendorId, seen }) => [vendorId, { choice: 'link' as const, seen }]))
  await chooseDuplicates({ member, draftId, choices })
}

/** A filing on its way: its reference. */
export async function aFiling(member: Member, wanted: Wanted): Promise<string> {
  const filed = await fileDraft(member, await aReadyDraft(member, wanted))
  if (!filed.filed) throw new Error(filed.because)
  return filed.reference
}
