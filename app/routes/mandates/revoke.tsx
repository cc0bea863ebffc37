import { data } from 'react-router'
import { countWaiting } from '#app/associations/count-waiting.server.ts'
import { mandatesPath } from '#app/associations/mandate-paths.ts'
import { revokeMandate } from '#app/associations/revoke-mandate.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { goOn } from '#app/routes/account/answers.ts'
import type { Route } from './+types/revoke.ts'
import { requireMandate } from './mandate-door.server.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.mandates_revoke())

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const { member, side, mandate } = await requireMandate(context, { url: request.url, ...params })
  const { association, member: other } = mandate
  return {
    side,
    path: `${mandatesPath(side)}/${mandate.id}`,
    association: nameIn(member.locale, association.name, association.nameOther),
    member: nameIn(member.locale, other.name, other.nameOther),
    waiting: await countWaiting(member, mandate),
  }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const { member, side, mandate } = await requireMandate(context, { url: request.url, ...params })
  const revoked = await revokeMandate({ member, mandateId: mandate.id })
  if (!revoked.allowed) return data({ because: revoked.because }, { status: 403 })
  return goOn(`${mandatesPath(side)}/${mandate.id}?done=revoked&stopped=${revoked.stopped}`)
}

/** What revoking a mandate means, before it is done. */
export default function Revoke({ loaderData, actionData }: Route.ComponentProps) {
  const { side, path, association, member, waiting } = loaderData
  const partner = side === 'association' ? member : association
  return (
    <>
      <PageHead
        title={m.mandates_revoke_title({ partner })}
        crumbs={[
          { label: m.mandates_title(), href: mandatesPath(side) },
          { label: partner, href: path },
          { label: m.mandates_revoke() },
        ]}
      >
        {m.mandates_revoke_effect({ association, member })}
      </PageHead>
      {actionData && (
        <div className="below">
          <Note tone="question" status>
            <p>{m.mandates_refused_owner()}</p>
          </Note>
        </div>
      )}
      <p className="below">
        {waiting === 0
          ? m.mandates_revoke_none_waiting()
          : m.mandates_revoke_waiting({ count: waiting, number: formatNumber(waiting) })}
      </p>
      <p className="below">{m.mandates_revoke_final()}</p>
      <form method="post" className="bs">
        <Button look="risk go">{m.mandates_revoke_act()}</Button>
        <LinkButton href={path}>{m.mandates_keep()}</LinkButton>
      </form>
    </>
  )
}
