import { z } from 'zod'

import { verifyOrganisation } from '#app/accounts/verify-organisation.server.ts'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { DoneNote } from '#app/operator/done-note.tsx'
import { findOrganisation } from '#app/operator/find-organisations.server.ts'
import { OrganisationFacts } from '#app/operator/organisation-facts.tsx'
import { LinkPanel, UnlinkPanel, VerifyPanel } from '#app/operator/organisation-panels.tsx'
import { readDone } from '#app/operator/wording.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { findUnclaimedVendors } from '#app/vendors/find-unclaimed-vendors.server.ts'
import { verifyOrganisationForm } from '#app/vendors/forms.ts'
import { linkVendorOrganisation } from '#app/vendors/link-vendor-organisation.server.ts'
import { unlinkVendorOrganisation } from '#app/vendors/unlink-vendor-organisation.server.ts'

import type { Route } from './+types/organisation.ts'
import { answerForm, intentOf, resultFor, unknownIntent } from './answer-form.ts'

const title = m.operator_organisations_title

export const meta: Route.MetaFunction = ({ loaderData }) => pageTitle(loaderData?.organisation.name ?? title())

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const { personId, timeZone } = requireMember(context, ['operator'])
  return withPerson(personId, async (tx) => {
    const organisation = await findOrganisation(tx, params.slug)
    // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
    if (organisation === null) throw new Response(null, { status: 404 })
    const canClaim = organisation.kind === 'vendor' && organisation.vendor === null
    return {
      organisation,
      vendors: canClaim ? await findUnclaimedVendors(tx) : [],
      timeZone,
      done: readDone(request.url),
    }
  })
}

export async function action({ context, params: { slug }, request }: Route.ActionArgs) {
  const member = requireMember(context, ['operator'])
  const form = await request.formData()
  const path = `/operator/organisations/${slug}`
  switch (intentOf(form)) {
    case 'verify':
      return answerForm({
        form,
        schema: verifyOrganisationForm,
        act: ({ how }) => verifyOrganisation({ member, slug, how }),
        next: () => ({ path, done: 'organisation' }),
      })
    case 'link':
      return answerForm({
        form,
        schema: z.object({ vendor: z.string({ error: () => m.operator_organisation_link_choose() }) }),
        act: ({ vendor }) => linkVendorOrganisation({ member, slug: vendor, organisationSlug: slug }),
        next: () => ({ path, done: 'linked' }),
      })
    case 'unlink': {
      const organisation = await withPerson(member.personId, (tx) => findOrganisation(tx, slug))
      return answerForm({
        form,
        schema: z.object({}),
        act: () => unlinkVendorOrganisation({ member, slug: organisation?.vendor?.slug ?? '' }),
        next: () => ({ path, done: 'unlinked' }),
      })
    }
    default:
      return unknownIntent()
  }
}

/** One organisation, for the operator: to verify it, and to give a vendor its entry of the directory. */
export default function Organisation({ loaderData, actionData }: Route.ComponentProps) {
  const { organisation, vendors, timeZone, done } = loaderData
  return (
    <>
      <PageHead
        title={organisation.name}
        crumbs={[{ label: title(), href: '/operator/organisations' }, { label: organisation.name }]}
      />
      <DoneNote done={done} name={organisation.name} />
      <div className="stack">
        <OrganisationFacts organisation={organisation} timeZone={timeZone} />
        {organisation.verifiedAt === null && (
          <VerifyPanel organisation={organisation} result={resultFor(actionData, 'verify')} />
        )}
        {organisation.kind === 'vendor' && organisation.vendor === null && (
          <LinkPanel organisation={organisation} vendors={vendors} result={resultFor(actionData, 'link')} />
        )}
        {organisation.vendor !== null && (
          <UnlinkPanel
            organisation={organisation.name}
            vendor={organisation.vendor.name}
            result={resultFor(actionData, 'unlink')}
          />
        )}
      </div>
    </>
  )
}
