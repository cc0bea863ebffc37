import type { Keeper } from '#app/accounts/keeper.ts'
import { recordAudit } from '#app/accounts/record-audit.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'

type ContactAct = { kind: 'contact-added' | 'contact-confirmed' | 'contact-retired'; contactId: string }

/**
 * Writes what the operator did with a contact into the record of the organisation that has claimed the entry, if one
 * has. The contact is named by its id alone: an address may be somebody's own.
 */
export async function recordContactAudit(tx: Transaction, { personId }: Keeper, act: ContactAct): Promise<void> {
  const { kind, contactId } = act
  const contact = await tx.vendorContact.findUnique({
    where: { id: contactId },
    select: { vendor: { select: { organisationId: true } } },
  })
  const organisationId = contact?.vendor.organisationId ?? null
  if (organisationId === null) return
  await recordAudit(tx, { organisationId, kind, personId, actor: 'operator', subjectId: contactId })
}
