import { mayKeepDirectory, notOperator, type Keeper } from '#app/accounts/keeper.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'

/** Takes a fact out of an entry; it stays in the entry's history and no later seeding brings it back. */
export async function retireFact({ member, slug, factId }: { member: Keeper; slug: string; factId: string }) {
  if (!mayKeepDirectory(member)) return notOperator
  return withPerson(member.personId, async (tx) => {
    const at = now()
    const { count } = await tx.vendorFact.updateMany({
      where: { id: factId, retiredAt: null, vendor: { slug } },
      data: { retiredAt: at },
    })
    if (count === 0) return { allowed: false, because: 'no-fact' } as const
    await tx.vendor.update({ where: { slug }, data: { updatedAt: at } })
    return { allowed: true } as const
  })
}
