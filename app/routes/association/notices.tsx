import { m } from '#app/generated/messages/messages.js'
import { TablePageView } from '#app/notices/bulk/table-page.tsx'
import { changeTable, loadTable } from '#app/routes/notices/table-door.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/notices.ts'

const table = { kind: 'association', base: '/association/notices' } as const

export const meta: Route.MetaFunction = () => pageTitle(m.bulk_title())

export async function loader(args: Route.LoaderArgs) {
  return { view: await loadTable(args, table) }
}

export function action(args: Route.ActionArgs) {
  return changeTable(args, table)
}

/** The notices of all members whose mandates the association has. */
export default function AssociationNotices({ loaderData: { view }, actionData }: Route.ComponentProps) {
  return (
    <>
      <PageHead title={m.bulk_title()} acts={<LinkButton href="/notices/acts">{m.bulk_acts_title()}</LinkButton>}>
        {m.bulk_lead()}
      </PageHead>
      <TablePageView
        view={{ ...view, empty: m.bulk_empty(), unchosen: actionData?.unchosen ?? null }}
        fault={actionData?.fault ?? null}
      />
    </>
  )
}
