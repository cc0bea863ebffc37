import { mayKeepDirectory, notOperator, type Keeper } from '#app/accounts/keeper.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'

import { contactColumns, readContact } from './contact-columns.server.ts'
import { mayVerify } from './contact.ts'
import type { ContactCheck } from './forms.ts'
import { recordContactAudit } from './record-contact-audit.server.ts'

/** Verifies a contact, with the place whose working days its clocks count. From now on notices are sent to it. */
export async function verifyContact({
  member,
  contactId,
  check,
}: {
  member: Keeper
  contactId: string
  check: ContactCheck
}) {
  if (!mayKeepDirectory(member)) return notOperator
  return withPerson(member.personId, async (tx) => {
    await tx.$queryRaw`select id from vendor_contact where id = ${contactId}::uuid for no key update`
    const row = await tx.vendorContact.findUnique({
      where: { id: contactId },
      select: { region: true, ...contactColumns },
    })
    if (row === null) return { allowed: false, because: 'no-contact' } as const
    const country = check.country ?? row.country
    const timeZone = check.timeZone ?? row.timeZone
    const verdict = mayVerify({ ...readContact(row), country, timeZone })
    if (!verdict.allowed) return verdict
    const region = check.region ?? (check.country === undefined || check.country === row.country ? row.region : null)
    await tx.vendorContact.update({
      where: { id: contactId },
      data: { country, region, timeZone, verifiedAt: now(), verifiedBy: member.personId, verifiedHow: check.how },
    })
    await recordContactAudit(tx, member, { kind: 'contact-confirmed', contactId })
    return { allowed: true } as const
  })
}
