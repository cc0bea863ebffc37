import { kindOf } from '#app/evidence/media-kinds.ts'
import { sharedWords } from '#app/evidence/piece-uses.tsx'
import { kindWords } from '#app/evidence/wording.ts'
import { m } from '#app/generated/messages/messages.js'
import { LinkButton } from '#app/ui/button.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { formatBytes } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'
import { Title } from '#app/ui/title.tsx'
import { Moment } from '#app/ui/when.tsx'
import type { NoticePiece } from './find-notice-evidence.server.ts'

interface NoticeEvidenceProps {
  readonly pieces: readonly NoticePiece[]
  readonly timeZone: string
  /** Where the pieces lie for this reader; null for one who may know of them, and no more. */
  readonly base: string | null
  /** The holder sees what the vendor can read of each. */
  readonly own?: boolean
  /** Where more is added. */
  readonly add?: string | null
}

/** The files that go with a notice, each by its hash. Nothing for a vendor where there are none. */
export function NoticeEvidence({ pieces, timeZone, base, own = false, add = null }: NoticeEvidenceProps) {
  if (pieces.length === 0 && add === null) return null
  return (
    <Section
      id="evidence"
      title={m.evidence_title()}
      aside={add === null ? undefined : <LinkButton href={add}>{m.evidence_add_to_notice()}</LinkButton>}
    >
      {pieces.length === 0 ? (
        <p className="muted">{m.evidence_notice_none()}</p>
      ) : (
        <DataTable rows={pieces} rowKey={({ piece }) => piece.id} columns={columnsOf({ timeZone, base, own })} />
      )}
    </Section>
  )
}

function columnsOf({
  timeZone,
  base,
  own,
}: Required<Pick<NoticeEvidenceProps, 'timeZone' | 'base' | 'own'>>): readonly Column<NoticePiece>[] {
  return [
    {
      key: 'name',
      head: m.evidence_name(),
      kind: 'row',
      cell: ({ piece: { id, name, sha256 } }) => (
        <>
          {base === null ? (
            <Title title={name} />
          ) : (
            <a href={`${base}/${id}`}>
              <Title title={name} />
            </a>
          )}
          <span className="t-id hash">SHA-256 {sha256}</span>
        </>
      ),
    },
    {
      key: 'kind',
      head: m.evidence_kind(),
      cell: ({ piece: { type, bytes } }) =>
        m.evidence_kind_and_type({ kind: kindWords[kindOf(type)](), type: formatBytes(bytes) }),
    },
    ...(own
      ? [
          {
            key: 'shared',
            head: m.evidence_travels(),
            cell: ({ shared, redacted }: NoticePiece) =>
              sharedWords[shared ? (redacted ? 'redacted' : 'original') : 'none'](),
          },
        ]
      : []),
    {
      key: 'added',
      head: m.evidence_added_at(),
      kind: 'nowrap',
      cell: ({ addedAt }) => <Moment at={addedAt} timeZone={timeZone} />,
    },
    ...(base === null ? [] : [fileColumn(base)]),
  ]
}

function fileColumn(base: string): Column<NoticePiece> {
  return {
    key: 'file',
    head: m.evidence_file(),
    kind: 'nowrap',
    cell: ({ piece: { id, name } }) => (
      <a href={`${base}/${id}/file`} aria-label={m.evidence_download_one({ name })}>
        {m.evidence_download()}
      </a>
    ),
  }
}
