import { m } from '#app/generated/messages/messages.js'
import type { BoxedMail } from '#app/platform/mailbox.server.ts'
import { hasMailboxPage, listBoxedMails } from '#app/platform/read-mailbox.server.ts'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Moment } from '#app/ui/when.tsx'
import type { Route } from './+types/mailbox.ts'

export const handle = { main: 'open' }
export const meta: Route.MetaFunction = () => pageTitle(m.public_mailbox_title())

const most = 100

export async function loader() {
  if (!hasMailboxPage()) throw new Response(null, { status: 404 })
  return { mails: await listBoxedMails(most) }
}

/** What the demo would have mailed, newest first. */
export default function Mailbox({ loaderData: { mails } }: Route.ComponentProps) {
  return (
    <>
      <PageHead title={m.public_mailbox_title()}>{m.public_mailbox_lead({ most: formatNumber(most) })}</PageHead>
      {mails.length === 0 ? (
        <Empty>{m.public_mailbox_empty()}</Empty>
      ) : (
        <DataTable rows={mails} rowKey={({ name }) => name} caption={m.public_mailbox_title()} columns={columns()} />
      )}
    </>
  )
}

function columns(): Column<BoxedMail & { subject: string }>[] {
  return [
    { key: 'at', head: m.public_mailbox_at(), kind: 'nowrap', cell: ({ at }) => <Moment at={at} timeZone="UTC" /> },
    {
      key: 'subject',
      head: m.public_mailbox_subject(),
      kind: 'row',
      cell: ({ name, subject }) => <a href={`/dev/mailbox/${encodeURIComponent(name)}`}>{subject}</a>,
    },
    { key: 'to', head: m.public_mailbox_to(), cell: ({ to }) => to },
  ]
}
