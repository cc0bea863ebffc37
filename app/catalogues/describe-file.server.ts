import { mostColumns, usableHeadings } from './formats/headings.ts'
import { readBeginning, type CsvRow } from './formats/csv.server.ts'
import { chunks, detectEncoding } from './formats/detect-encoding.server.ts'
import type { FileType } from './formats/file-type.ts'
import { guessSeparator, type Separator } from './formats/separator.ts'
import type { TableForm } from './formats/table-form.ts'
import { readTable, type OpenFile } from './formats/table.server.ts'
import type { TextEncoding } from './formats/text-encoding.ts'
import { WorkbookFaultError, type WorkbookFault } from './formats/workbook-fault.ts'
import { listSheets } from './formats/xlsx.server.ts'

/** Why a file cannot be imported at all. */
export type FileFault = Exclude<FileType, 'text' | 'xlsx'> | WorkbookFault | 'no-headings' | 'too-many-columns'

/** A file ready to be read, or why it is not. */
export type FileDescription =
  | { readable: true; form: TableForm; headings: string[] }
  | { readable: false; because: FileFault }

/** What a person chose instead of what would be detected. */
export type FormGiven = {
  encoding?: TextEncoding | undefined
  separator?: Separator | undefined
  sheet?: string | undefined
}

/**
 * Looks at a file: what it is by its bytes, how its text is written and what parts its cells, or which of its sheets is meant,
 * and its headings.
 */
export async function describeFile(open: OpenFile, given: FormGiven = {}): Promise<FileDescription> {
  const facts = await detectEncoding(open())
  if (facts.type === 'xlsx' || facts.type === 'zip') return describeWorkbook(open, facts.type, given.sheet)
  // An encrypted workbook is no archive but lies in an old container.
  if (facts.type === 'xls' && (await holdsEncrypted(open))) return { readable: false, because: 'encrypted' }
  if (facts.type !== 'text') return { readable: false, because: facts.type }
  const encoding = given.encoding ?? facts.encoding
  const separator = given.separator ?? guessSeparator(await readBeginning(open(), encoding, 64 * 1024))
  const form = { encoding, separator }
  return headed(form, await firstRow(open, form))
}

async function describeWorkbook(
  open: OpenFile,
  type: 'xlsx' | 'zip',
  given: string | undefined,
): Promise<FileDescription> {
  try {
    const sheets = await listSheets(open())
    // A cover without a word on it is passed over; hidden sheets come last.
    const inTurn = [...sheets.filter(({ hidden }) => !hidden), ...sheets.filter(({ hidden }) => hidden)]
    const wanted = sheets.filter(({ name }) => name === given)
    for (const { name } of wanted.length > 0 ? wanted : inTurn) {
      const form = { sheet: name }
      const row = await firstRow(open, form)
      if (row !== undefined) return headed(form, row)
    }
    return { readable: false, because: 'empty' }
  } catch (error) {
    if (!(error instanceof WorkbookFaultError)) throw error
    const isArchive = type === 'zip' && (error.because === 'no-sheets' || error.because === 'damaged-workbook')
    return { readable: false, because: isArchive ? 'zip' : error.because }
  }
}

async function firstRow(open: OpenFile, form: TableForm): Promise<CsvRow | undefined> {
  for await (const row of readTable(open, form)) return row
  return undefined
}

function headed(form: TableForm, row: CsvRow | undefined): FileDescription {
  if (row === undefined) return { readable: false, because: 'empty' }
  const tooMany = 'cells' in row ? row.cells.length > mostColumns : row.broken === 'too-long'
  if (tooMany) return { readable: false, because: 'too-many-columns' }
  if (!('cells' in row) || row.cells.every((cell) => cell.trim() === ''))
    return { readable: false, because: 'no-headings' }
  return { readable: true, form, headings: usableHeadings(row.cells) }
}

async function holdsEncrypted(open: OpenFile): Promise<boolean> {
  const mark = Buffer.from('EncryptedPackage', 'utf16le')
  let before: Uint8Array = new Uint8Array()
  for await (const chunk of chunks(open())) {
    const both = Buffer.concat([before, chunk])
    if (both.includes(mark)) return true
    before = both.subarray(-mark.length)
  }
  return false
}
