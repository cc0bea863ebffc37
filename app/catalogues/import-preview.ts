import { z } from 'zod'
import type { ImportTally, WarningCode } from './import-tally.ts'
import type { Reject } from './read-row.ts'

const count = z.number().int().min(0)
const sample = z.object({
  line: count,
  raw: z.string().optional(),
  repair: z.string().optional(),
  scheme: z.string().optional(),
  because: z.string().optional(),
  how: z.string().optional(),
})
const column = z.object({
  header: z.string(),
  sample: z.string(),
  filled: count,
  empty: count,
  distinct: count,
  idLike: z.boolean(),
})

/** How many works an import adds, changes, leaves, removes, and how many rows it rejects. */
export const importCountsSchema = z.object({
  rows: count,
  added: count,
  changed: count,
  unchanged: count,
  removed: count,
  rejected: count,
})

/** What a reading of a file found, as it is kept beside the import: counts, and the first rows of each kind of trouble. */
export const importPreviewSchema = z.object({
  columns: z.array(column),
  counts: importCountsSchema,
  warnings: z.record(z.string(), z.object({ rows: count, samples: z.array(sample) })),
  /** Of a workbook: its sheets with their rows, and what a reading of the chosen one met. */
  workbook: z
    .object({
      sheets: z.array(z.object({ name: z.string(), hidden: z.boolean(), rows: count })),
      notes: z.object({ formulas: count, unsaved: count, errors: count, merged: count, dates: count }),
    })
    .optional(),
  rejects: z.array(z.object({ because: z.string(), rows: count, lines: z.array(count) })),
})

/** See `importCountsSchema`. */
export type ImportCountsOfRows = z.infer<typeof importCountsSchema>
/** See `importPreviewSchema`. */
export type ImportPreview = z.infer<typeof importPreviewSchema>

const mostLines = 20

/** The rejected rows by reason, the most frequent first, each with its first lines. */
export function rejectsByReason(rejects: ReadonlyMap<number, Reject>): ImportPreview['rejects'] {
  const reasons = [...new Set(rejects.values())]
  return reasons
    .map((because) => {
      const lines = [...rejects].flatMap(([line, reason]) => (reason === because ? [line] : []))
      return { because, rows: lines.length, lines: lines.toSorted((a, b) => a - b).slice(0, mostLines) }
    })
    .toSorted((a, b) => b.rows - a.rows)
}

/** Warnings that ask for a decision, in the order of the page, with the decision that each is about. */
export const doubts = {
  'identifier-repairable': 'identifiers',
  entities: 'entities',
  'lost-character': 'marks',
} as const satisfies Partial<Record<WarningCode, string>>

/** How many rows have something that a person may decide about. */
export function rowsInDoubt(preview: Pick<ImportTally | ImportPreview, 'warnings'>): number {
  const warnings: Readonly<Record<string, { rows: number } | undefined>> = preview.warnings
  return Object.keys(doubts).reduce((total, code) => total + (warnings[code]?.rows ?? 0), 0)
}

/** The sheets of a workbook that have rows, by name; `undefined` where the file is none. */
export function sheetsOnOffer(preview: ImportPreview | null): readonly string[] | undefined {
  return preview?.workbook?.sheets.filter(({ rows }) => rows > 0).map(({ name }) => name)
}
