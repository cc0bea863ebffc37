import { mayKeepDirectory, notOperator, type Keeper } from '#app/accounts/keeper.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'

import { recordContactAudit } from './record-contact-audit.server.ts'

/** Retires a contact: no new notice goes to it. It stays on record for the notices that went there. */
export async function retireContact({ member, contactId }: { member: Keeper; contactId: string }) {
  if (!mayKeepDirectory(member)) return notOperator
  return withPerson(member.personId, async (tx) => {
    const { count } = await tx.vendorContact.updateMany({
      where: { id: contactId, retiredAt: null },
      data: { retiredAt: now() },
    })
    if (count === 0) return { allowed: false, because: 'no-contact' } as const
    await recordContactAudit(tx, member, { kind: 'contact-retired', contactId })
    return { allowed: true } as const
  })
}
