import { mayKeepDirectory, notOperator, type Keeper } from '#app/accounts/keeper.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'

/** Takes a claim out of the queue: the operator has linked the entry anew, or left it as it was. */
export async function settleClaim({ member, claimId }: { member: Keeper; claimId: string }) {
  if (!mayKeepDirectory(member)) return notOperator
  return withPerson(member.personId, async (tx) => {
    const { count } = await tx.vendorClaim.updateMany({
      where: { id: claimId, settledAt: null },
      data: { settledAt: now(), settledBy: member.personId },
    })
    return count === 1 ? ({ allowed: true } as const) : ({ allowed: false, because: 'no-claim' } as const)
  })
}
