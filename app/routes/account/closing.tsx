import { redirect } from 'react-router'
import { cancelClosing } from '#app/accounts/cancel-closing.server.ts'
import { readClosingToken, type ClosingToken } from '#app/accounts/closing-token.server.ts'
import { findMailedClosing } from '#app/accounts/find-closing.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { Button } from '#app/ui/button.tsx'
import { formatDate } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/closing.ts'

export const handle = { main: 'slim' }
export const meta: Route.MetaFunction = () => pageTitle(m.closing_title())

// Opening the address changes nothing: scanners open links.
export async function loader({ params }: Route.LoaderArgs) {
  return { closing: await findMailedClosing(tokenOf(params.token)) }
}

export async function action({ params }: Route.ActionArgs) {
  const { closing, person } = tokenOf(params.token)
  await cancelClosing({ personId: person, closingId: closing })
  // The page says what stands now: that it stays open, or why it was too late.
  return redirect(`/closings/${params.token}`, 303)
}

/** Keeping an organisation, from the mail that said that it closes. */
export default function MailedClosing({ loaderData: { closing } }: Route.ComponentProps) {
  if (closing === null) return <PageHead title={m.closing_title()}>{m.closing_link_gone()}</PageHead>
  const { state, eraseAt, timeZone } = closing
  const organisation = nameIn(getLocale() === 'ja' ? 'ja' : 'en', closing.organisation, closing.organisationOther)
  const date = formatDate(eraseAt, timeZone)
  return (
    <>
      <PageHead title={m.closing_link_title({ organisation })}>
        {state === 'open' ? m.closing_link_open({ organisation, date }) : undefined}
      </PageHead>
      {state === 'over' && (
        <Note tone="agreed" status>
          <p>{m.closing_link_over({ organisation })}</p>
        </Note>
      )}
      {state === 'begun' && (
        <Note tone="late">
          <p>{m.closing_begun()}</p>
        </Note>
      )}
      {state === 'open' && (
        <form method="post" className="fs">
          <div>
            <Button look="go">{m.closing_cancel()}</Button>
          </div>
        </form>
      )}
    </>
  )
}

function tokenOf(token: string): ClosingToken {
  const read = readClosingToken(token)
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (read === null) throw new Response(null, { status: 404 })
  return read
}
