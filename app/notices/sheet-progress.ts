import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import type { AnswerSheet } from './find-sheet.server.ts'

/** How far the work on a file is, in numbers and in words. `done` means that another page is to be shown. */
export interface SheetProgress {
  readonly value: number
  readonly max: number
  readonly text: string
  readonly done: boolean
}

type Standing = Pick<AnswerSheet, 'status' | 'rowsRead' | 'rowsTotal' | 'rows'>

/** How far the work on a file is. */
export function sheetProgress({ status, rowsRead, rowsTotal, rows }: Standing): SheetProgress {
  if (status === 'recording') {
    const total = formatNumber((rows?.changed ?? 0) + (rows?.newer ?? 0))
    return { value: 1, max: 2, text: m.sheets_recording_text({ total }), done: false }
  }
  const done = status !== 'reading'
  if (rowsTotal === null) return { value: 0, max: 1, text: m.sheets_reading_counting(), done }
  const total = formatNumber(rowsTotal)
  const isRead = rowsRead >= rowsTotal
  const text = isRead
    ? m.sheets_reading_judging({ total })
    : m.sheets_reading_text({ read: formatNumber(rowsRead), total })
  return { value: Math.min(rowsRead, rowsTotal), max: Math.max(1, rowsTotal), text, done }
}
