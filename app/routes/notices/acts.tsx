import { m } from '#app/generated/messages/messages.js'
import { actTitle, statusWords } from '#app/notices/bulk/act-words.ts'
import { findActs } from '#app/notices/bulk/find-act.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { formatDateTime } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Name } from '#app/ui/title.tsx'
import type { Route } from './+types/acts.ts'
import { requireTable } from './act-door.server.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.bulk_acts_title())

export async function loader({ context }: Route.LoaderArgs) {
  const { member, table } = requireTable(context)
  return { acts: await findActs(member), table, timeZone: member.organisation.timeZone }
}

/** What the organisation did with many notices at once, the latest first. */
export default function Acts({ loaderData: { acts, table, timeZone } }: Route.ComponentProps) {
  return (
    <>
      <PageHead
        title={m.bulk_acts_title()}
        crumbs={[{ label: m.notices_list_title(), href: table }, { label: m.bulk_acts_title() }]}
      >
        {m.bulk_acts_lead()}
      </PageHead>
      {acts.length === 0 ? (
        <Empty act={<LinkButton href={table}>{m.bulk_choose_again()}</LinkButton>}>{m.bulk_acts_none()}</Empty>
      ) : (
        <DataTable
          rows={acts}
          rowKey={({ id }) => id}
          caption={m.bulk_acts_title()}
          columns={[
            {
              key: 'act',
              head: m.bulk_acts_what(),
              kind: 'row',
              cell: titleLink,
            },
            { key: 'status', head: m.bulk_acts_status(), cell: ({ status }) => statusWords[status]() },
            {
              key: 'who',
              head: m.bulk_asked_by(),
              cell: requesterName,
            },
            {
              key: 'when',
              head: m.bulk_asked_at(),
              kind: 'nowrap',
              cell: ({ queuedAt }) => queuedAt && formatDateTime(queuedAt, timeZone),
            },
          ]}
        />
      )}
    </>
  )
}

type Line = Awaited<ReturnType<typeof findActs>>[number]

function titleLink({ id, asked, total }: Line) {
  return <a href={`/notices/acts/${id}`}>{asked && actTitle(asked, total)}</a>
}

function requesterName({ requester }: Line) {
  return requester !== null && <Name>{requester}</Name>
}
