import { recordAudit } from '#app/accounts/record-audit.server.ts'
import { mayKeepDirectory, notOperator, type Keeper } from '#app/accounts/keeper.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'

/**
 * Gives a verified vendor organisation its entry of the directory: its members then read and answer every notice
 * that was sent to this vendor, also those of the past. One entry has one organisation, and the reverse.
 */
export async function linkVendorOrganisation({
  member,
  slug,
  organisationSlug,
}: {
  member: Keeper
  slug: string
  organisationSlug: string
}) {
  if (!mayKeepDirectory(member)) return notOperator
  return withPerson(member.personId, async (tx) => {
    await tx.$queryRaw`select id from vendor where slug = ${slug} for no key update`
    const vendor = await tx.vendor.findUnique({ where: { slug }, select: { id: true, organisationId: true } })
    if (vendor === null) return { allowed: false, because: 'no-vendor' } as const
    const organisation = await tx.organisation.findUnique({
      where: { slug: organisationSlug },
      select: { id: true, kind: true, verifiedAt: true, vendor: { select: { slug: true } } },
    })
    if (organisation === null || organisation.kind !== 'vendor')
      return { allowed: false, because: 'no-vendor-organisation' } as const
    if (organisation.verifiedAt === null) return { allowed: false, because: 'not-verified' } as const
    if (vendor.organisationId !== null) return { allowed: false, because: 'vendor-claimed' } as const
    if (organisation.vendor !== null) return { allowed: false, because: 'organisation-linked' } as const
    await tx.vendor.update({ where: { id: vendor.id }, data: { organisationId: organisation.id, updatedAt: now() } })
    await recordAudit(tx, {
      organisationId: organisation.id,
      kind: 'entry-linked',
      personId: member.personId,
      actor: 'operator',
      facts: { vendor: slug },
    })
    return { allowed: true } as const
  })
}
