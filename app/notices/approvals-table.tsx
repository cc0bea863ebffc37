import { m } from '#app/generated/messages/messages.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { formatDateTime, formatNumber } from '#app/ui/format.ts'
import type { ApprovalLine } from './approval.ts'
import { kindWords } from './wording.ts'

/** The filings that wait for an approval, the longest waiting first. */
export function ApprovalsTable({ lines, timeZone }: { lines: readonly ApprovalLine[]; timeZone: string }) {
  const columns: readonly Column<ApprovalLine>[] = [
    { key: 'reference', head: m.approvals_filing(), kind: 'row', cell: referenceCell },
    { key: 'kind', head: m.filing_kind(), cell: ({ kind }) => kindWords[kind]() },
    { key: 'vendors', head: m.approvals_vendors(), cell: vendorsCell },
    { key: 'works', head: m.approvals_works(), kind: 'number', cell: ({ works }) => formatNumber(works) },
    { key: 'submitted', head: m.approvals_submitted(), cell: (line) => submittedCell(line, timeZone) },
  ]
  return <DataTable columns={columns} rows={lines} rowKey={({ id }) => id} caption={m.approvals_title()} walk />
}

function referenceCell({ reference, own }: ApprovalLine) {
  return (
    <>
      <a className="ref" href={own ? `/filings/${reference}` : `/approvals/${reference}`}>
        {reference}
      </a>
      {own && <span className="t-id">{m.approvals_own()}</span>}
    </>
  )
}

function vendorsCell({ vendors, notices }: ApprovalLine) {
  const named = vendors.join(m.filing_list_comma())
  const more = notices - vendors.length
  return more > 0 ? m.approvals_vendors_more({ vendors: named, count: formatNumber(more) }) : named
}

function submittedCell({ submittedAt, submittedBy }: ApprovalLine, timeZone: string) {
  return (
    <>
      {formatDateTime(submittedAt, timeZone)}
      {submittedBy !== null && <span className="t-id">{submittedBy}</span>}
    </>
  )
}
