import type { Member } from '#app/accounts/viewer.server.ts'
import { fileNotices } from '#app/notices/file-notices.server.ts'
import { chooseDuplicates } from '#app/notices/choose-duplicates.server.ts'
import { emptyContent, type FilingContent } from '#app/notices/filing-draft.ts'
import { statementsWanted } from '#app/notices/filing-facts.ts'
import { previewLetters } from '#app/notices/preview-letters.server.ts'
import { startDraft } from '#app/notices/start-draft.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'

/** What is filed, as far as it differs from a plain exclusion request for all works of a catalogue. */
export type Wish = {
  vendorIds: string[]
  catalogue: { id: string; version: number }
  capacity: string
  content?: Partial<FilingContent>
}

/** A draft that is complete and signed, ready for the wizard's last button. */
export async function prepareDraft(member: Member, wish: Wish): Promise<string> {
  const started = await startDraft({ member, given: { vendorIds: wish.vendorIds, catalogueId: wish.catalogue.id } })
  if (!started.allowed) throw new Error(`${member.email} may not file: ${started.because}`)
  await withPerson(member.personId, (tx) =>
    tx.filingDraft.update({
      where: { id: started.draftId },
      data: { content: contentOf(member, wish) },
      select: { id: true },
    }),
  )
  return started.draftId
}

/** Prepares and files in one go. Returns the filing's reference. */
export async function file(member: Member, wish: Wish): Promise<string> {
  const draftId = await prepareDraft(member, wish)
  await linkAgain(member, draftId)
  const preview = await previewLetters({ member, draftId })
  if (preview === null) throw new Error(`Draft ${draftId} is gone`)
  const filed = await fileNotices({
    member,
    draftId,
    revision: preview.draft.revision,
    letters: preview.lettersSha256,
    idempotencyKey: newId(),
  })
  if (!filed.filed) throw new Error(`Draft ${draftId} was not filed: ${JSON.stringify(filed)}`)
  return filed.reference
}

// Who asks for the same again does so knowingly: the notices are linked.
async function linkAgain(member: Member, draftId: string): Promise<void> {
  const preview = await previewLetters({ member, draftId })
  const choices = (preview?.duplicates ?? []).map(({ vendorId, seen }) => [vendorId, { choice: 'link', seen }] as const)
  if (choices.length > 0) await chooseDuplicates({ member, draftId, choices: Object.fromEntries(choices) })
}

function contentOf(member: Member, { vendorIds, catalogue, capacity, content = {} }: Wish): FilingContent {
  const empty = emptyContent(member.locale)
  const chosen: FilingContent = {
    ...empty,
    kind: 'exclusion',
    vendorIds,
    scope: { ...empty.scope, kind: 'all', catalogueId: catalogue.id, version: catalogue.version },
    measures: [
      { measure: 'STOP_TRAINING_FUTURE', detail: '' },
      { measure: 'REMOVE_FROM_DATASETS', detail: '' },
    ],
    stance: 'demand',
    priorPermission: true,
    bases: ['EXCLUSION_REQUEST'],
    locale: 'en',
    capacity,
    ...content,
  }
  return {
    ...chosen,
    signature: {
      personId: member.personId,
      name: member.name,
      capacity,
      statements: [...statementsWanted(chosen)],
      signedAt: now().toISOString(),
      timeZone: member.timeZone,
    },
  }
}
