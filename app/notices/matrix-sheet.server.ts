import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { withLocale } from '#app/platform/locale.server.ts'
import { zipStream, type ZipPart } from '#app/platform/zip-stream.server.ts'
import { mostSheetRows } from './check-sheet.server.ts'
import { answersOf, type Measure } from './measures.ts'
import { matrixRows, type MatrixNotice, type Read } from './notice-csv.server.ts'
import { outcomeRules, refusalCodes, type OutcomeRule } from './outcomes.ts'
import { sheetFields, writeStamp, type SheetField } from './sheet-columns.ts'
import { fieldWords } from './sheet-words.server.ts'
import { bookParts, letterOf, rowXml, sheetEnd, sheetStart, type NamedRange } from './workbook-xml.ts'
import { codeWords, measureWords, outcomeWords } from './wording.ts'

const widths = [38, 16, 40, 8, 26, 26, 28, 50, 14, 20] as const
const choiceWidths = [28, 40, 26, 34, 30] as const
const rowsAtOnce = 500

/** Whether all answers of a notice, and the headings, fit into a sheet of a workbook. */
export function fitsSheet({ works, measures }: { works: number; measures: readonly unknown[] }): boolean {
  return works * measures.length < mostSheetRows
}

/**
 * Every answer of a notice as the bytes of a workbook to be changed and sent back: one row per work and measure, and a
 * sheet of the answers that each measure allows, from which the cells offer their choice. Rows are read as they are
 * sent, so that memory stays the same however many there are.
 */
export function matrixWorkbook(read: Read, notice: MatrixNotice): AsyncGenerator<Uint8Array> {
  const locale = getLocale() === 'ja' ? 'ja' : 'en'
  const measures = notice.measures.map(({ measure }) => measure)
  const choices = choicesOf(measures)
  const names = [m.sheets_sheet_answers(), m.sheets_sheet_choices()]
  const heads = [...sheetFields.map((field) => fieldWords[field]()), writeStamp(notice)]
  const parts: ZipPart[] = [...bookParts(names, rangesOf(choices, names[1] ?? ''))].map(([name, text]) => ({
    name,
    text: [text],
  }))
  const answers = { name: 'xl/worksheets/sheet1.xml', text: answersXml(read, notice, heads) }
  const offered = { name: 'xl/worksheets/sheet2.xml', text: withLocale(locale, () => [choicesXml(choices)]) }
  return zipStream([...parts, offered, answers])
}

async function* answersXml(read: Read, notice: MatrixNotice, heads: readonly string[]): AsyncGenerator<string> {
  yield sheetStart(widths)
  yield rowXml(1, heads, 'head')
  let row = 1
  let waiting = ''
  for await (const cells of matrixRows(read, notice)) {
    row += 1
    waiting += rowXml(row, cells)
    if (row % rowsAtOnce !== 0) continue
    yield waiting
    waiting = ''
  }
  yield (
    waiting +
      sheetEnd([
        {
          cells: below('outcome', row),
          formula: `INDIRECT("outcomes_"&$${letterOf(sheetFields.indexOf('measure'))}2)`,
        },
        { cells: below('code', row), formula: 'reasons' },
      ])
  )
}

function below(field: SheetField, lastRow: number): string {
  const letter = letterOf(sheetFields.indexOf(field))
  return `${letter}2:${letter}${Math.max(2, lastRow)}`
}

interface Choice {
  readonly measure: Measure | null
  readonly cells: readonly string[]
}

// One row per measure and outcome; under them the reasons of refusals.
function choicesOf(measures: readonly Measure[]): readonly Choice[] {
  const allowed = measures.flatMap((measure) =>
    answersOf(measure).map((outcome): Choice => {
      const { needs }: OutcomeRule = outcomeRules[outcome]
      return {
        measure,
        cells: [measure, measureWords[measure](), outcome, outcomeWords[outcome](), needs ? needWords[needs]() : ''],
      }
    }),
  )
  const reasons = refusalCodes.map((code): Choice => ({ measure: null, cells: ['', '', code, codeWords[code](), ''] }))
  return [...allowed, ...reasons]
}

const needWords = {
  date: () => m.sheets_needs_date(),
  text: () => m.sheets_needs_text(),
  code_and_text: () => m.sheets_needs_code_and_text(),
} satisfies Record<NonNullable<OutcomeRule['needs']>, () => string>

function choicesXml(choices: readonly Choice[]): string {
  const heads = [
    fieldWords.measure(),
    m.sheets_choices_measure_name(),
    m.sheets_choices_value(),
    m.sheets_choices_name(),
    m.sheets_choices_needs(),
  ]
  const rows = choices.map(({ cells }, at) => rowXml(at + 2, cells))
  return sheetStart(choiceWidths) + rowXml(1, heads, 'head') + rows.join('') + sheetEnd([])
}

function rangesOf(choices: readonly Choice[], sheet: string): readonly NamedRange[] {
  const placed = choices.map(({ measure }, at) => ({ measure, row: at + 2 }))
  return [...Map.groupBy(placed, ({ measure }) => measure)].map(([measure, own]) => ({
    name: measure === null ? 'reasons' : `outcomes_${measure}`,
    range: `'${sheet.replaceAll("'", "''")}'!$C$${own[0]?.row ?? 2}:$C$${own.at(-1)?.row ?? 2}`,
  }))
}
