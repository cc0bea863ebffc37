import { z } from 'zod'

import type { VendorFilter } from './vendor.ts'

const query = z.object({
  q: z.string().trim().max(200).catch(''),
  contact: z.enum(['any', 'working', 'lacking']).catch('any'),
  after: z.string().max(80).nullable().catch(null),
})

/** How many vendors stand on a page. */
export const vendorsPerPage = 50

/** What an address of the directory's list asks for; what it cannot mean is left out. */
export function readVendorsQuery(url: string): { filter: VendorFilter; after: string | null } {
  const { searchParams } = new URL(url)
  const { q, contact, after } = query.parse({
    q: searchParams.get('q') ?? '',
    contact: searchParams.get('contact') ?? 'any',
    after: searchParams.get('after'),
  })
  return { filter: { search: q, contact }, after }
}
