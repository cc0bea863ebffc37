import { mayKeepDirectory, notOperator, type Keeper } from '#app/accounts/keeper.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'

import type { NewContact } from './forms.ts'
import { recordContactAudit } from './record-contact-audit.server.ts'

/** Adds a contact to a vendor. Nothing is sent to it before `verifyContact`. */
export async function addContact({ member, slug, contact }: { member: Keeper; slug: string; contact: NewContact }) {
  if (!mayKeepDirectory(member)) return notOperator
  return withPerson(member.personId, async (tx) => {
    const vendor = await tx.vendor.findUnique({ where: { slug }, select: { id: true } })
    if (vendor === null) return { allowed: false, because: 'no-vendor' } as const
    const { purpose, channel, address, locale, country = null, region = null, timeZone = null } = contact
    const same = await tx.vendorContact.count({
      where: { vendorId: vendor.id, purpose, channel, address, retiredAt: null },
    })
    if (same > 0) return { allowed: false, because: 'already-there' } as const
    const id = newId()
    await tx.vendorContact.create({
      data: {
        id,
        vendorId: vendor.id,
        purpose,
        channel,
        address,
        locale,
        country,
        region,
        timeZone,
        createdBy: member.personId,
        createdAt: now(),
      },
    })
    await recordContactAudit(tx, member, { kind: 'contact-added', contactId: id })
    return { allowed: true, id } as const
  })
}
