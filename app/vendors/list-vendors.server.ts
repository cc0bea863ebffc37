import type { Transaction } from '#app/platform/db.server.ts'

import { contactColumns, readContact } from './contact-columns.server.ts'
import { whyNoContact, type ContactFault } from './contact.ts'

/** One vendor of `vendor list`. `contact` says whether an exclusion request could be sent to it, else why not. */
export type ListedVendor = {
  slug: string
  name: string
  claimed: boolean
  facts: number
  contact: 'working' | 'none' | ContactFault
}

/** The whole directory by name, for the command line. */
export async function listVendors(tx: Transaction): Promise<ListedVendor[]> {
  const rows = await tx.vendor.findMany({
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: {
      slug: true,
      name: true,
      organisationId: true,
      vendorContacts: { select: contactColumns },
      _count: { select: { vendorFacts: { where: { retiredAt: null } } } },
    },
  })
  return rows.map(({ slug, name, organisationId, vendorContacts, _count: { vendorFacts: facts } }) => ({
    slug,
    name,
    claimed: organisationId !== null,
    facts,
    contact: whyNoContact(vendorContacts.map(readContact), 'exclusion') ?? 'working',
  }))
}
