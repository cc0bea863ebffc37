import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import type { DuplicateChoices } from './duplicates.ts'
import { lockDraft } from './find-draft.server.ts'

/** The choices are kept, or why not. */
export type DuplicatesChosen =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly because: 'role-too-low' | 'gone' | 'filed' }

/**
 * Keeps what the filer wants done about works that already have an open notice. What was signed stays signed: the letters
 * are shown once more before they are sent.
 */
export async function chooseDuplicates({
  member,
  draftId,
  choices,
}: {
  member: Member
  draftId: string
  choices: DuplicateChoices
}): Promise<DuplicatesChosen> {
  if (!mayDo(member.organisation.role, 'file-notices')) return { allowed: false, because: 'role-too-low' }
  return withPerson(member.personId, async (tx): Promise<DuplicatesChosen> => {
    const draft = await lockDraft(tx, member, draftId)
    if (draft === null) return { allowed: false, because: 'gone' }
    if (draft.filingId !== null) return { allowed: false, because: 'filed' }
    const content = { ...draft.content, duplicates: { ...draft.content.duplicates, ...choices } }
    await tx.filingDraft.update({
      where: { id: draftId },
      data: { content, revision: draft.revision + 1, updatedBy: member.personId, updatedAt: now() },
      select: { id: true },
    })
    return { allowed: true }
  })
}
