import { z } from 'zod'

import { organisationKinds, type OrganisationKind } from '#app/accounts/organisation.ts'

/** What the operator's list of organisations can be narrowed to. */
export type OrganisationFilter = { search: string; kind: OrganisationKind | null; verified: boolean | null }

/** A row of the operator's list of organisations. */
export type OrganisationRow = {
  id: string
  slug: string
  kind: OrganisationKind
  name: string
  nameOther: string | null
  country: string
  website: string | null
  isDemo: boolean
  createdAt: Date
  verifiedAt: Date | null
  verifiedHow: string | null
  domain: string | null
  domainHow: string | null
  domainProvenAt: Date | null
  people: number
  /** The entry of the directory that a vendor organisation has claimed. */
  vendor: { slug: string; name: string } | null
}

/** How many organisations, mails or jobs stand on a page of the operator. */
export const rowsPerPage = 50

const query = z.object({
  q: z.string().trim().max(200).catch(''),
  kind: z.enum(organisationKinds).nullable().catch(null),
  verified: z
    .enum(['yes', 'no'])
    .nullable()
    .catch(null)
    .transform((value) => (value === null ? null : value === 'yes')),
  before: z.uuid().nullable().catch(null),
})

/** What an address of the list asks for; what it cannot mean is left out. */
export function readOrganisationsQuery(url: string): { filter: OrganisationFilter; before: string | null } {
  const { searchParams } = new URL(url)
  const { q, before, ...rest } = query.parse({
    q: searchParams.get('q') ?? '',
    kind: searchParams.get('kind'),
    verified: searchParams.get('verified'),
    before: searchParams.get('before'),
  })
  return { filter: { search: q, ...rest }, before }
}
