import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'

/** Something to choose in the form of a mandate. */
export interface Named {
  readonly id: string
  readonly name: string
}

/** What the form of a mandate offers to choose from. */
export interface MandateChoices {
  readonly vendors: readonly Named[]
  /** The member's own; empty for an association. */
  readonly catalogues: readonly Named[]
  /** Those that can be given a mandate. */
  readonly associations: readonly Named[]
}

const most = 500

/** The vendors of the directory, the own catalogues, and the verified associations. */
export function findMandateChoices(member: Member): Promise<MandateChoices> {
  const { id } = member.organisation
  return withPerson(member.personId, async (tx) => {
    const select = { id: true, name: true }
    const orderBy = [{ name: 'asc' as const }, { id: 'asc' as const }]
    const vendors = await tx.vendor.findMany({ select, orderBy, take: most })
    const catalogues = await tx.catalogue.findMany({ where: { organisationId: id }, select, orderBy, take: most })
    const associations = await tx.$queryRaw<Named[]>`select id, name from list_associations() where id <> ${id}::uuid`
    return { vendors, catalogues, associations }
  })
}
