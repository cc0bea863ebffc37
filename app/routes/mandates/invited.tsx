import { z } from 'zod'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { inviteWord, isGood } from '#app/associations/invite-words.ts'
import { findBatch, type BatchRow } from '#app/associations/invite-by-file.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { Badge } from '#app/ui/badge.tsx'
import { LinkButton } from '#app/ui/button.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Name } from '#app/ui/title.tsx'
import type { Route } from './+types/invited.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.mandates_file_result())

export async function loader({ context, params: { batchId } }: Route.LoaderArgs) {
  const member = requireMember(context, ['association'])
  const id = z.uuid().safeParse(batchId)
  const batch = id.success ? await findBatch(member, id.data) : null
  if (batch === null) throw new Response(null, { status: 404 })
  return { ...batch, good: batch.rows.filter(({ result }) => isGood(result)).length }
}

/** What came of each row of a file of members. */
export default function Invited({ loaderData: { fileName, rows, good } }: Route.ComponentProps) {
  return (
    <>
      <PageHead
        title={m.mandates_file_result()}
        crumbs={[
          { label: m.mandates_title(), href: '/association/mandates' },
          { label: m.mandates_invite_title(), href: '/association/mandates/invite' },
          { label: fileName },
        ]}
        acts={<LinkButton href="/association/mandates?show=waiting">{m.mandates_file_to_list()}</LinkButton>}
      >
        {m.mandates_file_counts({ good: formatNumber(good), rows: formatNumber(rows.length) })}
      </PageHead>
      <DataTable
        caption={m.mandates_file_result()}
        columns={columns()}
        rows={rows}
        rowKey={({ line }) => String(line)}
      />
    </>
  )
}

function columns(): Column<BatchRow>[] {
  return [
    { key: 'line', head: m.mandates_file_line(), kind: 'number', cell: ({ line }) => formatNumber(line) },
    { key: 'name', head: m.mandates_member(), kind: 'row', cell: ({ name }) => <Name>{name}</Name> },
    { key: 'email', head: m.accounts_email(), cell: ({ email }) => email },
    { key: 'result', head: m.mandates_file_came(), cell: ({ result }) => <Result result={result} /> },
  ]
}

function Result({ result }: { result: string }) {
  return (
    <Badge icon={isGood(result) ? 'i-check' : 'w-overdue'} tone={isGood(result) ? 'agreed' : 'late'} wrap>
      {inviteWord(result)}
    </Badge>
  )
}
