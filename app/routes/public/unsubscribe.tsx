import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { readUnsubscribing, setUnsubscribed, type Unsubscribed } from '#app/notices/save-mail-choices.server.ts'
import { Button } from '#app/ui/button.tsx'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/unsubscribe.ts'

export const handle = { main: 'slim' }
export const meta: Route.MetaFunction = () => pageTitle(m.clocks_unsubscribe_title())

// What a mail program posts (RFC 8058) and what the page's own button posts mean the same.
const again = z.object({ again: z.literal('yes') })

// Opening the address changes nothing: scanners open links.
export function loader({ params }: Route.LoaderArgs) {
  return { read: orNotFound(readUnsubscribing(params.token)) }
}

export async function action({ request, params }: Route.ActionArgs) {
  const form = again.safeParse(Object.fromEntries(await request.formData()))
  const ended = !form.success
  orNotFound(await setUnsubscribed(params.token, ended))
  return { ended }
}

const whatOf = {
  'vendor-week': () => m.clocks_unsubscribe_week(),
  'association-week': () => m.reports_unsubscribe_week(),
  'notices-digest': () => m.clocks_unsubscribe_digest(),
} satisfies Record<Unsubscribed['topic'], () => string>

/** Ends the digests to one reader, or lets them come again. */
export default function Unsubscribe({ loaderData: { read }, actionData }: Route.ComponentProps) {
  const what = whatOf[read.topic]()
  return (
    <>
      <PageHead title={m.clocks_unsubscribe_title()}>{what}</PageHead>
      {actionData && (
        <Note tone="agreed" status>
          <p>{actionData.ended ? m.clocks_unsubscribe_done() : m.clocks_unsubscribe_again_done()}</p>
        </Note>
      )}
      <form method="post" className="fs">
        <div>
          {actionData?.ended === true ? (
            <Button name="again" value="yes">
              {m.clocks_unsubscribe_again()}
            </Button>
          ) : (
            <Button look="go">{m.clocks_unsubscribe_button()}</Button>
          )}
        </div>
      </form>
      <p className="gap muted">{m.clocks_unsubscribe_legal()}</p>
      {read.hasAccount && (
        <p>
          <a href="/settings/notifications">{m.clocks_unsubscribe_settings()}</a>
        </p>
      )}
    </>
  )
}

function orNotFound(read: Unsubscribed | null): Unsubscribed {
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (read === null) throw new Response(null, { status: 404 })
  return read
}
