import { normalText } from '#app/platform/normal-text.ts'

/** An export as those who may take it see it. */
export type ExportRow = {
  id: string
  status: 'queued' | 'running' | 'done' | 'failed'
  partsDone: number
  partsTotal: number | null
  sha256: string | null
  bytes: number | null
  createdAt: Date
  expiresAt: Date | null
  /** Whether the file is gone. */
  gone: boolean
}

/** How many days a file can be taken. */
export const exportDays = 7

/** A name within an archive, safe on every disk: no folders, no marks, at most 80 characters. */
export function fileNameOf(text: string): string {
  const plain = normalText(text, 'NFC')
    .replaceAll(/[\p{C}/\\:*?"<>|]+/gu, '-')
    .replaceAll(/^[\s.-]+|(?<![\s.])[\s.]+$/gu, '')
  return plain.slice(0, 80).toWellFormed() || 'file'
}
