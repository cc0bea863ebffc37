import { mayDo } from '#app/accounts/roles.ts'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { withPerson } from '#app/platform/db.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Section } from '#app/ui/section.tsx'
import { whyNoContact } from '#app/vendors/contact.ts'
import { findVendor } from '#app/vendors/find-vendor.server.ts'
import { VendorClaimLine } from '#app/vendors/vendor-claim-line.tsx'
import { VendorContacts } from '#app/vendors/vendor-contacts.tsx'
import { VendorCorrections } from '#app/vendors/vendor-corrections.tsx'
import { VendorFacts } from '#app/vendors/vendor-facts.tsx'
import { VendorNotices } from '#app/vendors/vendor-notices.tsx'
import { whatToDo } from '#app/vendors/wording.ts'

import type { Route } from './+types/vendor.ts'

export const meta: Route.MetaFunction = ({ loaderData }) => pageTitle(loaderData?.vendor.name ?? m.vendors_list_title())

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const { personId, organisation, timeZone } = requireMember(context)
  const vendor = await withPerson(personId, (tx) =>
    findVendor(tx, { slug: params.slug, organisationId: organisation.id }),
  )
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (vendor === null) throw new Response(null, { status: 404 })
  const isHolder = organisation.kind === 'rights_holder'
  return {
    vendor,
    timeZone,
    isHolder,
    mayFile: isHolder && mayDo(organisation.role, 'file-notices'),
    mayEdit: organisation.kind === 'operator',
    suggested: new URL(request.url).searchParams.get('done') === 'suggested',
  }
}

/** One vendor of the directory. */
export default function Vendor({ loaderData }: Route.ComponentProps) {
  const { vendor, timeZone, isHolder, mayFile, mayEdit, suggested } = loaderData
  const fault = whyNoContact(vendor.contacts, 'exclusion')
  return (
    <>
      <PageHead
        title={vendor.name}
        crumbs={[{ label: m.vendors_list_title(), href: '/vendors' }, { label: vendor.name }]}
        acts={
          <>
            {mayFile && fault === null && (
              <LinkButton href={`/notices/new?vendor=${vendor.slug}`}>{m.vendors_entry_file()}</LinkButton>
            )}
            {mayEdit && <LinkButton href={`/operator/directory/${vendor.slug}`}>{m.vendors_entry_edit()}</LinkButton>}
          </>
        }
      >
        <VendorClaimLine vendor={vendor} timeZone={timeZone} />
      </PageHead>
      {suggested && (
        <div className="below">
          <Note tone="agreed" status>
            <p>{m.security_correction_done()}</p>
          </Note>
        </div>
      )}
      <div className="stack">
        <Section id="contacts" title={m.vendors_entry_contacts()}>
          {fault !== null && (
            <div className="below">
              <Note tone="question">
                <p>{whatToDo(fault)}</p>
              </Note>
            </div>
          )}
          <VendorContacts contacts={vendor.contacts} timeZone={timeZone} />
        </Section>
        <VendorFacts facts={vendor.facts} />
        {isHolder && <VendorNotices vendor={vendor} />}
        <Section id="corrections" title={m.vendors_entry_history()}>
          <VendorCorrections facts={vendor.facts} formerFacts={vendor.formerFacts} timeZone={timeZone} />
          <p className="gap">
            <a href={`/vendors/${vendor.slug}/correct`}>{m.security_correction_title()}</a>
          </p>
        </Section>
      </div>
    </>
  )
}
