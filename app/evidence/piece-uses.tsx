import { m } from '#app/generated/messages/messages.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Section } from '#app/ui/section.tsx'
import { Name } from '#app/ui/title.tsx'
import { Moment } from '#app/ui/when.tsx'
import type { PieceUse } from './find-uses.server.ts'

/** What of a piece a vendor can read, in words. */
export const sharedWords = {
  none: () => m.evidence_shared_none(),
  original: () => m.evidence_shared_original(),
  redacted: () => m.evidence_shared_redacted(),
} as const satisfies Record<PieceUse['shared'], () => string>

/** The notices that a piece goes with. */
export function PieceUses({ uses, timeZone }: { uses: readonly PieceUse[]; timeZone: string }) {
  return (
    <Section id="notices" title={m.evidence_notices()}>
      {uses.length === 0 ? (
        <p className="muted">{m.evidence_uses_none()}</p>
      ) : (
        <DataTable rows={uses} rowKey={({ reference }) => reference} columns={columnsOf(timeZone)} />
      )}
    </Section>
  )
}

function columnsOf(timeZone: string): readonly Column<PieceUse>[] {
  return [
    {
      key: 'reference',
      head: m.evidence_notice(),
      kind: 'row',
      cell: ({ reference }) => (
        <a className="ref" href={`/notices/${reference}`}>
          {reference}
        </a>
      ),
    },
    { key: 'vendor', head: m.evidence_vendor(), cell: ({ vendor }) => <Name>{vendor}</Name> },
    { key: 'shared', head: m.evidence_travels(), cell: ({ shared }) => sharedWords[shared]() },
    {
      key: 'added',
      head: m.evidence_added_at(),
      cell: ({ addedAt }) => <Moment at={addedAt} timeZone={timeZone} />,
    },
  ]
}
