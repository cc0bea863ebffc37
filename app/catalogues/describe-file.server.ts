import { usableHeadings } from './formats/headings.ts'
import { readBeginning, readCsv, type CsvForm } from './formats/csv.server.ts'
import { detectEncoding } from './formats/detect-encoding.server.ts'
import type { FileType } from './formats/file-type.ts'
import { guessSeparator, type Separator } from './formats/separator.ts'
import type { TextEncoding } from './formats/text-encoding.ts'
import type { OpenFile } from './stage-rows.server.ts'

/** Why a file cannot be imported at all. */
export type FileFault = Exclude<FileType, 'text'> | 'no-headings'

/** A file ready to be read, or why it is not. */
export type FileDescription =
  | { readable: true; form: CsvForm; headings: string[] }
  | { readable: false; because: FileFault }

/**
 * Looks at a file: what it is by its bytes, how its text is written, what parts its cells, and its headings.
 *
 * @param given what a person chose instead of what would be detected
 */
export async function describeFile(
  open: OpenFile,
  given: { encoding?: TextEncoding | undefined; separator?: Separator | undefined } = {},
): Promise<FileDescription> {
  const facts = await detectEncoding(open())
  if (facts.type !== 'text') return { readable: false, because: facts.type }
  const encoding = given.encoding ?? facts.encoding
  const separator = given.separator ?? guessSeparator(await readBeginning(open(), encoding, 64 * 1024))
  const form = { encoding, separator }
  for await (const row of readCsv(open, form)) {
    if (!('cells' in row) || row.cells.every((cell) => cell.trim() === ''))
      return { readable: false, because: 'no-headings' }
    return { readable: true, form, headings: usableHeadings(row.cells) }
  }
  return { readable: false, because: 'empty' }
}
