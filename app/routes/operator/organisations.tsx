import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { findOrganisations, mostCounted } from '#app/operator/find-organisations.server.ts'
import { OrganisationsList, type OrganisationsPage } from '#app/operator/organisations-list.tsx'
import { readOrganisationsQuery, rowsPerPage } from '#app/operator/organisations.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'

import type { Route } from './+types/organisations.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.operator_organisations_title())

export async function loader({ context, request }: Route.LoaderArgs): Promise<OrganisationsPage> {
  const { personId, timeZone } = requireMember(context, ['operator'])
  const { filter, before } = readOrganisationsQuery(request.url)
  const found = await withPerson(personId, (tx) => findOrganisations(tx, { filter, before, most: rowsPerPage }))
  return { ...found, filter, mostCounted, isFirst: before === null, timeZone }
}

/** Every organisation, for the operator. */
export default function Organisations({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <PageHead title={m.operator_organisations_title()}>{m.operator_organisations_intro()}</PageHead>
      <OrganisationsList page={loaderData} />
    </>
  )
}
