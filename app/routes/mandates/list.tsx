import { data } from 'react-router'
import { z } from 'zod'
import { mayDo } from '#app/accounts/roles.ts'
import { findMandates } from '#app/associations/find-mandates.server.ts'
import {
  claimInvitation,
  findInvitations,
  findSentInvitations,
  withdrawInvitation,
} from '#app/associations/invitations.server.ts'
import { mandatesPath } from '#app/associations/mandate-paths.ts'
import { mandateFilters } from '#app/associations/mandate-state.ts'
import { InvitationsToMe, MandatesList, SentInvitations } from '#app/associations/mandates-page.tsx'
import { m } from '#app/generated/messages/messages.js'
import { LinkButton } from '#app/ui/button.tsx'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { goOn } from '#app/routes/account/answers.ts'
import type { Route } from './+types/list.ts'
import { requireSide } from './mandate-door.server.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.mandates_title())

const query = z.object({
  show: z.enum(mandateFilters).catch('now'),
  after: z.uuid().nullable().catch(null),
})

export async function loader({ context, request }: Route.LoaderArgs) {
  const { member, side } = requireSide(context, request.url)
  const { searchParams } = new URL(request.url)
  const { show, after } = query.parse({ show: searchParams.get('show'), after: searchParams.get('after') })
  return {
    side,
    filter: show,
    page: await findMandates({ member, side, filter: show, after }),
    invitations: side === 'member' ? await findInvitations(member) : [],
    sent: side === 'association' ? await findSentInvitations(member) : [],
    mayChange: mayDo(member.organisation.role, 'manage-organisation'),
    verified: member.organisation.verified,
    timeZone: member.timeZone,
    locale: member.locale,
    gone: searchParams.has('gone'),
  }
}

const form = z.object({ act: z.enum(['claim', 'withdraw']), invitation: z.uuid() })

export async function action({ context, request }: Route.ActionArgs) {
  const { member, side } = requireSide(context, request.url)
  const asked = form.safeParse(Object.fromEntries(await request.formData()))
  if (!asked.success) return data(null, { status: 400 })
  const { act, invitation } = asked.data
  if (act === 'withdraw') {
    await withdrawInvitation(member, invitation)
    return goOn(mandatesPath(side))
  }
  const mandateId = await claimInvitation(member, invitation)
  return goOn(mandateId === null ? `${mandatesPath(side)}?gone` : `${mandatesPath(side)}/${mandateId}`)
}

/** The mandates of an organisation, as a member or as an association. */
export default function Mandates({ loaderData }: Route.ComponentProps) {
  const { side, filter, page, invitations, sent, mayChange, verified, timeZone, locale, gone } = loaderData
  const acts =
    side === 'association' ? (
      <LinkButton look="go" href="/association/mandates/invite">
        {m.mandates_invite_title()}
      </LinkButton>
    ) : (
      <LinkButton look="go" href="/settings/mandates/new">
        {m.mandates_give_title()}
      </LinkButton>
    )
  return (
    <>
      <PageHead title={m.mandates_title()} acts={mayChange && (side === 'member' || verified) && acts}>
        {side === 'association' ? m.mandates_lead_association() : m.mandates_lead_member()}
      </PageHead>
      <div className="stack">
        {gone && (
          <Note tone="question" status>
            <p>{m.mandates_refused_gone()}</p>
          </Note>
        )}
        {side === 'association' && !verified && (
          <Note tone="question">
            <p>{m.mandates_invite_not_verified()}</p>
          </Note>
        )}
        <InvitationsToMe invitations={invitations} timeZone={timeZone} locale={locale} />
        <MandatesList side={side} filter={filter} page={page} locale={locale} />
        <SentInvitations invitations={sent} timeZone={timeZone} mayChange={mayChange} />
      </div>
    </>
  )
}
