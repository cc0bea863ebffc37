import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { AddVendorPanel } from '#app/operator/add-vendor-panel.tsx'
import { withPerson } from '#app/platform/db.server.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { addVendor } from '#app/vendors/add-vendor.server.ts'
import { findVendors, mostCounted } from '#app/vendors/find-vendors.server.ts'
import { vendorNamesForm } from '#app/vendors/forms.ts'
import { VendorsList, type VendorsPage } from '#app/vendors/vendors-list.tsx'
import { readVendorsQuery, vendorsPerPage } from '#app/vendors/vendors-query.ts'

import type { Route } from './+types/directory.ts'
import { answerForm, resultFor } from './answer-form.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.operator_directory_title())

export async function loader({ context, request }: Route.LoaderArgs): Promise<VendorsPage> {
  const { personId, organisation } = requireMember(context, ['operator'])
  const { filter, after } = readVendorsQuery(request.url)
  const found = await withPerson(personId, (tx) =>
    findVendors(tx, { filter, after, most: vendorsPerPage, organisationId: organisation.id }),
  )
  return { ...found, filter, mostCounted, isFirst: after === null }
}

export async function action({ context, request }: Route.ActionArgs) {
  const member = requireMember(context, ['operator'])
  return answerForm({
    form: await request.formData(),
    schema: vendorNamesForm,
    act: ({ name, nameOther }) => addVendor({ member, name, nameOther }),
    next: ({ slug }) => ({ path: `/operator/directory/${slug}`, done: 'vendor-added' }),
  })
}

/** The directory as the operator keeps it. */
export default function Directory({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <>
      <PageHead title={m.operator_directory_title()}>{m.operator_directory_intro()}</PageHead>
      <AddVendorPanel result={resultFor(actionData, 'add')} />
      <VendorsList page={loaderData} base="/operator/directory" withNotices={false} />
    </>
  )
}
