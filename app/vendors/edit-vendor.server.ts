import { mayKeepDirectory, notOperator, type Keeper } from '#app/accounts/keeper.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'

/** Corrects the names of an entry. Its address stays, so that links to it hold. */
export async function editVendor({
  member,
  slug,
  name,
  nameOther,
}: {
  member: Keeper
  slug: string
  name: string
  nameOther?: string | undefined
}) {
  if (!mayKeepDirectory(member)) return notOperator
  return withPerson(member.personId, async (tx) => {
    const { count } = await tx.vendor.updateMany({
      where: { slug },
      data: { name, nameOther: nameOther ?? null, updatedAt: now() },
    })
    return count === 1 ? ({ allowed: true } as const) : ({ allowed: false, because: 'no-vendor' } as const)
  })
}
