import { z } from 'zod'
import { mayDo } from '#app/accounts/roles.ts'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { collectiveStateWords } from '#app/associations/collective-words.ts'
import { listCollectives, type CollectiveLine } from '#app/associations/find-collective.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { LinkButton } from '#app/ui/button.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { formatDateTime, formatNumber } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { TableFoot } from '#app/ui/pager.tsx'
import type { Route } from './+types/list.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.collective_title())

export async function loader({ context, request }: Route.LoaderArgs) {
  const member = requireMember(context, ['association'])
  const before = z.uuid().safeParse(new URL(request.url).searchParams.get('before'))
  const found = await listCollectives(member, before.success ? before.data : null)
  return { ...found, timeZone: member.timeZone, mayFile: mayDo(member.organisation.role, 'file-notices') }
}

/** The collective filings of an association, drafts among them. */
export default function Collectives({ loaderData: { lines, next, timeZone, mayFile } }: Route.ComponentProps) {
  const start = mayFile && <LinkButton href="/association/filings/new">{m.collective_new()}</LinkButton>
  return (
    <>
      <PageHead title={m.collective_title()} acts={start}>
        {m.collective_lead()}
      </PageHead>
      {lines.length === 0 ? (
        <Empty>{m.collective_none()}</Empty>
      ) : (
        <>
          <DataTable
            walk
            rows={lines}
            rowKey={({ id }) => id}
            columns={columns(timeZone)}
            caption={m.collective_title()}
          />
          <TableFoot
            shown={m.collective_count({ count: formatNumber(lines.length), n: lines.length })}
            pages={{ next: next === null ? undefined : `/association/filings?before=${next}` }}
          />
        </>
      )}
    </>
  )
}

function columns(timeZone: string): readonly Column<CollectiveLine>[] {
  return [
    {
      key: 'reference',
      head: m.collective_column_filing(),
      kind: 'row',
      cell: ({ reference }) => (
        <a className="ref" href={`/association/filings/${reference}`}>
          {reference}
        </a>
      ),
    },
    { key: 'state', head: m.collective_column_state(), cell: ({ state }) => collectiveStateWords[state]() },
    { key: 'members', head: m.collective_members(), kind: 'number', cell: ({ members }) => formatNumber(members) },
    { key: 'vendors', head: m.collective_vendors(), kind: 'number', cell: ({ vendors }) => formatNumber(vendors) },
    { key: 'at', head: m.collective_column_changed(), cell: ({ updatedAt }) => formatDateTime(updatedAt, timeZone) },
  ]
}
