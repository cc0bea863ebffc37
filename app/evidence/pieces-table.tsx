import { m } from '#app/generated/messages/messages.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { formatBytes, formatHash, formatNumber } from '#app/ui/format.ts'
import { Title } from '#app/ui/title.tsx'
import { Moment } from '#app/ui/when.tsx'
import type { PiecesPage } from './find-pieces.server.ts'
import { kindOf } from './media-kinds.ts'
import { kindWords } from './wording.ts'

type Listed = PiecesPage['pieces'][number]

/** The pieces of a locker. */
export function PiecesTable({ pieces, timeZone }: { pieces: readonly Listed[]; timeZone: string }) {
  return <DataTable walk rows={pieces} rowKey={({ id }) => id} columns={columnsOf(timeZone)} />
}

function columnsOf(timeZone: string): readonly Column<Listed>[] {
  return [
    {
      key: 'name',
      head: m.evidence_name(),
      kind: 'row',
      cell: ({ id, name, capture }) => (
        <>
          <a href={`/evidence/${id}`}>
            <Title title={name} />
          </a>
          {capture?.model !== undefined && <span className="t-id">{capture.model}</span>}
        </>
      ),
    },
    { key: 'kind', head: m.evidence_kind(), cell: ({ type }) => kindWords[kindOf(type)]() },
    { key: 'bytes', head: m.evidence_size(), kind: 'number', cell: ({ bytes }) => formatBytes(bytes) },
    {
      key: 'hash',
      head: 'SHA-256',
      cell: ({ sha256 }) => <code title={sha256}>{formatHash(sha256)}</code>,
    },
    {
      key: 'redacted',
      head: m.evidence_redacted(),
      cell: ({ redactions }) =>
        redactions === 0 ? '' : m.evidence_copies({ count: formatNumber(redactions), n: redactions }),
    },
    {
      key: 'notices',
      head: m.evidence_notices(),
      kind: 'number',
      cell: ({ id, notices }) => (notices === 0 ? '' : <a href={`/evidence/${id}#notices`}>{formatNumber(notices)}</a>),
    },
    {
      key: 'kept',
      head: m.evidence_kept(),
      kind: 'nowrap',
      cell: ({ madeAt }) => <Moment at={madeAt} timeZone={timeZone} />,
    },
  ]
}
