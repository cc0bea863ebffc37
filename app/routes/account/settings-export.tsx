import { data } from 'react-router'
import { mayDo } from '#app/accounts/roles.ts'
import { SettingsHead } from '#app/accounts/settings-head.tsx'
import { findTeam, ownersOf } from '#app/accounts/team.server.ts'
import { requireFreshViewer, requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { ExportsPanel } from '#app/notices/exports/exports-panel.tsx'
import { findExports } from '#app/notices/exports/find-exports.server.ts'
import { orderOrganisationExport } from '#app/notices/exports/order-export.server.ts'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/settings-export.ts'
import { goOn } from './answers.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.privacy_export_title())

export async function loader({ context }: Route.LoaderArgs) {
  const member = requireMember(context)
  const { organisation, timeZone } = member
  const mayExport = mayDo(organisation.role, 'manage-organisation')
  const owners = mayExport ? [] : ownersOf((await findTeam(member)).people)
  const exports = mayExport ? await findExports(member, organisation.id) : []
  return data({ kind: organisation.kind, mayExport, owners, exports, timeZone }, { status: mayExport ? 200 : 403 })
}

export async function action({ context }: Route.ActionArgs) {
  const member = requireMember(context)
  // Everything that an organisation has leaves in one file: not by whoever finds a screen unlocked.
  requireFreshViewer(context)
  const ordered = await orderOrganisationExport(member)
  return ordered.allowed ? goOn('/settings/export') : data(null, { status: 403 })
}

/** Everything that is an organisation's, to take away, for its owners. */
export default function SettingsExport({ loaderData }: Route.ComponentProps) {
  const { kind, mayExport, owners, exports, timeZone } = loaderData
  return (
    <>
      <SettingsHead section="export" kind={kind} lead={m.privacy_export_lead()} />
      {mayExport ? (
        <ExportsPanel exports={exports} timeZone={timeZone} />
      ) : (
        <p>{m.privacy_export_only_owner({ owners: owners.join(', ') })}</p>
      )}
    </>
  )
}
