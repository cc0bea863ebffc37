import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { lockDraft } from './find-draft.server.ts'

/** The draft is gone, or why it stays. */
export type DraftDiscarded =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly because: 'role-too-low' | 'gone' | 'filed' }

/** Throws a draft away, also one that was recalled: its ledger stays. One that is filed now is recalled first. */
export async function discardDraft({ member, draftId }: { member: Member; draftId: string }): Promise<DraftDiscarded> {
  if (!mayDo(member.organisation.role, 'file-notices')) return { allowed: false, because: 'role-too-low' }
  return withPerson(member.personId, async (tx): Promise<DraftDiscarded> => {
    const draft = await lockDraft(tx, member, draftId)
    if (draft === null) return { allowed: false, because: 'gone' }
    if (draft.filingId !== null) return { allowed: false, because: 'filed' }
    await tx.filingDraft.deleteMany({ where: { id: draftId } })
    return { allowed: true }
  })
}
