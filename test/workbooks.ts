import { buffer } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import { ZipFile } from 'yazl'

/** The parts of a workbook of one sheet, written by hand: what no program writes can be tried. */
export interface Parts {
  /** The rows of the sheet as XML. */
  readonly rows?: string
  /** The shared texts as XML. */
  readonly strings?: string
  /** What stands in place of, or beside, the usual parts. */
  readonly more?: Readonly<Record<string, string | Buffer | null>>
  /** Attributes of `workbookPr`. */
  readonly properties?: string
  /** The number formats of styles 1, 2 and so on. */
  readonly formats?: readonly string[]
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006/relationships'

function relations(entries: readonly (readonly [id: string, type: string, target: string])[]): string {
  const lines = entries.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`,
  )
  return `${head}<Relationships xmlns="${packages}">${lines.join('')}</Relationships>`
}

function styles(formats: readonly string[]): string {
  const codes = formats.map((code, index) => `<numFmt numFmtId="${200 + index}" formatCode="${code}"/>`).join('')
  const cells = formats.map((_, index) => `<xf numFmtId="${200 + index}"/>`).join('')
  return `${head}<styleSheet xmlns="${main}"><numFmts>${codes}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${cells}</cellXfs></styleSheet>`
}

/** A workbook of one sheet called *Works*, made of hand-written parts. */
export function handmade({
  rows = '',
  strings = '',
  more = {},
  properties = '',
  formats = [],
}: Parts): Promise<Buffer> {
  const parts: Record<string, string | Buffer | null> = {
    '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    '_rels/.rels': relations([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr ${properties}/><sheets><sheet name="Works" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
      ['rId2', 'sharedStrings', 'sharedStrings.xml'],
      ['rId3', 'styles', 'styles.xml'],
    ]),
    'xl/worksheets/sheet1.xml': `${head}<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `${head}<sst xmlns="${main}">${strings}</sst>`,
    'xl/styles.xml': styles(formats),
    ...more,
  }
  return zipped(parts)
}

/** An archive of these entries; `null` leaves one out. */
export function zipped(parts: Readonly<Record<string, string | Buffer | null>>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(parts)) {
    if (content !== null) zip.addBuffer(Buffer.from(content), name)
  }
  zip.end()
  return buffer(zip.outputStream)
}

/** A workbook as a spreadsheet program saves it: sheets by name, each filled by its function. */
export async function workbookOf(
  sheets: Readonly<Record<string, (sheet: ExcelJS.Worksheet) => void>>,
  change: (workbook: ExcelJS.Workbook) => void = () => undefined,
): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  for (const [name, fill] of Object.entries(sheets)) fill(workbook.addWorksheet(name))
  change(workbook)
  return Buffer.from(await workbook.xlsx.writeBuffer())
}
