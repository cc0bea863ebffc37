import { Outlet, useLocation } from 'react-router'
import { mayDo } from '#app/accounts/roles.ts'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { titleOfTrouble } from '#app/ui/page-title.ts'
import { TroublePage } from '#app/ui/trouble-page.tsx'
import type { Route } from './+types/frame.ts'
import { ClosingBanner, FrameBar, Rail, type FrameFacts } from './frame-parts.tsx'

export const meta: Route.MetaFunction = ({ error }) => titleOfTrouble(error)

/** Everything of the frame comes with the session: no query of its own. */
export function loader({ context }: Route.LoaderArgs): FrameFacts {
  const { name, nameOther, timeZone, organisation, memberships } = requireMember(context)
  return {
    person: { name, nameOther, timeZone },
    maySettle: mayDo(organisation.role, 'manage-organisation'),
    organisation,
    organisations: memberships.map(({ id, name: known, nameOther: other }) => ({ id, name: known, nameOther: other })),
  }
}

/** The pages of somebody who is signed in and acts for an organisation. */
export default function Frame({ loaderData }: Route.ComponentProps) {
  return (
    <Framed facts={loaderData}>
      <Outlet />
    </Framed>
  )
}

export function ErrorBoundary({ error, loaderData }: Route.ErrorBoundaryProps) {
  const trouble = (
    <div className="trouble">
      <TroublePage error={error} place="frame" />
    </div>
  )
  if (loaderData) return <Framed facts={loaderData}>{trouble}</Framed>
  return (
    <main id="main" tabIndex={-1} className="plain">
      {trouble}
    </main>
  )
}

function Framed({ facts, children }: { facts: FrameFacts; children: React.ReactNode }) {
  const { pathname } = useLocation()
  return (
    <>
      {facts.organisation.isDemo && (
        <aside className="banner" aria-label={m.ui_demo()}>
          {m.ui_demo_banner()}
        </aside>
      )}
      <ClosingBanner facts={facts} />
      <FrameBar facts={facts} path={pathname} />
      <div className="frame">
        <nav className="rail" aria-label={m.ui_nav()}>
          <Rail kind={facts.organisation.kind} path={pathname} />
        </nav>
        <main id="main" tabIndex={-1}>
          {children}
        </main>
      </div>
    </>
  )
}
