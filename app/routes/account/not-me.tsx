import { data } from 'react-router'
import { denySignIn, findDenial } from '#app/accounts/deny-sign-in.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/not-me.ts'
import { clientOf, goOn } from './answers.ts'

export const handle = { main: 'slim' }
export const meta: Route.MetaFunction = () => pageTitle(m.security_not_me_title())

export async function loader({ request }: Route.LoaderArgs) {
  const token = new URL(request.url).searchParams.get('token') ?? ''
  const denial = token === '' ? undefined : await findDenial(token)
  return data({ token, denial: denial ?? null }, { status: denial === undefined ? 404 : 200 })
}

export async function action({ request, context }: Route.ActionArgs) {
  const token = (await request.formData()).get('token')
  const verdict = await denySignIn(typeof token === 'string' ? token : '', clientOf(context))
  if (verdict.allowed) return goOn(`/reset-password?token=${verdict.resetToken}`)
  return data(null, { status: verdict.because === 'too-many' ? 429 : 404 })
}

/** *This was not me*: says what the button does. Only the form does it: scanners open links. */
export default function NotMe({ loaderData: { token, denial }, actionData }: Route.ComponentProps) {
  if (denial === null || actionData === null) {
    return (
      <>
        <PageHead title={m.security_not_me_stale_title()}>{m.security_not_me_stale()}</PageHead>
        <LinkButton look="go" href="/forgot-password">
          {m.security_not_me_stale_act()}
        </LinkButton>
      </>
    )
  }
  return (
    <>
      <PageHead title={m.security_not_me_title()}>{m.security_not_me_lead()}</PageHead>
      <form method="post" className="fs">
        <input type="hidden" name="token" value={token} />
        <ul>
          <li>{m.security_not_me_sessions()}</li>
          {denial.undo === 'second-factor' && <li>{m.security_not_me_factor()}</li>}
          {denial.undo === 'passkey' && <li>{m.security_not_me_passkey()}</li>}
          <li>{m.security_not_me_password()}</li>
        </ul>
        <div>
          <Button look="risk go">{m.security_not_me_act()}</Button>
        </div>
      </form>
    </>
  )
}
