import type { Readable } from 'node:stream'
import { columnOf, numberText, unescapedText, type NumberShape } from './cell-values.ts'
import type { CsvRow } from './csv.server.ts'
import { readSharedStrings, type SharedStrings } from './shared-strings.server.ts'
import { openWorkbook, type OpenWorkbook } from './workbook-file.server.ts'
import { WorkbookFaultError } from './workbook-fault.ts'
import { readWorkbookParts, type SheetPart, type WorkbookParts } from './workbook-parts.server.ts'
import { xmlEvents, type XmlEvent } from './xml-events.ts'

/** A sheet on offer. */
export interface Sheet {
  readonly name: string
  readonly hidden: boolean
  /** Rows with anything in them, the headings among them. */
  readonly rows: number
}

/** What a reading of a sheet met that its cells do not tell. */
export interface SheetNotes {
  /** Cells whose value was computed; the value that was kept is read. */
  formulas: number
  /** Formulas without a value that was kept: read as empty. */
  unsaved: number
  /** Cells that show an error, such as #N/A: read as empty. */
  errors: number
  /** Ranges of merged cells: their first cell has the value. */
  merged: number
  /** Cells of days and times. */
  dates: number
}

// What a sheet can hold (ECMA-376); more than these columns of text is no catalogue.
const mostRows = 1_048_576
const mostColumns = 2_000
const longestRow = 2 ** 20

/** The notes of a sheet that was not read yet. */
export function noNotes(): SheetNotes {
  return { formulas: 0, unsaved: 0, errors: 0, merged: 0, dates: 0 }
}

/**
 * The sheets of a workbook in their order, without counting their rows.
 *
 * @throws WorkbookFaultError if it is not to be read
 */
export function listSheets(source: Readable): Promise<readonly SheetPart[]> {
  return withWorkbook(source, async (_, { sheets }) => sheets)
}

/** The sheets of a workbook with their rows, each read once. */
export function countSheets(source: Readable): Promise<readonly Sheet[]> {
  return withWorkbook(source, async (file, { sheets }) => {
    const counted: Sheet[] = []
    for (const { name, hidden, path } of sheets) counted.push({ name, hidden, rows: await countRows(file, path) })
    return counted
  })
}

async function countRows(file: OpenWorkbook, path: string): Promise<number> {
  let rows = 0
  let filled = false
  for await (const events of xmlEvents(file.part(path))) {
    for (const event of events) {
      if ('open' in event && (event.open === 'v' || event.open === 't')) filled = true
      if (!('close' in event) || event.close !== 'row') continue
      if (filled) rows += 1
      filled = false
    }
  }
  return rows
}

async function withWorkbook<T>(
  source: Readable,
  read: (file: OpenWorkbook, parts: WorkbookParts) => Promise<T>,
): Promise<T> {
  const file = await openWorkbook(source)
  try {
    return await read(file, await readWorkbookParts(file))
  } finally {
    await file.close()
  }
}

/**
 * Streams the rows of one sheet, the headings first; rows without any text are left out. A line is the number of its row in
 * the sheet. Memory stays the same however large the workbook is.
 *
 * @param name of the sheet; the first visible one if there is none of that name
 * @param notes counted up while reading
 * @throws WorkbookFaultError if the workbook is not to be read
 */
export async function* readSheet(
  source: Readable,
  name: string,
  notes: SheetNotes = noNotes(),
): AsyncGenerator<CsvRow> {
  const file = await openWorkbook(source)
  try {
    const parts = await readWorkbookParts(file)
    const sheet = parts.sheets.find((each) => each.name === name) ?? defaultSheet(parts.sheets)
    const strings = await readSharedStrings(file, parts.stringsPath)
    try {
      yield* rowsOf(file.part(sheet.path), { ...parts, strings, notes })
    } finally {
      strings.close()
    }
  } finally {
    await file.close()
  }
}

/** The sheet that is meant where nobody chose one: the first that is not hidden. */
export function defaultSheet<Each extends { readonly hidden: boolean }>(sheets: readonly Each[]): Each {
  const sheet = sheets.find(({ hidden }) => !hidden) ?? sheets[0]
  if (sheet === undefined) throw new WorkbookFaultError('no-sheets', 'there is no sheet of cells')
  return sheet
}

interface Reading {
  readonly shapes: readonly NumberShape[]
  readonly from1904: boolean
  readonly strings: SharedStrings
  readonly notes: SheetNotes
}

