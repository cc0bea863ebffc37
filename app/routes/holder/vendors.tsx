import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { withPerson } from '#app/platform/db.server.ts'
import { pageTitle } from '#app/ui/page-title.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { findVendors, mostCounted } from '#app/vendors/find-vendors.server.ts'
import { VendorsList, type VendorsPage } from '#app/vendors/vendors-list.tsx'
import { readVendorsQuery, vendorsPerPage } from '#app/vendors/vendors-query.ts'

import type { Route } from './+types/vendors.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.vendors_list_title())

export async function loader({
  context,
  request,
}: Route.LoaderArgs): Promise<{ page: VendorsPage; withNotices: boolean }> {
  const { personId, organisation } = requireMember(context)
  const { filter, after } = readVendorsQuery(request.url)
  const found = await withPerson(personId, (tx) =>
    findVendors(tx, { filter, after, most: vendorsPerPage, organisationId: organisation.id }),
  )
  return {
    page: { ...found, filter, mostCounted, isFirst: after === null },
    withNotices: organisation.kind === 'rights_holder',
  }
}

/** The directory of vendors, for everybody who is signed in. */
export default function Vendors({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <PageHead title={m.vendors_list_title()}>{m.vendors_list_intro()}</PageHead>
      <VendorsList {...loaderData} base="/vendors" />
    </>
  )
}
