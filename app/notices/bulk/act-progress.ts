import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import { isUnderWay, type ActStatus } from './bulk-act.ts'
import type { RowCounts } from './find-act.server.ts'

/** How far an act is, in numbers and in words. `done` means that another page is to be shown. */
export interface ActProgress {
  readonly value: number
  readonly max: number
  readonly text: string
  readonly done: boolean
}

/** How far an act is. */
export function actProgress({ status, total }: { status: ActStatus; total: number }, counts: RowCounts): ActProgress {
  const undone = counts.refused + counts.missing
  const value = counts.done + undone
  const words = { value: formatNumber(value), total: formatNumber(total), undone: formatNumber(undone) }
  const text = status === 'stopping' ? m.bulk_progress_stopping(words) : m.bulk_progress(words)
  return { value, max: Math.max(1, total), text, done: !isUnderWay(status) }
}
