import { m } from '#app/generated/messages/messages.js'
import { LinkButton } from '#app/ui/button.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { formatDateTime } from '#app/ui/format.ts'
import type { DraftLine } from './filing-record.ts'
import { kindWords } from './wording.ts'

/** The drafts of an organisation, each opened or thrown away. */
export function DraftsTable({
  drafts,
  timeZone,
  mayFile,
}: {
  drafts: readonly DraftLine[]
  timeZone: string
  mayFile: boolean
}) {
  if (drafts.length === 0) {
    return (
      <Empty act={mayFile ? <LinkButton href="/notices/new">{m.filing_new()}</LinkButton> : undefined}>
        {m.filing_drafts_none()}
      </Empty>
    )
  }
  const columns: readonly Column<DraftLine>[] = [
    { key: 'reference', head: m.filing_reference(), kind: 'row', cell: referenceCell },
    {
      key: 'kind',
      head: m.filing_kind(),
      cell: ({ kind }) => (kind === null ? m.filing_not_chosen() : kindWords[kind]()),
    },
    { key: 'vendors', head: m.filing_step_vendors(), cell: vendorsCell },
    { key: 'saved', head: m.filing_saved(), cell: (line) => savedCell(line, timeZone) },
    ...(mayFile ? [{ key: 'act', head: <span className="sr">{m.filing_discard()}</span>, cell: discardCell }] : []),
  ]
  return <DataTable columns={columns} rows={drafts} rowKey={({ id }) => id} caption={m.filing_drafts_title()} walk />
}

const backWords = { recalled: () => m.filing_was_recalled(), returned: () => m.approvals_was_returned() }

function referenceCell({ id, reference, back }: DraftLine) {
  return (
    <>
      <a className="ref" href={`/filings/${id}/check`}>
        {reference}
      </a>
      {back !== null && <span className="t-id">{backWords[back]()}</span>}
    </>
  )
}

function vendorsCell({ vendors }: DraftLine) {
  return vendors.length === 0 ? m.filing_not_chosen() : vendors.join(m.filing_list_comma())
}

function savedCell({ updatedAt, updatedBy }: DraftLine, timeZone: string) {
  return (
    <>
      {formatDateTime(updatedAt, timeZone)}
      {updatedBy !== null && <span className="t-id">{updatedBy}</span>}
    </>
  )
}

function discardCell({ id }: DraftLine) {
  return <a href={`/filings/${id}/discard`}>{m.filing_discard()}</a>
}
