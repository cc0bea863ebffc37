import { csvLine } from '#app/catalogues/cell-text.ts'
import { m } from '#app/generated/messages/messages.js'
import type { Transaction } from '#app/platform/db.server.ts'
import { withLocale } from '#app/platform/locale.server.ts'
import { keepObject } from '#app/platform/objects.server.ts'
import { findJudgedRows, type JudgedRow } from './find-sheet.server.ts'
import type { Read } from './notice-csv.server.ts'
import { faultSentence } from './sheet-wording.ts'

/** Whether the rows are still to be recorded, were recorded, or were recorded over newer answers too. */
export type ResultState = 'checked' | 'recorded' | 'overwritten'

type Wanted = { readonly sheetId: string; readonly locale: 'en' | 'ja'; readonly state: ResultState }

const rowsAtOnce = 5_000
const mostBytes = 512 * 2 ** 20

/** What comes of every row of a file of answers, as the lines of a CSV file. UTF-8 with its mark: spreadsheets ask for one. */
export async function* resultLines(read: Read, { sheetId, locale, state }: Wanted): AsyncGenerator<string> {
  yield withLocale(
    locale,
    () =>
      `\uFEFF${csvLine([m.sheets_result_row(), m.sheets_result_work(), m.sheets_column_title(), m.sheets_column_measure(), m.sheets_column_outcome(), m.sheets_result_result(), m.sheets_result_reason()])}`,
  )
  let after = 0
  for (;;) {
    const from = after
    const rows = await read((tx) => findJudgedRows(tx, { sheetId, after: from, most: rowsAtOnce }))
    yield withLocale(locale, () => rows.map((row) => resultLine(row, state)).join(''))
    after = rows.at(-1)?.line ?? 0
    if (rows.length < rowsAtOnce) return
  }
}

function resultLine(row: JudgedRow, state: ResultState): string {
  const reason = row.because === null ? '' : faultSentence({ ...row, because: row.because })
  const { line, externalId, title, measure, outcome, verdict } = row
  return csvLine([line, externalId ?? '', title ?? '', measure ?? '', outcome ?? '', results[verdict](state), reason])
}

const results = {
  change: (state) => (state === 'checked' ? m.sheets_result_change() : m.sheets_result_recorded()),
  newer: (state) => {
    if (state === 'checked') return m.sheets_result_newer()
    return state === 'overwritten' ? m.sheets_result_recorded() : m.sheets_result_kept()
  },
  same: () => m.sheets_result_same(),
  failed: (state) => (state === 'checked' ? m.sheets_result_cannot() : m.sheets_result_failed()),
} satisfies Record<JudgedRow['verdict'], (state: ResultState) => string>

/**
 * Keeps the results of a file as they stand in this transaction.
 *
 * @returns the SHA-256 under which they are kept
 */
export async function keepSheetResult(tx: Transaction, wanted: Wanted): Promise<string> {
  const { sha256 } = await keepObject(bytesOf(resultLines((fn) => fn(tx), wanted)), mostBytes)
  return sha256
}

async function* bytesOf(lines: AsyncGenerator<string>): AsyncGenerator<Uint8Array> {
  for await (const line of lines) yield Buffer.from(line)
}
