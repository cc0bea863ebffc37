import { requireViewer } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { signOut } from '#app/platform/auth.server.ts'
import { Button } from '#app/ui/button.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/sign-out.ts'
import { goOn } from './answers.ts'

export const handle = { main: 'slim' }
export const meta: Route.MetaFunction = () => pageTitle(m.accounts_sign_out_title())

export function loader({ context }: Route.LoaderArgs) {
  return { email: requireViewer(context).email }
}

export async function action({ request }: Route.ActionArgs) {
  return goOn('/sign-in?done=signed-out', await signOut(request.headers))
}

/** For those who typed the address: a link alone signs nobody out. */
export default function SignOut({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <PageHead title={m.accounts_sign_out_title()}>{m.accounts_sign_out_lead(loaderData)}</PageHead>
      <form method="post">
        <Button look="go">{m.accounts_sign_out_act()}</Button>
      </form>
    </>
  )
}
