import { Outlet, useMatches } from 'react-router'
import { findViewer } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { titleOfTrouble } from '#app/ui/page-title.ts'
import { LanguageSwitch, TopBar } from '#app/ui/top-bar.tsx'
import { TroublePage } from '#app/ui/trouble-page.tsx'
import type { Route } from './+types/plain.ts'

/** How wide the page below is: `export const handle = { main: 'slim' }`. Prose if it does not say. */
export interface PlainHandle {
  readonly main: 'plain' | 'slim' | 'open'
}

export const meta: Route.MetaFunction = ({ error }) => titleOfTrouble(error)

export function loader({ context }: Route.LoaderArgs) {
  return { signedIn: findViewer(context) !== undefined }
}

/** Pages without a rail: public ones, those of an account, the one from the mail. */
export default function Plain({ loaderData }: Route.ComponentProps) {
  const look = useMatches().reduce((width, { handle }) => widthOf(handle) ?? width, 'plain')
  return (
    <>
      <PlainBar signedIn={loaderData.signedIn} />
      <main id="main" tabIndex={-1} className={look}>
        <Outlet />
      </main>
    </>
  )
}

export function ErrorBoundary({ error, loaderData }: Route.ErrorBoundaryProps) {
  return (
    <>
      <PlainBar signedIn={loaderData?.signedIn ?? false} />
      <main id="main" tabIndex={-1} className="plain trouble">
        <TroublePage error={error} place="open" />
      </main>
    </>
  )
}

function PlainBar({ signedIn }: { signedIn: boolean }) {
  return (
    <TopBar href={signedIn ? '/home' : '/'}>
      <nav className="self stay" aria-label={m.ui_self()}>
        <LanguageSwitch />
        <a href="/verify">{m.ui_nav_verify()}</a>
        {signedIn ? <a href="/home">{m.ui_nav_home()}</a> : <a href="/sign-in">{m.ui_nav_sign_in()}</a>}
      </nav>
    </TopBar>
  )
}

function widthOf(handle: unknown): PlainHandle['main'] | undefined {
  if (typeof handle !== 'object' || handle === null || !('main' in handle)) return undefined
  return handle.main === 'slim' || handle.main === 'open' || handle.main === 'plain' ? handle.main : undefined
}
