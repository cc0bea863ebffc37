import { requireFreshViewer, requireViewer } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { ExportsPanel } from '#app/notices/exports/exports-panel.tsx'
import { findExports } from '#app/notices/exports/find-exports.server.ts'
import { orderOwnExport } from '#app/notices/exports/order-export.server.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/export.ts'
import { goOn } from './answers.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.privacy_export_own_title())

export async function loader({ context }: Route.LoaderArgs) {
  const viewer = requireViewer(context)
  return { exports: await findExports(viewer, null), timeZone: viewer.timeZone }
}

export async function action({ context }: Route.ActionArgs) {
  await orderOwnExport(requireFreshViewer(context))
  return goOn('/account/export')
}

/** What the portal knows of whoever is signed in, to take away. */
export default function Export({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <PageHead title={m.privacy_export_own_title()}>{m.privacy_export_own_lead()}</PageHead>
      <ExportsPanel {...loaderData} />
    </>
  )
}
