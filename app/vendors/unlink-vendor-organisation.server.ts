import { recordAudit } from '#app/accounts/record-audit.server.ts'
import { mayKeepDirectory, notOperator, type Keeper } from '#app/accounts/keeper.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'

/** Takes an entry of the directory back from its organisation, whose members then read none of its notices. */
export async function unlinkVendorOrganisation({ member, slug }: { member: Keeper; slug: string }) {
  if (!mayKeepDirectory(member)) return notOperator
  return withPerson(member.personId, async (tx) => {
    const entry = await tx.vendor.findUnique({ where: { slug }, select: { organisationId: true } })
    const organisationId = entry?.organisationId ?? null
    if (organisationId === null) return { allowed: false, because: 'not-linked' } as const
    const { count } = await tx.vendor.updateMany({
      where: { slug, organisationId },
      data: { organisationId: null, updatedAt: now() },
    })
    if (count === 0) return { allowed: false, because: 'not-linked' } as const
    await recordAudit(tx, {
      organisationId,
      kind: 'entry-unlinked',
      personId: member.personId,
      actor: 'operator',
      facts: { vendor: slug },
    })
    return { allowed: true } as const
  })
}
