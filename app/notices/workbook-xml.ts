const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** A range of cells that formulas call by a name. */
export interface NamedRange {
  readonly name: string
  /** As a formula says it: `Choices!$A$2:$A$7`. */
  readonly range: string
}

/** Cells that offer a choice. */
export interface ChoiceOfCells {
  readonly cells: string
  readonly formula: string
}

/** Text as it stands in XML; what XML cannot hold is written as spreadsheets do (ECMA-376 part 1, 22.9.2.19). */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/_x[0-9A-F]{4}_/giu, (code) => `_x005F${code}`)
    .replaceAll(
      /[^\P{Cc}\t\n]|[\uFFFE\uFFFF]/gu,
      (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** One row of cells that are all text: a spreadsheet makes no number, day or formula of them. */
export function rowXml(row: number, cells: readonly string[], style: 'text' | 'head' = 'text'): string {
  const written = cells.map((cell, column) =>
    cell === ''
      ? ''
      : `<c r="${letterOf(column)}${row}" s="${style === 'head' ? 2 : 1}" t="inlineStr"><is><t xml:space="preserve">${xmlText(cell)}</t></is></c>`,
  )
  return `<row r="${row}">${written.join('')}</row>`
}

/** The column letter of a place from 0, up to Z. */
export function letterOf(column: number): string {
  return String.fromCharCode(65 + column)
}

/** What stands before the rows of a sheet: the head stays in sight, columns have their width and hold text. */
export function sheetStart(widths: readonly number[]): string {
  const columns = widths.map(
    (width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" style="1" customWidth="1"/>`,
  )
  return `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>`
}

/** What stands after them: which cells offer a choice. What is not offered may still be typed, and is judged when it comes back. */
export function sheetEnd(choices: readonly ChoiceOfCells[]): string {
  const offered = choices.map(
    ({ cells, formula }) =>
      `<dataValidation type="list" errorStyle="warning" allowBlank="1" showErrorMessage="1" sqref="${cells}"><formula1>${xmlText(formula)}</formula1></dataValidation>`,
  )
  const validations =
    choices.length === 0 ? '' : `<dataValidations count="${choices.length}">${offered.join('')}</dataValidations>`
  return `</sheetData>${validations}</worksheet>`
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`
}

function relations(all: readonly string[]): string {
  return `${head}<Relationships xmlns="${packages}/relationships">${all.join('')}</Relationships>`
}

function part(path: string, type: string): string {
  return `<Override PartName="/xl/${path}" ContentType="${types}.${type}+xml"/>`
}

/** The parts of a workbook other than its sheets, by name. */
export function bookParts(sheets: readonly string[], ranges: readonly NamedRange[]): ReadonlyMap<string, string> {
  const paths = sheets.map((_, at) => `worksheets/sheet${at + 1}.xml`)
  return new Map([
    [
      '[Content_Types].xml',
      `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part('workbook.xml', 'sheet.main')}${paths.map((path) => part(path, 'worksheet')).join('')}${part('styles.xml', 'styles')}</Types>`,
    ],
    ['_rels/.rels', relations([relation('rId1', 'officeDocument', 'xl/workbook.xml')])],
    [
      'xl/workbook.xml',
      `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets.map((name, at) => `<sheet name="${xmlText(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets>${namesXml(ranges)}</workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      relations([
        ...paths.map((path, at) => relation(`rId${at + 1}`, 'worksheet', path)),
        relation('rId99', 'styles', 'styles.xml'),
      ]),
    ],
    ['xl/styles.xml', styles],
  ])
}

// The schema wants at least one name where there is a list of them.
function namesXml(ranges: readonly NamedRange[]): string {
  if (ranges.length === 0) return ''
  const names = ranges.map(({ name, range }) => `<definedName name="${name}">${xmlText(range)}</definedName>`)
  return `<definedNames>${names.join('')}</definedNames>`
}

// 0 as it comes, 1 text (format 49), 2 the same in bold.
const styles = `${head}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
