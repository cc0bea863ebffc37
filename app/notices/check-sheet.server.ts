import { z } from 'zod'
import type { TableForm } from '#app/catalogues/formats/table-form.ts'
import { readTable, type OpenFile } from '#app/catalogues/formats/table.server.ts'
import { readObject } from '#app/platform/objects.server.ts'
import { findSheet, type AnswerSheet } from './find-sheet.server.ts'
import { measures as everyMeasure } from './measures.ts'
import { readHead } from './sheet-columns.ts'
import { brokenRow, readSheetRow, type ReadRow, type RowReading } from './sheet-rows.ts'
import { asSender, type SheetSender } from './sheet-sender.server.ts'
import { sheetWords } from './sheet-words.server.ts'

/** Files with more rows are read, and recorded, while somebody does something else. */
export const mostRowsAtOnce = 5_000

/** What a sheet of a workbook can hold, and what any file of answers may (ECMA-376). */
export const mostSheetRows = 1_048_576

const rowsPerPart = 2_000

type File = { open: OpenFile; form: TableForm }

/** Whether a file has more rows than somebody can be let wait for. */
export async function isLong({ open, form }: File): Promise<boolean> {
  let rows = 0
  for await (const _ of readTable(open, form)) {
    rows += 1
    if (rows > mostRowsAtOnce) return true
  }
  return false
}

/** Thrown for a file with more rows than a sheet can hold. */
export class TooManyRowsError extends Error {
  override name = 'TooManyRowsError'
}

/**
 * Reads the rows of a file and judges each against the answers as they are. Run again it begins anew; killed halfway
 * the file is still to be read.
 *
 * @throws TooManyRowsError
 */
export async function checkSheet({ sender, sheetId }: { sender: SheetSender; sheetId: string }): Promise<void> {
  const begun = await asSender(sender, async (tx) => {
    const sheet = await findSheet(tx, { sheetId })
    if (sheet?.status !== 'reading') return null
    await tx.$executeRaw`select clear_answer_rows(${sheetId}::uuid)`
    const asked = await tx.noticeMeasure.findMany({ where: { noticeId: sheet.noticeId }, select: { measure: true } })
    return { sheet, asked: z.array(z.enum(everyMeasure)).parse(asked.map(({ measure }) => measure)) }
  })
  if (begun === null) return
  await stageRows(sender, begun)
  await asSender(sender, async (tx) => {
    await tx.$executeRaw`select judge_answer_rows(${sheetId}::uuid)`
    await tx.answerSheet.updateMany({ where: { id: sheetId, status: 'reading' }, data: { status: 'read' } })
  })
}

type Begun = { sheet: AnswerSheet; asked: RowReading['asked'] }

async function stageRows(sender: SheetSender, begun: Begun): Promise<void> {
  const { sheet } = begun
  const open = () => readObject(sheet.fileSha256)
  const total = await countRows({ open, form: sheet.form })
  await asSender(sender, (tx) =>
    tx.answerSheet.updateMany({ where: { id: sheet.id }, data: { rowsTotal: total, rowsRead: 0 } }),
  )
  let waiting: ReadRow[] = []
  let read = 0
  const keep = async (): Promise<void> => {
    const [part, rowsRead] = [waiting, read]
    waiting = []
    await asSender(sender, async (tx) => {
      await tx.$executeRaw`select stage_answer_rows(${sheet.id}::uuid, ${JSON.stringify(part.map((row) => staged(row)))}::jsonb)`
      await tx.answerSheet.updateMany({ where: { id: sheet.id }, data: { rowsRead } })
    })
  }
  for await (const row of readRows({ open, form: sheet.form }, begun.asked)) {
    waiting.push(row)
    read += 1
    if (waiting.length >= rowsPerPart) await keep()
  }
  if (waiting.length > 0) await keep()
}

async function countRows({ open, form }: File): Promise<number> {
  let rows = -1
  for await (const _ of readTable(open, form)) rows += 1
  if (rows > mostSheetRows) throw new TooManyRowsError(`A file of answers has ${rows} rows`)
  return Math.max(0, rows)
}

async function* readRows({ open, form }: File, asked: RowReading['asked']): AsyncGenerator<ReadRow> {
  const words = sheetWords()
  let reading: RowReading | undefined
  for await (const row of readTable(open, form)) {
    if (reading === undefined) {
      const { columns } = readHead('cells' in row ? row.cells : [], words.fields)
      reading = { columns, asked, words }
    } else yield 'cells' in row ? readSheetRow(row.line, row.cells, reading) : brokenRow(row.line)
  }
}

function staged({ line, namedWork, externalId, title, foldedTitle, effectiveOn, ...rest }: ReadRow) {
  const { measure, outcome, code, text, fault, detail } = rest
  return {
    line,
    named_work: namedWork,
    external_id: externalId,
    title,
    folded_title: foldedTitle,
    measure,
    outcome,
    code,
    text,
    effective_on: effectiveOn,
    fault,
    detail,
  }
}
