import type { ReactNode } from 'react'
import {
  data,
  Links,
  Meta,
  Outlet,
  useRouteLoaderData,
  type LinksFunction,
  type MiddlewareFunction,
} from 'react-router'
import { findViewer, localeOf, viewerMiddleware } from '#app/accounts/viewer.server.ts'
import { requestContext } from '#app/platform/request.server.ts'
import { getLocale } from '#app/generated/messages/runtime.js'
import { titleOfTrouble } from '#app/ui/page-title.ts'
import { SkipLink } from '#app/ui/skip-link.tsx'
import { TopBar } from '#app/ui/top-bar.tsx'
import { TroublePage } from '#app/ui/trouble-page.tsx'
import type { Route } from './+types/root.ts'
import stylesheet from './app.css?url'

// In the reader's language and on a page of ours, also where no route is asked.
const refuse: MiddlewareFunction<Response> = ({ context }) => {
  const { refused } = context.get(requestContext)
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (refused !== undefined) throw data(null, { status: refused })
}

/** Who asks, and in which language, is found out once for everything inside. */
export const middleware: MiddlewareFunction<Response>[] = [viewerMiddleware, refuse]

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: stylesheet },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
]

export const meta: Route.MetaFunction = ({ error }) => titleOfTrouble(error)

export function loader({ context, request }: Route.LoaderArgs) {
  const viewer = findViewer(context)
  return {
    locale: localeOf(context),
    // The page from the mail carries no script at all: it must open behind any gateway.
    scripted: !new URL(request.url).pathname.startsWith('/n/'),
    theme: viewer?.theme ?? null,
    shortcuts: viewer?.shortcuts ?? false,
  }
}

/** The document. It sends no framework to the browser: pages are plain, one small script adds comfort. */
export function Layout({ children }: { children: ReactNode }) {
  const facts = useRouteLoaderData<typeof loader>('root')
  return (
    <html lang={facts?.locale ?? getLocale()} data-theme={facts?.theme ?? undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <Meta />
        <Links />
        {facts?.scripted === false ? null : <script type="module" src="/enhance.js" />}
      </head>
      <body data-shortcuts={facts?.shortcuts === true ? 'on' : undefined}>
        <SkipLink />
        {children}
      </body>
    </html>
  )
}

export default function Root() {
  return <Outlet />
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return (
    <>
      <TopBar href="/home">{null}</TopBar>
      <main id="main" tabIndex={-1} className="plain trouble">
        <TroublePage error={error} place="open" />
      </main>
    </>
  )
}
