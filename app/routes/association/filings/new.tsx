import { redirect } from 'react-router'
import { mayDo } from '#app/accounts/roles.ts'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { startCollective } from '#app/associations/save-collective.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/new.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.collective_new())

export function loader({ context }: Route.LoaderArgs) {
  const { organisation } = requireMember(context, ['association'])
  return { mayFile: mayDo(organisation.role, 'file-notices'), verified: organisation.verified }
}

export async function action({ context }: Route.ActionArgs) {
  const started = await startCollective(requireMember(context, ['association']))
  // oxlint-disable-next-line typescript/only-throw-error -- the page offers no button to whoever may not
  if (!started.started) throw new Response(null, { status: 403 })
  return redirect(`/association/filings/${started.reference}/members`, 303)
}

/** What a collective filing is, before one is begun. */
export default function NewCollective({ loaderData: { mayFile, verified } }: Route.ComponentProps) {
  return (
    <>
      <PageHead
        title={m.collective_new()}
        crumbs={[{ label: m.collective_title(), href: '/association/filings' }, { label: m.collective_new() }]}
      >
        {m.collective_lead()}
      </PageHead>
      <div className="stack prose">
        {!verified && (
          <Note tone="question">
            <p>{m.collective_not_verified()}</p>
          </Note>
        )}
        <ol>
          <li>{m.collective_how_members()}</li>
          <li>{m.collective_how_review()}</li>
          <li>{m.collective_how_sent()}</li>
        </ol>
        {mayFile ? (
          <form method="post">
            <Button look="go">{m.collective_begin()}</Button>
          </form>
        ) : (
          <p>{m.collective_role_too_low()}</p>
        )}
      </div>
    </>
  )
}
