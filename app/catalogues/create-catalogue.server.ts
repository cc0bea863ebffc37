import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'

/** What came of making a catalogue. */
export type CatalogueVerdict =
  | { allowed: true; catalogueId: string }
  | { allowed: false; because: 'role' | 'name-taken' }

/** Makes an empty catalogue, version 0. Its name is its own within the organisation, whatever its case. */
export async function createCatalogue({ member, name }: { member: Member; name: string }): Promise<CatalogueVerdict> {
  const { id: organisationId, role } = member.organisation
  if (!mayDo(role, 'edit-catalogues')) return { allowed: false, because: 'role' }
  return withPerson(member.personId, async (tx): Promise<CatalogueVerdict> => {
    // Two who choose one name at once: the second finds the catalogue of the first.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`catalogues of ${organisationId}`}, 0))`
    if ((await findCatalogueNamed(tx, { organisationId, name })) !== null)
      return { allowed: false, because: 'name-taken' }
    const catalogueId = newId()
    await tx.catalogue.create({
      data: { id: catalogueId, organisationId, name, createdBy: member.personId, createdAt: now() },
      select: { id: true },
    })
    return { allowed: true, catalogueId }
  })
}

/** The id of the catalogue of this name, whatever its case; names that hold `_` or `%` mean these. */
export async function findCatalogueNamed(
  tx: Transaction,
  { organisationId, name }: { organisationId: string; name: string },
): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    select id from catalogue where organisation_id = ${organisationId}::uuid and lower(name) = lower(${name}) order by created_at, id limit 1`
  return row?.id ?? null
}
