import { withLocale, type Locale } from '#app/platform/locale.server.ts'
import { csvLine } from './cell-text.ts'
import type { TableForm } from './formats/table-form.ts'
import type { Mapping } from './mapping.ts'
import { readRow, type Warning } from './read-row.ts'
import { remarkHead, wordsForRemark } from './remark-words.ts'
import type { OpenFile } from './formats/table.server.ts'
import { dataRows } from './stage-rows.server.ts'

/**
 * Every remark about the rows of a file as CSV, one line each: where, what, as written, and what is offered instead.
 * The page shows the first of each kind; a decision about a thousand rows wants them all.
 */
export async function* remarkLines(file: {
  open: OpenFile
  form: TableForm
  mapping: Mapping
  locale: Locale
}): AsyncGenerator<string> {
  const { mapping, locale } = file
  yield `\uFEFF${csvLine(withLocale(locale, remarkHead))}`
  for await (const row of dataRows(file)) {
    if (!('cells' in row)) continue
    for (const warning of readRow(row.cells, mapping).warnings) {
      const what = withLocale(locale, () => wordsForRemark(warning))
      yield csvLine([row.line, what, 'raw' in warning ? warning.raw : '', offerOf(warning)])
    }
  }
}

function offerOf(warning: Warning): string {
  return warning.code === 'identifier' ? (warning.repair?.value ?? '') : ''
}
