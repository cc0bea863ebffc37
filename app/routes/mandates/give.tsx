import { z } from 'zod'
import { findMandateChoices } from '#app/associations/mandate-choices.server.ts'
import { MandateForm } from '#app/associations/mandate-form.tsx'
import { offerMandate } from '#app/associations/offer-mandate.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { Empty } from '#app/ui/empty.tsx'
import { SelectField } from '#app/ui/fields.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { goOn } from '#app/routes/account/answers.ts'
import type { Route } from './+types/give.ts'
import { requireSide } from './mandate-door.server.ts'
import { readTerms } from './terms-action.server.ts'
import { todayIn } from './today.server.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.mandates_give_title())

export async function loader({ context, request }: Route.LoaderArgs) {
  const { member } = requireSide(context, request.url)
  const chosen = new URL(request.url).searchParams.get('with') ?? ''
  return {
    choices: await findMandateChoices(member),
    chosen,
    name: member.name,
    today: todayIn(member.organisation.timeZone),
  }
}

export async function action({ context, request }: Route.ActionArgs) {
  const { member } = requireSide(context, request.url)
  const withId = z.uuid().catch('').parse(new URL(request.url).searchParams.get('with'))
  const asked = await readTerms(request, member)
  if (!asked.sent) return asked.again
  if (withId === '') return asked.again('no-partner')
  const { terms, document, signature } = asked
  const offered = await offerMandate({ member, as: 'member', withId, terms, document, signature })
  return offered.allowed ? goOn(`/settings/mandates/${offered.mandateId}?done=offered`) : asked.again(offered.because)
}

/** A member gives an association a mandate: it waits for the association. */
export default function Give({ loaderData, actionData }: Route.ComponentProps) {
  const { choices, chosen, name, today } = loaderData
  const association = choices.associations.find(({ id }) => id === chosen)
  const crumbs = [{ label: m.mandates_title(), href: '/settings/mandates' }, { label: m.mandates_give_title() }]
  const values = { level: 'view', startsOn: today, vendorsWhich: 'all', measuresWhich: 'all', cataloguesWhich: 'all' }
  return (
    <>
      <PageHead title={m.mandates_give_title()} crumbs={crumbs}>
        {m.mandates_give_lead()}
      </PageHead>
      {association === undefined ? (
        <ChooseAssociation associations={choices.associations} />
      ) : (
        <MandateForm
          result={actionData?.result}
          values={values}
          choices={choices}
          signs
          name={name}
          back="/settings/mandates"
          act={m.mandates_give_act({ association: association.name })}
        >
          <p>{m.mandates_give_to({ association: association.name })}</p>
        </MandateForm>
      )}
    </>
  )
}

function ChooseAssociation({ associations }: { associations: readonly { id: string; name: string }[] }) {
  if (associations.length === 0) return <Empty>{m.mandates_no_associations()}</Empty>
  return (
    <form method="get" className="fs">
      <SelectField
        field={{ id: 'with', name: 'with' }}
        label={m.mandates_association()}
        options={associations.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <div>
        <button type="submit" className="b go">
          {m.mandates_continue()}
        </button>
      </div>
    </form>
  )
}
