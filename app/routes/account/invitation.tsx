import { parseWithZod } from '@conform-to/zod/v4'
import { data } from 'react-router'
import {
  acceptInvitation,
  findInvitation,
  isInvitedKnown,
  joinByInvitation,
  type OpenInvitation,
} from '#app/accounts/accept-invitation.server.ts'
import { joinForm } from '#app/accounts/forms.ts'
import { InvitationHead, StaleInvitation } from '#app/accounts/invitation-view.tsx'
import { judgeAcceptance } from '#app/accounts/invitation.ts'
import { JoinForm } from '#app/accounts/join-form.tsx'
import { findViewer, localeOf, organisationCookie, type Viewer } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { now } from '#app/platform/clock.server.ts'
import { countTry } from '#app/platform/rate-limit.server.ts'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/invitation.ts'
import { clientOf, formAgain, goOn, rememberChoice } from './answers.ts'

export const handle = { main: 'slim' }
export const meta: Route.MetaFunction = () => pageTitle(m.accounts_invitation_short())

export async function loader({ params: { token }, context }: Route.LoaderArgs) {
  const invitation = await findInvitation(token)
  if (!invitation) return data({ state: 'stale', because: 'unknown' } as const, { status: 404 })
  return pageOf(invitation, findViewer(context), token)
}

async function pageOf(invitation: OpenInvitation, viewer: Viewer | undefined, token: string) {
  const { organisation, inviter, role, email } = invitation
  const verdict = judgeAcceptance(invitation, { address: email, now: now() })
  if (!verdict.allowed) return data({ state: 'stale', because: verdict.because } as const, { status: 410 })
  const facts = { organisation, inviter, role, email }
  if (viewer && viewer.email !== email)
    return data({ state: 'other-person', ...facts, signedInAs: viewer.email } as const)
  if (viewer) return data({ state: 'accept', ...facts } as const)
  if (await isInvitedKnown(invitation))
    return data({ state: 'sign-in', ...facts, here: `/invitations/${token}` } as const)
  return data({ state: 'join', ...facts } as const)
}

export async function action({ params: { token }, request, context }: Route.ActionArgs) {
  const viewer = findViewer(context)
  if (viewer) {
    const accepted = await acceptInvitation({ personId: viewer.personId, email: viewer.email, token })
    // Refused: the page is shown again and says why.
    return accepted.allowed
      ? goOn('/home', [rememberChoice(organisationCookie, accepted.organisationId)])
      : goOn(`/invitations/${token}`)
  }
  const submission = parseWithZod(await request.formData(), { schema: joinForm })
  if (submission.status !== 'success') return formAgain(submission)
  const counted = await countTry('confirm client', clientOf(context))
  if (!counted.allowed) return formAgain(submission, { formErrors: [m.accounts_too_many_hour()] }, 429)
  const joined = await joinByInvitation({
    ...submission.value,
    token,
    locale: localeOf(context),
    headers: request.headers,
  })
  if (!joined.allowed) return goOn(`/invitations/${token}`)
  return goOn('/home', [...joined.cookies, rememberChoice(organisationCookie, joined.organisationId)])
}

/** An invitation: opening it accepts nothing. */
export default function Invitation({ loaderData, actionData }: Route.ComponentProps) {
  if (loaderData.state === 'stale') return <StaleInvitation because={loaderData.because} />
  return (
    <>
      <InvitationHead {...loaderData} />
      {loaderData.state === 'join' && <JoinForm result={actionData?.result} organisation={loaderData.organisation} />}
      {loaderData.state === 'accept' && (
        <form method="post">
          <Button look="go">{m.accounts_invitation_accept(loaderData)}</Button>
        </form>
      )}
      {loaderData.state === 'sign-in' && (
        <>
          <p>{m.accounts_invitation_sign_in_first()}</p>
          <p className="gap">
            <LinkButton look="go" href={`/sign-in?next=${encodeURIComponent(loaderData.here)}`}>
              {m.accounts_sign_in_act()}
            </LinkButton>
          </p>
        </>
      )}
      {loaderData.state === 'other-person' && (
        <form method="post" action="/sign-out" className="fs">
          <p>{m.accounts_invitation_other_person({ email: loaderData.signedInAs, invited: loaderData.email })}</p>
          <div>
            <Button>{m.accounts_sign_out_act()}</Button>
          </div>
        </form>
      )}
    </>
  )
}
