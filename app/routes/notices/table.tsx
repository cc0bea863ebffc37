import { m } from '#app/generated/messages/messages.js'
import { TablePageView } from '#app/notices/bulk/table-page.tsx'
import { LinkButton } from '#app/ui/button.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/table.ts'
import { changeTable, loadTable } from './table-door.server.ts'

const table = { kind: 'rights_holder', base: '/notices/table' } as const

export const meta: Route.MetaFunction = () => pageTitle(m.bulk_holder_title())

export async function loader(args: Route.LoaderArgs) {
  return { view: await loadTable(args, table) }
}

export function action(args: Route.ActionArgs) {
  return changeTable(args, table)
}

/** A holder's own notices with tags, notes and columns of choice. */
export default function NoticesTablePage({ loaderData: { view }, actionData }: Route.ComponentProps) {
  return (
    <>
      <PageHead
        title={m.bulk_holder_title()}
        crumbs={[{ label: m.notices_list_title(), href: '/notices' }, { label: m.bulk_holder_crumb() }]}
        acts={<LinkButton href="/notices/acts">{m.bulk_acts_title()}</LinkButton>}
      >
        {m.bulk_holder_lead()}
      </PageHead>
      <TablePageView
        view={{ ...view, empty: m.notices_list_empty_holder(), unchosen: actionData?.unchosen ?? null }}
        fault={actionData?.fault ?? null}
      />
    </>
  )
}
