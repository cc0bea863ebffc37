import { mayKeepDirectory, notOperator, type Keeper } from '#app/accounts/keeper.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { recordContactAudit } from '#app/vendors/record-contact-audit.server.ts'

/** What an operator does with an address that a holder gave: `confirm` also verifies it, after a look at its source. */
export type SuggestionDecision = 'take' | 'confirm' | 'decline'

/**
 * Takes an address that a holder gave into the directory, or declines it. Taken, it is a contact like every new one: nothing
 * is sent to it for others before an operator verifies it. Confirmed, it is verified at once, in the place of the contact that
 * it stands in for, whose working days count on: from then on every filing to the vendor goes there.
 */
export async function decideSuggestion({
  member,
  suggestionId,
  decision,
}: {
  member: Keeper
  suggestionId: string
  decision: SuggestionDecision
}) {
  if (!mayKeepDirectory(member)) return notOperator
  return withPerson(member.personId, async (tx) => {
    const at = now()
    const [given] = await tx.$queryRaw<Given[]>`
      select vendor_id as "vendorId", address, locale, source from contact_suggestion
      where id = ${suggestionId}::uuid and state = 'open' for update`
    if (given === undefined) return { allowed: false, because: 'not-waiting' } as const
    const place = decision === 'confirm' ? await findPlace(tx, given.vendorId) : undefined
    if (place === null) return { allowed: false, because: 'country-missing' } as const
    await tx.contactSuggestion.updateMany({
      where: { id: suggestionId },
      data: { state: decision === 'decline' ? 'declined' : 'taken', decidedBy: member.personId, decidedAt: at },
    })
    if (decision === 'decline') return { allowed: true } as const
    const contactId = await addOnce(tx, { given, member, at })
    if (place === undefined) return { allowed: true } as const
    const { count } = await tx.vendorContact.updateMany({
      where: { id: contactId, verifiedAt: null },
      data: { ...place, verifiedAt: at, verifiedBy: member.personId, verifiedHow: given.source },
    })
    if (count > 0) await recordContactAudit(tx, member, { kind: 'contact-confirmed', contactId })
    return { allowed: true } as const
  })
}

type Given = { vendorId: string; address: string; locale: string; source: string }

async function addOnce(
  tx: Transaction,
  { given: { vendorId, address, locale }, member, at }: { given: Given; member: Keeper; at: Date },
): Promise<string> {
  const contact = { vendorId, purpose: 'legal_notices', channel: 'email', address, retiredAt: null }
  const known = await tx.vendorContact.findFirst({ where: contact, select: { id: true } })
  if (known !== null) return known.id
  const id = newId()
  await tx.vendorContact.create({
    data: { id, ...contact, locale, createdBy: member.personId, createdAt: at },
    select: { id: true },
  })
  return id
}

type Place = { country: string; region: string | null; timeZone: string }

/** Where the vendor's legal notices go so far. */
async function findPlace(tx: Transaction, vendorId: string): Promise<Place | null> {
  const [place] = await tx.$queryRaw<Place[]>`
    select country, region, time_zone as "timeZone" from vendor_contact
    where vendor_id = ${vendorId}::uuid and country is not null and time_zone is not null
    order by purpose = 'legal_notices' desc, verified_at desc nulls last, id desc limit 1`
  return place ?? null
}