interface Cell {
  readonly column: number
  readonly type: string
  readonly style: number
  text: string
  formula: boolean
  /** It has a value, be it an empty one. */
  valued: boolean
}

interface Place {
  row: number
  column: number
  cells: string[]
  length: number
  cell: Cell | undefined
  taking: boolean
  aids: number
}

async function* rowsOf(source: AsyncIterable<Uint8Array>, reading: Reading): AsyncGenerator<CsvRow> {
  const place: Place = { row: 0, column: -1, cells: [], length: 0, cell: undefined, taking: false, aids: 0 }
  for await (const events of xmlEvents(source)) {
    for (const event of events) {
      const row = take(event, place, reading)
      if (row !== undefined) yield row
    }
  }
}

function take(event: XmlEvent, place: Place, reading: Reading): CsvRow | undefined {
  if ('text' in event) {
    if (place.taking && place.cell !== undefined) place.cell.text += event.text
    return undefined
  }
  if ('open' in event) {
    opened(event, place, reading)
    return undefined
  }
  if (event.close === 'v' || event.close === 't') place.taking = false
  if (event.close === 'rPh') place.aids -= 1
  if (event.close === 'c') endCell(place, reading)
  return event.close === 'row' ? endRow(place) : undefined
}

function opened({ open, attributes }: Extract<XmlEvent, { open: string }>, place: Place, { notes }: Reading): void {
  if (open === 'row') beginRow(place, attributes['r'])
  if (open === 'c') beginCell(place, attributes)
  if (open === 'rPh') place.aids += 1
  if (open === 'mergeCell') notes.merged += 1
  const { cell } = place
  if (cell === undefined) return
  if (open === 'f') cell.formula = true
  if (open === 'v' || (open === 't' && place.aids === 0)) {
    cell.valued = true
    place.taking = true
  }
}

function beginRow(place: Place, given: string | undefined): void {
  const row = given === undefined ? place.row + 1 : Number(given)
  if (!Number.isInteger(row) || row < 1) throw new WorkbookFaultError('damaged-workbook', `row ${given}`)
  // Rows are told apart by their numbers: one that is there twice counts on.
  place.row = Math.max(row, place.row + 1)
  if (place.row > mostRows) throw new WorkbookFaultError('too-many-rows', `row ${place.row}`)
  place.column = -1
  place.cells = []
  place.length = 0
}

function beginCell(place: Place, { r, t = 'n', s = '0' }: Readonly<Record<string, string>>): void {
  const column = r === undefined ? place.column + 1 : columnOf(r)
  if (column === undefined) throw new WorkbookFaultError('damaged-workbook', `cell ${r}`)
  place.column = column
  place.cell = { column, type: t, style: Number(s), text: '', formula: false, valued: false }
}

function endCell(place: Place, reading: Reading): void {
  const { cell } = place
  place.cell = undefined
  if (cell === undefined) return
  const text = textOf(cell, reading)
  if (text === '') return
  place.length += text.length
  if (place.length > longestRow || cell.column >= mostColumns) {
    place.length = Number.POSITIVE_INFINITY
    return
  }
  while (place.cells.length < cell.column) place.cells.push('')
  place.cells[cell.column] = text
}

function textOf({ type, style, text, formula, valued }: Cell, { notes, strings, shapes, from1904 }: Reading): string {
  if (formula) notes[valued && type !== 'e' ? 'formulas' : type === 'e' ? 'errors' : 'unsaved'] += 1
  else if (type === 'e') notes.errors += 1
  if (!valued || type === 'e') return ''
  if (type === 's') return strings.at(Number(text))
  if (type === 'b') return text.trim() === '1' ? 'TRUE' : 'FALSE'
  // A day that is written as a day, as some programs do.
  if (type === 'd') return text.replace(/T00:00:00(?:\.0+)?Z?$/u, '').replace('T', ' ')
  if (type !== 'n') return unescapedText(text)
  const shape = shapes[style] ?? { kind: 'plain' }
  if (shape.kind === 'date') notes.dates += 1
  return numberText(text.trim(), shape, from1904)
}

function endRow(place: Place): CsvRow | undefined {
  const { row: line, cells } = place
  if (place.length === Number.POSITIVE_INFINITY) return { line, broken: 'too-long' }
  return cells.some((cell) => cell.trim() !== '') ? { line, cells } : undefined
}
