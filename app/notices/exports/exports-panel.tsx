import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { formatBytes, formatDate, formatDateTime, formatHash, formatNumber } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { Progress } from '#app/ui/progress.tsx'
import { Section } from '#app/ui/section.tsx'
import { Moment } from '#app/ui/when.tsx'
import { exportDays, type ExportRow } from './export.ts'

/** Ordering an archive, how far it is, and those that can be saved. */
export function ExportsPanel({ exports, timeZone }: { exports: readonly ExportRow[]; timeZone: string }) {
  const open = exports.find(({ status }) => status === 'queued' || status === 'running')
  return (
    <div className="stack">
      {open === undefined ? (
        <form method="post">
          <Button look="go">{m.privacy_export_order()}</Button>
        </form>
      ) : (
        <Note tone="info" status>
          <Progress
            value={open.partsDone}
            max={Math.max(open.partsTotal ?? 1, 1)}
            label={m.privacy_export_state_running()}
          >
            {m.privacy_export_ordered()}
          </Progress>
        </Note>
      )}
      <Section id="archives" title={m.privacy_export_list()}>
        <p className="muted">{m.privacy_export_keep_safe({ days: formatNumber(exportDays) })}</p>
        {exports.length === 0 ? (
          <Empty>{m.privacy_export_none()}</Empty>
        ) : (
          <DataTable
            columns={columnsOf(timeZone)}
            rows={exports}
            rowKey={({ id }) => id}
            caption={m.privacy_export_list()}
          />
        )}
      </Section>
    </div>
  )
}

function columnsOf(timeZone: string): readonly Column<ExportRow>[] {
  return [
    {
      key: 'when',
      head: m.privacy_export_when(),
      kind: 'row',
      cell: ({ createdAt }) => <Moment at={createdAt} timeZone={timeZone} />,
    },
    { key: 'state', head: m.privacy_export_state(), cell: (row) => stateOf(row) },
    {
      key: 'size',
      head: m.privacy_export_size(),
      kind: 'number',
      cell: ({ bytes }) => (bytes === null ? '' : formatBytes(bytes)),
    },
    {
      key: 'hash',
      head: m.privacy_export_hash(),
      cell: ({ sha256 }) => sha256 !== null && <code title={sha256}>{formatHash(sha256)}</code>,
    },
    { key: 'file', head: m.privacy_export_act(), cell: (row) => <Take row={row} timeZone={timeZone} /> },
  ]
}

function stateOf({ status, gone, partsDone, partsTotal }: ExportRow): string {
  if (gone) return m.privacy_export_state_gone()
  if (status === 'running' && partsTotal !== null)
    return m.privacy_export_state_running_of({ done: formatNumber(partsDone), total: formatNumber(partsTotal) })
  return stateWords[status]()
}

const stateWords = {
  queued: () => m.privacy_export_state_queued(),
  running: () => m.privacy_export_state_running(),
  done: () => m.privacy_export_state_done(),
  failed: () => m.privacy_export_state_failed(),
} as const satisfies Record<ExportRow['status'], () => string>

function Take({ row: { id, status, gone, createdAt, expiresAt }, timeZone }: { row: ExportRow; timeZone: string }) {
  if (status !== 'done' || gone) return null
  const date = formatDateTime(createdAt, timeZone)
  return (
    <>
      <a href={`/exports/${id}.zip`} aria-label={m.privacy_export_take_named({ date })}>
        {m.privacy_export_take()}
      </a>{' '}
      {expiresAt !== null && (
        <span className="muted">{m.privacy_export_until({ date: formatDate(expiresAt, timeZone) })}</span>
      )}
    </>
  )
}
