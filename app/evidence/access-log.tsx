import { m } from '#app/generated/messages/messages.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Section } from '#app/ui/section.tsx'
import { Moment } from '#app/ui/when.tsx'
import type { AccessLine } from './find-access-log.server.ts'
import { accessWords } from './wording.ts'

/** Who opened a piece and who took it, for its owner. */
export function AccessLog({
  lines,
  earlier,
  timeZone,
}: {
  lines: readonly AccessLine[]
  earlier: string | null
  timeZone: string
}) {
  return (
    <Section id="access" title={m.evidence_access()} aside={m.evidence_access_note()}>
      {lines.length === 0 ? (
        <p className="muted">{m.evidence_access_none()}</p>
      ) : (
        <DataTable rows={lines} rowKey={({ id }) => id} columns={columnsOf(timeZone)} caption={m.evidence_access()} />
      )}
      {earlier !== null && (
        <p className="foot">
          <a href={`?log=${earlier}#access`}>{m.evidence_access_earlier()}</a>
        </p>
      )}
    </Section>
  )
}

function columnsOf(timeZone: string): readonly Column<AccessLine>[] {
  return [
    { key: 'at', head: m.evidence_when_head(), kind: 'row', cell: ({ at }) => <Moment at={at} timeZone={timeZone} /> },
    { key: 'who', head: m.evidence_who(), cell: (line) => whoOf(line) },
    { key: 'what', head: m.evidence_what(), cell: ({ what }) => accessWords[what]() },
    { key: 'from', head: m.evidence_from(), cell: ({ networkAddress }) => networkAddress ?? '' },
  ]
}

function whoOf({ name, organisation, address }: AccessLine): string {
  if (address !== null) return m.evidence_who_link({ address })
  if (name === null) return m.evidence_who_erased()
  return organisation === null ? name : m.evidence_who_of({ name, organisation })
}
