import { createHash } from 'node:crypto'
import { csvLine } from '#app/catalogues/cell-text.ts'
import { m } from '#app/generated/messages/messages.js'
import { bookParts, rowXml, sheetEnd, sheetStart } from '#app/notices/workbook-xml.ts'
import { withLocale } from '#app/platform/locale.server.ts'
import { zipStream, type ZipPart } from '#app/platform/zip-stream.server.ts'
import type { ExportFormat } from './bulk-act.ts'
import { exportColumns } from './export-cells.ts'
import type { TableRow } from './find-table.server.ts'
import type { ColumnName } from './table-query.ts'

/** A letter of a notice as a PDF. */
export interface ExportedLetter {
  readonly locale: 'en' | 'ja'
  readonly bytes: Uint8Array
}

/** A notice of an export; with its letter in each language in which it has one, where letters were asked for. */
export interface ExportedRow {
  readonly row: TableRow
  readonly letters: readonly ExportedLetter[]
}

interface Wanted {
  readonly rows: AsyncIterable<ExportedRow>
  readonly columns: readonly ColumnName[]
  readonly locale: 'en' | 'ja'
  readonly timeZone: string
}

/** The bytes of an export, made as its rows are read: nothing waits in memory but the row under way. */
export function exportBytes(format: ExportFormat, wanted: Wanted): AsyncGenerator<Uint8Array> {
  return makers[format](wanted)
}

const makers = {
  csv: async function* csv({ rows, columns, locale, timeZone }) {
    const say = <T>(words: () => T) => withLocale(locale, words)
    // Spreadsheets ask for the mark to read UTF-8, and open Japanese text right by it.
    yield Buffer.from(say(() => `\uFEFF${csvLine(exportColumns(columns, timeZone).heads)}`))
    for await (const { row } of rows) yield Buffer.from(say(() => csvLine(exportColumns(columns, timeZone).cells(row))))
  },
  xlsx: ({ rows, columns, locale, timeZone }) => {
    const say = <T>(words: () => T) => withLocale(locale, words)
    async function* sheet(): AsyncGenerator<string> {
      const { heads } = say(() => exportColumns(columns, timeZone))
      yield sheetStart(heads.map(() => 24)) + rowXml(1, heads, 'head')
      let place = 1
      for await (const { row } of rows) {
        place += 1
        yield say(() => rowXml(place, exportColumns(columns, timeZone).cells(row)))
      }
      yield sheetEnd([])
    }
    const book = [...bookParts([say(() => m.bulk_caption())], [])].map(([name, text]): ZipPart => ({
      name,
      text: [text],
    }))
    return zipStream([...book, { name: 'xl/worksheets/sheet1.xml', text: sheet() }])
  },
  zip: ({ rows, columns, locale, timeZone }) => zipStream(letterParts({ rows, columns, locale, timeZone })),
} as const satisfies Record<ExportFormat, (wanted: Wanted) => AsyncGenerator<Uint8Array>>

// The letters, then a list of them with the hash of each file.
async function* letterParts({ rows, columns, locale, timeZone }: Wanted): AsyncGenerator<ZipPart> {
  const say = <T>(words: () => T) => withLocale(locale, words)
  const listed = [say(() => csvLine([...exportColumns(columns, timeZone).heads, m.bulk_export_file(), 'SHA-256']))]
  for await (const { row, letters } of rows) {
    for (const { locale: language, bytes } of letters) {
      const name = `${row.reference}-${language}.pdf`
      yield { name, text: [bytes] }
      const hash = createHash('sha256').update(bytes).digest('hex')
      listed.push(say(() => csvLine([...exportColumns(columns, timeZone).cells(row), name, hash])))
    }
  }
  yield { name: say(() => m.bulk_export_list()), text: ['\uFEFF', ...listed] }
}
