import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
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
    const same = await tx.catalogue.findFirst({
      where: { organisationId, name: { equals: name, mode: 'insensitive' } },
      select: { id: true },
    })
    if (same !== null) return { allowed: false, because: 'name-taken' }
    const catalogueId = newId()
    await tx.catalogue.create({
      data: { id: catalogueId, organisationId, name, createdBy: member.personId, createdAt: now() },
      select: { id: true },
    })
    return { allowed: true, catalogueId }
  })
}
