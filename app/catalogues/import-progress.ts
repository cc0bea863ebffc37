import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'

/** Where an import stands, as far as its progress goes. */
export type ImportStanding = { status: string; rowsRead: number; rowsTotal: number | null; hasPreview: boolean }

/** How far an import is, in numbers and in words. `done` means that another page is to be shown. */
export type ImportProgress = { value: number; max: number; text: string; done: boolean }

/** How far an import is. The numbers are those of its last report, at most a second old. */
export function importProgress(
  found: Omit<ImportStanding, 'hasPreview'> & ({ hasPreview: boolean } | { preview: unknown }),
): ImportProgress {
  const hasPreview = 'hasPreview' in found ? found.hasPreview : found.preview !== null
  const max = Math.max(1, found.rowsTotal ?? 1)
  if (found.status === 'mapping') return { value: 0, max: 1, text: m.catalogues_import_counting(), done: hasPreview }
  if (found.status === 'queued') return { value: 0, max, text: m.catalogues_running_queued(), done: false }
  const total = formatNumber(max)
  const isRead = found.rowsRead >= max
  const text = isRead
    ? m.catalogues_running_merging({ total })
    : m.catalogues_running_text({ read: formatNumber(found.rowsRead), total })
  return { value: Math.min(found.rowsRead, max), max, text, done: found.status !== 'running' }
}
