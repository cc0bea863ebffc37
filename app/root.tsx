import type { ReactNode } from 'react'
import { Links, Meta, Outlet, useRouteLoaderData, type LinksFunction, type MiddlewareFunction } from 'react-router'
import { findViewer, localeOf, viewerMiddleware } from '#app/accounts/viewer.server.ts'
import { quotableId, requestContext } from '#app/platform/request.server.ts'
import { titleOfTrouble } from '#app/ui/page-title.ts'
import { SkipLink } from '#app/ui/skip-link.tsx'
import { TopBar } from '#app/ui/top-bar.tsx'
import { TroublePage } from '#app/ui/trouble-page.tsx'
import type { Route } from './+types/root.ts'
import stylesheet from './app.css?url'

/** Who asks, and in which language, is found out once for everything inside. */
export const middleware: MiddlewareFunction<Response>[] = [viewerMiddleware]

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
    number: quotableId(context.get(requestContext).id),
  }
}

/** The document. It sends no framework to the browser: pages are plain, one small script adds comfort. */
export function Layout({ children }: { children: ReactNode }) {
  const facts = useRouteLoaderData<typeof loader>('root')
  return (
    <html lang={facts?.locale ?? 'en'} data-theme={facts?.theme ?? undefined}>
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
  const facts = useRouteLoaderData<typeof loader>('root')
  return (
    <>
      <TopBar href="/home">{null}</TopBar>
      <main id="main" tabIndex={-1} className="plain trouble">
        <TroublePage error={error} number={facts?.number} place="open" />
      </main>
    </>
  )
}
