import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'

import type { OrganisationKind } from './organisation.ts'

type Registration = {
  slug: string
  kind: OrganisationKind
  name: string
  country?: string | undefined
  timeZone?: string | undefined
}

// ISO 3166-1 leaves ZZ to its users; CLDR calls it the unknown region.
const unknownCountry = 'ZZ'

/**
 * Makes an organisation of any kind without members, as the operator's command line does. Its address is filled in by
 * its first owner.
 *
 * @param tx of a role that may write organisations of every kind: the worker's
 */
export async function registerOrganisation(
  tx: Transaction,
  { slug, kind, name, country = unknownCountry, timeZone = 'UTC' }: Registration,
): Promise<{ allowed: true; id: string } | { allowed: false; because: 'slug-taken' }> {
  const taken = await tx.organisation.count({ where: { slug } })
  if (taken > 0) return { allowed: false, because: 'slug-taken' }
  const id = newId()
  await tx.organisation.createMany({ data: [{ id, slug, kind, name, country, timeZone, createdAt: now() }] })
  return { allowed: true, id }
}
