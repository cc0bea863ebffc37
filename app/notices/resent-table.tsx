import { m } from '#app/generated/messages/messages.js'
import { Badge } from '#app/ui/badge.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Section } from '#app/ui/section.tsx'
import { Moment } from '#app/ui/when.tsx'
import type { ResentNotice } from './find-blocked.server.ts'
import { mailStatusWord } from './mail-status.ts'

/** The notices that went to another address, with what became of each mail. */
export function ResentTable({ rows, timeZone }: { rows: readonly ResentNotice[]; timeZone: string }) {
  return (
    <Section id="resent" title={m.replies_fix_resent()}>
      <DataTable
        rows={rows}
        rowKey={({ reference, at }) => `${reference} ${at}`}
        caption={m.replies_fix_resent()}
        columns={columnsOf(timeZone)}
      />
    </Section>
  )
}

function columnsOf(timeZone: string): Column<ResentNotice>[] {
  return [
    {
      key: 'notice',
      head: m.replies_fix_column_notice(),
      kind: 'row',
      cell: ({ reference }) => (
        <a className="ref" href={`/notices/${reference}`}>
          {reference}
        </a>
      ),
    },
    { key: 'to', head: m.replies_fix_column_to(), cell: ({ to }) => (to === null ? null : <code>{to}</code>) },
    { key: 'state', head: m.replies_fix_column_state(), cell: ({ status }) => <State status={status} /> },
    {
      key: 'at',
      head: m.replies_fix_column_since(),
      kind: 'nowrap',
      cell: ({ at }) => <Moment at={at} timeZone={timeZone} />,
    },
  ]
}

function State({ status }: { status: string | null }) {
  if (status === null) return m.replies_fix_waiting()
  const words = mailStatusWord(status)
  if (status !== 'bounced' && status !== 'failed') return words
  return (
    <Badge icon="w-bounced" tone="late">
      {words}
    </Badge>
  )
}
