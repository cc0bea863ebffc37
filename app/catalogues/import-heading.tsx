import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import type { FoundImport } from './find-import.server.ts'
import { encodingWords, separatorWords } from './form-words.ts'

const headings = {
  mapping: (file: string) => file,
  queued: (file: string) => m.catalogues_running_title({ file }),
  running: (file: string) => m.catalogues_running_title({ file }),
  done: (file: string) => m.catalogues_done_title({ file }),
  failed: (file: string) => m.catalogues_failed_title({ file }),
  stopped: (file: string) => m.catalogues_stopped_title({ file }),
} as const satisfies Record<FoundImport['status'], (file: string) => string>

/** What the page of an import is called: the file, and what happens or happened to it. */
export function headingOf({ status, fileName }: Pick<FoundImport, 'status' | 'fileName'>): string {
  return headings[status](fileName)
}

/** The facts of the file, while nothing of it is imported. */
export function ImportFacts({ found: { status, form, preview } }: { found: FoundImport }) {
  if (status !== 'mapping' || form === null || preview === null) return null
  const rows = m.catalogues_rows({ count: formatNumber(preview.counts.rows) })
  const columns = m.catalogues_columns({ count: formatNumber(preview.columns.length) })
  if ('sheet' in form) return m.catalogues_import_sheet_facts({ rows, columns, sheet: form.sheet })
  return m.catalogues_import_facts({
    rows,
    columns,
    encoding: encodingWords[form.encoding],
    separator: separatorWords[form.separator](),
  })
}
