import { mayKeepDirectory, notOperator, type Keeper } from '#app/accounts/keeper.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'

/**
 * Takes an address that a holder gave into the directory, or declines it. Taken, it is a contact like every new one: nothing
 * is sent to it for others before an operator verifies it.
 */
export async function decideSuggestion({
  member,
  suggestionId,
  take,
}: {
  member: Keeper
  suggestionId: string
  take: boolean
}) {
  if (!mayKeepDirectory(member)) return notOperator
  return withPerson(member.personId, async (tx) => {
    const at = now()
    const { count } = await tx.contactSuggestion.updateMany({
      where: { id: suggestionId, state: 'open' },
      data: { state: take ? 'taken' : 'declined', decidedBy: member.personId, decidedAt: at },
    })
    if (count === 0) return { allowed: false, because: 'not-waiting' } as const
    if (!take) return { allowed: true } as const
    const { vendorId, address, locale } = await tx.contactSuggestion.findUniqueOrThrow({
      where: { id: suggestionId },
      select: { vendorId: true, address: true, locale: true },
    })
    const known = { vendorId, purpose: 'legal_notices', channel: 'email', address, retiredAt: null }
    if ((await tx.vendorContact.count({ where: known })) === 0)
      await tx.vendorContact.create({
        data: { id: newId(), ...known, locale, createdBy: member.personId, createdAt: at },
        select: { id: true },
      })
    return { allowed: true } as const
  })
}
