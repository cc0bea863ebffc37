import { csvLine } from '#app/catalogues/cell-text.ts'
import type { ReportSection } from './report-sections.ts'

/**
 * A report as a CSV file: its tables under each other, each under its title. UTF-8 with its mark, since spreadsheets ask
 * for one; what begins like a formula is neutralised.
 */
export function reportCsv(sections: readonly ReportSection[]): string {
  const parts = sections.map(({ title, heads, rows }) =>
    [[title], heads, ...rows].map((cells) => csvLine(cells)).join(''),
  )
  return `\uFEFF${parts.join(csvLine(['']))}`
}
