import { mayKeepDirectory, notOperator, type Keeper } from '#app/accounts/keeper.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'

/** Takes an entry of the directory back from its organisation, whose members then read none of its notices. */
export async function unlinkVendorOrganisation({ member, slug }: { member: Keeper; slug: string }) {
  if (!mayKeepDirectory(member)) return notOperator
  return withPerson(member.personId, async (tx) => {
    const { count } = await tx.vendor.updateMany({
      where: { slug, organisationId: { not: null } },
      data: { organisationId: null, updatedAt: now() },
    })
    return count === 1 ? ({ allowed: true } as const) : ({ allowed: false, because: 'not-linked' } as const)
  })
}
