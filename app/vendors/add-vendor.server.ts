import { mayKeepDirectory, notOperator, type Keeper } from '#app/accounts/keeper.ts'
import { slugStem } from '#app/accounts/organisation.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'

/** Adds an empty entry to the directory, for the operator to fill with facts. Its slug comes from its name. */
export async function addVendor({
  member,
  name,
  nameOther,
}: {
  member: Keeper
  name: string
  nameOther?: string | undefined
}) {
  if (!mayKeepDirectory(member)) return notOperator
  const stem = slugStem([name, nameOther ?? '']) || 'vendor'
  return withPerson(member.personId, async (tx) => {
    const id = newId()
    const at = now()
    const taken = await tx.vendor.findMany({
      where: { slug: { startsWith: stem } },
      select: { slug: true, name: true },
    })
    if (taken.some((other) => other.name.toLowerCase() === name.toLowerCase()))
      return { allowed: false, because: 'already-there' } as const
    const slugs = new Set(taken.map(({ slug }) => slug))
    const slug =
      [stem, ...Array.from({ length: slugs.size }, (_, count) => `${stem}-${count + 2}`)].find(
        (each) => !slugs.has(each),
      ) ?? stem
    await tx.vendor.create({ data: { id, slug, name, nameOther: nameOther ?? null, createdAt: at, updatedAt: at } })
    return { allowed: true, slug } as const
  })
}
