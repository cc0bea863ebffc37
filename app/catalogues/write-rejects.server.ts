import { keepObject } from '#app/platform/objects.server.ts'
import { withLocale, type Locale } from '#app/platform/locale.server.ts'
import { csvLine } from './cell-text.ts'
import type { TableForm } from './formats/table-form.ts'
import type { Mapping } from './mapping.ts'
import type { Reject } from './read-row.ts'
import { rejectHead, rejectWords } from './reject-words.ts'
import type { OpenFile } from './formats/table.server.ts'
import { dataRows } from './stage-rows.server.ts'

/** A file whose rejected rows are to be written down. */
export type Rejected = {
  open: OpenFile
  form: TableForm
  mapping: Mapping
  rejects: ReadonlyMap<number, Reject>
  locale: Locale
}

const mostBytes = 512 * 2 ** 20

/**
 * Keeps the rejected rows as a CSV file: line, reason in words, then every cell as it was, ready to be put right and
 * imported again. UTF-8 with its mark, since spreadsheets ask for one.
 *
 * @returns the file's SHA-256
 */
export async function keepRejects(rejected: Rejected): Promise<string> {
  const { sha256 } = await keepObject(bytesOf(rejected), mostBytes)
  return sha256
}

/** The lines of the file of `keepRejects`. */
export async function* rejectLines({ open, form, mapping, rejects, locale }: Rejected): AsyncGenerator<string> {
  const words = (because: Reject): string => withLocale(locale, () => rejectWords[because]())
  const head = withLocale(locale, () => rejectHead())
  yield `\uFEFF${csvLine([...head, ...mapping.columns.map(({ header }) => header)])}`
  for await (const row of dataRows({ open, form })) {
    const because = rejects.get(row.line)
    if (because !== undefined) yield csvLine([row.line, words(because), ...('cells' in row ? row.cells : [])])
  }
}

async function* bytesOf(rejected: Rejected): AsyncGenerator<Uint8Array> {
  for await (const line of rejectLines(rejected)) yield Buffer.from(line)
}
