import { z } from 'zod'

import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { ContactsPanel } from '#app/operator/contacts-panel.tsx'
import { DoneNote } from '#app/operator/done-note.tsx'
import { FactsPanel } from '#app/operator/facts-panel.tsx'
import { NamesPanel } from '#app/operator/names-panel.tsx'
import { readDone } from '#app/operator/wording.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Section } from '#app/ui/section.tsx'
import { addContact } from '#app/vendors/add-contact.server.ts'
import { addFact } from '#app/vendors/add-fact.server.ts'
import { editVendor } from '#app/vendors/edit-vendor.server.ts'
import { findVendor } from '#app/vendors/find-vendor.server.ts'
import { contactForm, factForm, vendorNamesForm } from '#app/vendors/forms.ts'
import { retireFact } from '#app/vendors/retire-fact.server.ts'
import { VendorClaimLine } from '#app/vendors/vendor-claim-line.tsx'
import { VendorCorrections } from '#app/vendors/vendor-corrections.tsx'

import type { Route } from './+types/directory-entry.ts'
import { answerForm, intentOf, resultFor, unknownIntent } from './answer-form.ts'

const title = m.operator_directory_title

export const meta: Route.MetaFunction = ({ loaderData }) => pageTitle(loaderData?.vendor.name ?? title())

export async function loader({ context, params: { slug }, request }: Route.LoaderArgs) {
  const { personId, organisation, timeZone } = requireMember(context, ['operator'])
  const vendor = await withPerson(personId, (tx) => findVendor(tx, { slug, organisationId: organisation.id }))
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (vendor === null) throw new Response(null, { status: 404 })
  return { vendor, timeZone, done: readDone(request.url) }
}

export async function action({ context, params: { slug }, request }: Route.ActionArgs) {
  const member = requireMember(context, ['operator'])
  const form = await request.formData()
  const path = `/operator/directory/${slug}`
  const asked = { member, slug }
  switch (intentOf(form)) {
    case 'names':
      return answerForm({
        form,
        schema: vendorNamesForm,
        act: (names) => editVendor({ ...asked, ...names }),
        next: () => ({ path, done: 'names' }),
      })
    case 'fact-add':
      return answerForm({
        form,
        schema: factForm,
        act: (fact) => addFact({ ...asked, fact }),
        next: () => ({ path, done: 'fact-added' }),
      })
    case 'fact-retire':
      return answerForm({
        form,
        schema: z.object({ factId: z.uuid() }),
        act: ({ factId }) => retireFact({ ...asked, factId }),
        next: () => ({ path, done: 'fact-retired' }),
      })
    case 'contact-add':
      return answerForm({
        form,
        schema: contactForm,
        act: (contact) => addContact({ ...asked, contact }),
        next: ({ id }) => ({ path: `${path}/contacts/${id}`, done: 'contact-added' }),
      })
    default:
      return unknownIntent()
  }
}

/** One entry of the directory, for the operator to correct. */
export default function DirectoryEntry({ loaderData: { vendor, timeZone, done }, actionData }: Route.ComponentProps) {
  return (
    <>
      <PageHead
        title={vendor.name}
        crumbs={[{ label: title(), href: '/operator/directory' }, { label: vendor.name }]}
        acts={<LinkButton href={`/vendors/${vendor.slug}`}>{m.operator_directory_public()}</LinkButton>}
      >
        <VendorClaimLine vendor={vendor} timeZone={timeZone} />
      </PageHead>
      <DoneNote done={done} />
      <div className="stack">
        <ContactsPanel slug={vendor.slug} contacts={vendor.contacts} result={resultFor(actionData, 'contact-add')} />
        <FactsPanel
          facts={vendor.facts}
          added={resultFor(actionData, 'fact-add')}
          retired={resultFor(actionData, 'fact-retire')}
        />
        <NamesPanel name={vendor.name} nameOther={vendor.nameOther} result={resultFor(actionData, 'names')} />
        <Section id="corrections" title={m.vendors_entry_history()}>
          <VendorCorrections facts={vendor.facts} formerFacts={vendor.formerFacts} timeZone={timeZone} />
        </Section>
      </div>
    </>
  )
}
