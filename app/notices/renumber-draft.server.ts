import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { drawReference } from './filing-reference.server.ts'
import { lockDraft } from './find-draft.server.ts'
import { withReferences } from './start-draft.server.ts'

/** The notices of a recalled filing by vendor: they go again under their references. */
export async function findRecalled(tx: Transaction, filingId: string): Promise<Map<string, string>> {
  const rows = await tx.notice.findMany({ where: { filingId, stage: 'draft' }, select: { id: true, vendorId: true } })
  return new Map(rows.map(({ id, vendorId }) => [vendorId, id]))
}

/**
 * Draws other references for a draft, because someone else has one of them already; the filer reads the letters again.
 * What was submitted once keeps its own.
 */
export function renumberDraft({ member, draftId }: { member: Member; draftId: string }): Promise<void> {
  return withPerson(member.personId, async (tx) => {
    const draft = await lockDraft(tx, member, draftId)
    if (draft === null) return
    const earlier =
      draft.earlierFilingId === null ? new Map<string, string>() : await findRecalled(tx, draft.earlierFilingId)
    const kept = Object.entries(draft.references.notices).filter(([vendorId]) => earlier.has(vendorId))
    await tx.filingDraft.update({
      where: { id: draftId },
      data: {
        revision: draft.revision + 1,
        references: {
          filing: draft.earlierFilingId === null ? drawReference('FIL') : draft.references.filing,
          notices: withReferences(draft.content.vendorIds, Object.fromEntries(kept)),
        },
      },
      select: { id: true },
    })
  })
}
