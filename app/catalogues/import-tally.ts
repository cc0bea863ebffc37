import { cutText } from '#app/ui/cut-text.ts'
import type { Reject, Warning } from './read-row.ts'

/** What is told of a warning: the line, what stood there, and what was offered or done. */
export type WarningSample = {
  line: number
  raw?: string
  repair?: string
  scheme?: string
  because?: string
  how?: string
}

/** Warnings of one code: how many rows have one, and the first of them. */
export type WarningTally = { rows: number; samples: WarningSample[] }

/** Every code of a warning. */
export type WarningCode = Warning['code'] | 'identifier-repairable'

/** What a reading of a file said beside its works. */
export type ImportTally = {
  rows: number
  warnings: Partial<Record<WarningCode, WarningTally>>
  /** The line of each row that is not imported, and why. */
  rejects: Map<number, Reject>
}

const mostSamples = 20

/** A tally of nothing yet. */
export function emptyTally(): ImportTally {
  return { rows: 0, warnings: {}, rejects: new Map() }
}

/** Counts one row and its warnings. The tally is one long row of sums, so it alone is changed in place. */
export function countRow(tally: ImportTally, line: number, warnings: readonly Warning[], reject?: Reject): void {
  tally.rows += 1
  if (reject !== undefined) tally.rejects.set(line, reject)
  const seen = new Set<WarningCode>()
  for (const warning of warnings) {
    const code = codeOf(warning)
    const known = tally.warnings[code] ?? { rows: 0, samples: [] }
    if (!seen.has(code)) known.rows += 1
    if (known.samples.length < mostSamples) known.samples.push(sampleOf(line, warning))
    tally.warnings[code] = known
    seen.add(code)
  }
}

/** How many rows have a warning of each code. */
export function warningCounts(tally: Pick<ImportTally, 'warnings'>): Record<string, number> {
  return Object.fromEntries(Object.entries(tally.warnings).map(([code, { rows }]) => [code, rows]))
}

function codeOf(warning: Warning): WarningCode {
  return warning.code === 'identifier' && warning.repair !== undefined ? 'identifier-repairable' : warning.code
}

function sampleOf(line: number, warning: Warning): WarningSample {
  if (warning.code === 'identifier') {
    const { raw, repair, scheme, because } = warning
    return {
      line,
      raw: short(raw),
      scheme,
      because,
      ...(repair === undefined ? {} : { repair: repair.value, how: repair.how }),
    }
  }
  return 'raw' in warning ? { line, raw: short(warning.raw) } : { line }
}

// A sample is shown in a list; the row itself is in the file.
function short(text: string): string {
  return text.length <= 300 ? text : `${cutText(text, 300)}…`
}
