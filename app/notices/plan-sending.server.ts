import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { lockDraft } from './find-draft.server.ts'

/** The plan is kept, or why not. */
export type SendingPlanned =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly because: 'role-too-low' | 'gone' | 'filed' }

/** Plans when a draft leaves once it is filed; null: as soon as it may. No letter changes, so a signature stays. */
export async function planSending({
  member,
  draftId,
  plannedAt,
}: {
  member: Member
  draftId: string
  plannedAt: Date | null
}): Promise<SendingPlanned> {
  if (!mayDo(member.organisation.role, 'file-notices')) return { allowed: false, because: 'role-too-low' }
  return withPerson(member.personId, async (tx): Promise<SendingPlanned> => {
    const draft = await lockDraft(tx, member, draftId)
    if (draft === null) return { allowed: false, because: 'gone' }
    if (draft.filingId !== null) return { allowed: false, because: 'filed' }
    const content = { ...draft.content, plannedAt: plannedAt === null ? null : plannedAt.toISOString() }
    await tx.filingDraft.update({
      where: { id: draftId },
      data: { content, revision: draft.revision + 1, updatedBy: member.personId, updatedAt: now() },
      select: { id: true },
    })
    return { allowed: true }
  })
}
