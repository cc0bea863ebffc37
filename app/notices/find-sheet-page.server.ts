import type { Transaction } from '#app/platform/db.server.ts'
import { findJudgedRows, findNewerAnswer, findSheet, type AnswerSheet, type JudgedRow } from './find-sheet.server.ts'

/** What the page of a file shows besides its counts. */
export interface SheetPage {
  readonly sheet: AnswerSheet
  /** The first rows that cannot be recorded, and the first that change something; none once they are recorded. */
  readonly failed: readonly JudgedRow[]
  readonly changes: readonly JudgedRow[]
  /** Who changed answers after the file was downloaded, and when. */
  readonly newer: { readonly name: string | null; readonly at: Date } | null
}

/** How many rows of a kind a page shows. */
export const rowsShown = 50

/** A file of answers of a notice, for its sender's page. */
export async function findSheetPage(
  tx: Transaction,
  { sheetId, noticeId }: { sheetId: string; noticeId: string },
): Promise<SheetPage | null> {
  const sheet = await findSheet(tx, { sheetId, noticeId })
  if (sheet === null) return null
  const isRead = sheet.status === 'read'
  const first = (verdict: JudgedRow['verdict']) => findJudgedRows(tx, { sheetId, after: 0, most: rowsShown, verdict })
  const { basedOn } = sheet
  return {
    sheet,
    failed: isRead ? await first('failed') : [],
    changes: isRead ? await first('change') : [],
    newer: isRead && basedOn !== null ? await findNewerAnswer(tx, { noticeId, basedOn }) : null,
  }
}
