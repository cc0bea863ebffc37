import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import type { ImportCountsOfRows } from './import-preview.ts'

/** What an import does or did: added, changed, unchanged and rejected rows make the sum; removed works stand apart. */
export function ImportCounts({ counts, children }: { counts: ImportCountsOfRows; children?: React.ReactNode }) {
  const rows = [
    [m.catalogues_import_new(), counts.added],
    [m.catalogues_import_changed(), counts.changed],
    [m.catalogues_import_unchanged(), counts.unchanged],
    [m.catalogues_import_rejected(), counts.rejected],
  ] as const
  return (
    <div className="scroll">
      <table>
        <tbody>
          {rows.map(([label, count]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className="n">{formatNumber(count)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{m.catalogues_import_total()}</th>
            <td className="n">
              <b>{formatNumber(counts.rows)}</b>
            </td>
          </tr>
          {counts.removed > 0 && (
            <tr>
              <th scope="row">{m.catalogues_import_removed()}</th>
              <td className="n">{formatNumber(counts.removed)}</td>
            </tr>
          )}
          {children}
        </tfoot>
      </table>
    </div>
  )
}
