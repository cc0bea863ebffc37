import { z } from 'zod'

import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { RetireContactPanel, VerifyContactPanel } from '#app/operator/contact-panels.tsx'
import { countBlockedNotices } from '#app/operator/count-blocked-notices.server.ts'
import { DoneNote } from '#app/operator/done-note.tsx'
import { readDone } from '#app/operator/wording.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { formatDate } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { findVendor } from '#app/vendors/find-vendor.server.ts'
import { verifyContactForm } from '#app/vendors/forms.ts'
import { retireContact } from '#app/vendors/retire-contact.server.ts'
import { VendorContacts } from '#app/vendors/vendor-contacts.tsx'
import { verifyContact } from '#app/vendors/verify-contact.server.ts'
import { purposeWords } from '#app/vendors/wording.ts'

import type { Route } from './+types/directory-contact.ts'
import { answerForm, intentOf, resultFor, unknownIntent } from './answer-form.ts'

export const meta: Route.MetaFunction = ({ loaderData }) =>
  pageTitle(loaderData?.vendor.name ?? m.operator_directory_title())

export async function loader({ context, params: { slug, contactId }, request }: Route.LoaderArgs) {
  const { personId, organisation, timeZone } = requireMember(context, ['operator'])
  return withPerson(personId, async (tx) => {
    const vendor = await findVendor(tx, { slug, organisationId: organisation.id })
    const contact = vendor?.contacts.find(({ id }) => id === contactId)
    // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
    if (!vendor || !contact) throw new Response(null, { status: 404 })
    const blocked = await countBlockedNotices(tx, { vendorId: vendor.id, contactId })
    return { vendor: { slug, name: vendor.name }, contact, blocked, timeZone, done: readDone(request.url) }
  })
}

export async function action({ context, params: { slug, contactId }, request }: Route.ActionArgs) {
  const member = requireMember(context, ['operator'])
  const form = await request.formData()
  const path = `/operator/directory/${slug}`
  switch (intentOf(form)) {
    case 'verify':
      return answerForm({
        form,
        schema: verifyContactForm,
        act: (check) => verifyContact({ member, contactId, check }),
        next: () => ({ path, done: 'contact-verified' }),
      })
    case 'retire':
      return answerForm({
        form,
        schema: z.object({}),
        act: () => retireContact({ member, contactId }),
        next: () => ({ path, done: 'contact-retired' }),
      })
    default:
      return unknownIntent()
  }
}

/** One contact of a vendor, for the operator: to verify it or to retire it. */
export default function DirectoryContact({ loaderData, actionData }: Route.ComponentProps) {
  const { vendor, contact, blocked, timeZone, done } = loaderData
  const title = m.operator_contact_title({ purpose: purposeWords[contact.purpose]() })
  return (
    <>
      <PageHead
        title={title}
        crumbs={[
          { label: m.operator_directory_title(), href: '/operator/directory' },
          { label: vendor.name, href: `/operator/directory/${vendor.slug}` },
          { label: title },
        ]}
      >
        <code>{contact.address}</code>
      </PageHead>
      <DoneNote done={done} />
      <div className="stack">
        {contact.retiredAt === null ? (
          <VendorContacts contacts={[contact]} timeZone={timeZone} only={contact.purpose} />
        ) : (
          <p>{m.operator_contact_retired({ date: formatDate(contact.retiredAt, timeZone) })}</p>
        )}
        {contact.retiredAt === null && contact.verifiedAt === null && (
          <VerifyContactPanel contact={contact} vendor={vendor.name} result={resultFor(actionData, 'verify')} />
        )}
        {contact.retiredAt === null && (
          <RetireContactPanel address={contact.address} blocked={blocked} result={resultFor(actionData, 'retire')} />
        )}
      </div>
    </>
  )
}
