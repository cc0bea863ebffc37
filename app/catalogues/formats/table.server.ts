import type { Readable } from 'node:stream'
import { readCsv, type CsvRow } from './csv.server.ts'
import type { TableForm } from './table-form.ts'
import { readSheet, type SheetNotes } from './xlsx.server.ts'

/** A file to read: opened from its beginning as often as needed. */
export type OpenFile = () => Readable

/** Streams the rows of a file, the headings first; empty ones are left out. `notes` counts what a sheet's cells do not tell. */
export function readTable(open: OpenFile, form: TableForm, notes?: SheetNotes): AsyncGenerator<CsvRow> {
  return 'sheet' in form ? readSheet(open(), form.sheet, notes) : readCsv(open, form)
}
