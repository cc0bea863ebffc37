import { findMandateChoices } from '#app/associations/mandate-choices.server.ts'
import { MandateForm } from '#app/associations/mandate-form.tsx'
import { mandatesPath } from '#app/associations/mandate-paths.ts'
import { isNarrower } from '#app/associations/mandate.ts'
import { narrowMandate } from '#app/associations/narrow-mandate.server.ts'
import { offerMandate } from '#app/associations/offer-mandate.server.ts'
import { formOf } from '#app/associations/terms-form.ts'
import { m } from '#app/generated/messages/messages.js'
import { nameIn } from '#app/ui/language-of.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { goOn } from '#app/routes/account/answers.ts'
import type { Route } from './+types/change.ts'
import { requireMandate } from './mandate-door.server.ts'
import { readTerms } from './terms-action.server.ts'
import { todayIn } from './today.server.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.mandates_change_title())

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const { member, side, mandate } = await requireMandate(context, { url: request.url, ...params })
  const choices = await findMandateChoices(member)
  const { association, member: other } = mandate
  const partner = side === 'association' ? other : association
  const today = todayIn(mandate.timeZone)
  const terms = mandate.current?.terms ?? mandate.versions[0]?.terms
  const values =
    terms === undefined ? {} : formOf(mandate.current ? terms : { ...terms, startsOn: today, endsOn: null })
  // An association does not see the member's catalogues unless it may file: those that are named stay as they are.
  const named = (terms?.catalogues ?? []).map((id) => ({ id, name: mandate.names[id] ?? m.mandates_unnamed() }))
  return {
    side,
    path: `${mandatesPath(side)}/${mandate.id}`,
    partner: nameIn(member.locale, partner.name, partner.nameOther),
    choices: side === 'association' ? { ...choices, catalogues: named } : choices,
    values,
    name: member.name,
    counts: mandate.current !== null,
  }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const { member, side, mandate } = await requireMandate(context, { url: request.url, ...params })
  const asked = await readTerms(request, side === 'member' ? member : null)
  if (!asked.sent) return asked.again
  const { terms, document, signature } = asked
  const path = `${mandatesPath(side)}/${mandate.id}`
  const narrows = side === 'member' && mandate.current !== null && isNarrower(terms, mandate.current.terms)
  if (narrows && signature !== null) {
    const narrowed = await narrowMandate({ member, mandateId: mandate.id, terms, document, signature })
    return narrowed.allowed ? goOn(`${path}?done=narrowed&stopped=${narrowed.stopped}`) : asked.again(narrowed.because)
  }
  const withId = side === 'association' ? mandate.memberId : mandate.associationId
  const offered = await offerMandate({ member, as: side, withId, terms, document, signature })
  return offered.allowed ? goOn(`${path}?done=offered`) : asked.again(offered.because)
}

/** New terms of a mandate: what takes away counts at once where the member says so, all else is offered. */
export default function Change({ loaderData, actionData }: Route.ComponentProps) {
  const { side, path, partner, choices, values, name, counts } = loaderData
  return (
    <>
      <PageHead
        title={m.mandates_change_title()}
        crumbs={[
          { label: m.mandates_title(), href: mandatesPath(side) },
          { label: partner, href: path },
          { label: m.mandates_change_title() },
        ]}
      >
        {side === 'member' && counts ? m.mandates_change_lead_member() : m.mandates_change_lead()}
      </PageHead>
      <MandateForm
        result={actionData?.result}
        values={values}
        choices={choices}
        signs={side === 'member'}
        name={name}
        back={path}
        act={m.mandates_change_act()}
      />
    </>
  )
}
