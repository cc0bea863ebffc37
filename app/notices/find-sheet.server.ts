import { z } from 'zod'
import { separators } from '#app/catalogues/formats/separator.ts'
import type { TableForm } from '#app/catalogues/formats/table-form.ts'
import { textEncodings } from '#app/catalogues/formats/text-encoding.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { rowFaults, type RowFault } from './sheet-rows.ts'
import type { KeptSender } from './sheet-sender.server.ts'

/** Where a file of answers stands. */
export const sheetStatuses = ['reading', 'read', 'recording', 'recorded', 'failed', 'dropped'] as const

/** A file of answers: how it is read, how far it is, what would come of it or came of it. */
export interface AnswerSheet extends KeptSender {
  readonly id: string
  readonly noticeId: string
  readonly locale: 'en' | 'ja'
  readonly status: (typeof sheetStatuses)[number]
  readonly failure: string | null
  readonly fileName: string
  readonly fileSha256: string
  readonly form: TableForm
  /** The line of the ledger after which it was downloaded; null where its stamp was removed. */
  readonly basedOn: number | null
  readonly judgedAtSequence: number | null
  readonly overwrite: boolean
  readonly rowsRead: number
  readonly rowsTotal: number | null
  readonly rows: SheetCounts | null
  readonly cells: number | null
  readonly resultSha256: string | null
}

/** What the rows of a file do: change an answer, change one that is newer than the file, change nothing, or cannot be recorded. */
export interface SheetCounts {
  readonly changed: number
  readonly newer: number
  readonly same: number
  readonly failed: number
}

const formSchema = z.union([
  z.object({ sheet: z.string(), encoding: z.null(), separator: z.null() }).transform(({ sheet }) => ({ sheet })),
  z
    .object({ sheet: z.null(), encoding: z.enum(textEncodings), separator: z.enum(separators) })
    .transform(({ encoding, separator }) => ({ encoding, separator })),
])

/** A file of answers of this notice, if whoever asks may see it. */
export async function findSheet(
  tx: Transaction,
  { sheetId, noticeId }: { sheetId: string; noticeId?: string },
): Promise<AnswerSheet | null> {
  const row = await tx.answerSheet.findFirst({
    where: { id: sheetId, ...(noticeId === undefined ? {} : { noticeId }) },
  })
  if (row === null) return null
  const { locale, status, rowsChanged, rowsNewer, rowsSame, rowsFailed, encoding, separator, sheet, ...rest } = row
  return {
    ...rest,
    locale: locale === 'ja' ? 'ja' : 'en',
    status: z.enum(sheetStatuses).parse(status),
    form: formSchema.parse({ encoding, separator, sheet }),
    rows:
      rowsChanged === null || rowsNewer === null || rowsSame === null || rowsFailed === null
        ? null
        : { changed: rowsChanged, newer: rowsNewer, same: rowsSame, failed: rowsFailed },
  }
}

/** One row of a file with what comes of it, as it is shown and as the result file has it. */
export interface JudgedRow {
  readonly line: number
  readonly externalId: string | null
  readonly title: string | null
  readonly measure: string | null
  readonly outcome: string | null
  readonly verdict: 'change' | 'newer' | 'same' | 'failed'
  readonly because: RowFault | null
  readonly detail: string | null
}

/** The rows of a file after a line, in the file's order; of one kind if that is asked. */
export async function findJudgedRows(
  tx: Transaction,
  { sheetId, after, most, verdict }: { sheetId: string; after: number; most: number; verdict?: JudgedRow['verdict'] },
): Promise<JudgedRow[]> {
  const rows = await tx.answerSheetRow.findMany({
    where: { sheetId, line: { gt: after }, verdict: verdict ?? { not: null } },
    orderBy: { line: 'asc' },
    take: most,
    select: {
      line: true,
      externalId: true,
      title: true,
      measure: true,
      outcome: true,
      verdict: true,
      because: true,
      detail: true,
    },
  })
  return z.array(judgedRow).parse(rows)
}

const judgedRow = z.object({
  line: z.number(),
  externalId: z.string().nullable(),
  title: z.string().nullable(),
  measure: z.string().nullable(),
  outcome: z.string().nullable(),
  verdict: z.enum(['change', 'newer', 'same', 'failed']),
  because: z.enum(rowFaults).nullable(),
  detail: z.string().nullable(),
})

/** The last time that answers of a notice changed after a line of its ledger: by which side, and when. */
export async function findNewerAnswer(
  tx: Transaction,
  { noticeId, basedOn }: { noticeId: string; basedOn: number },
): Promise<{ readonly name: string | null; readonly at: Date } | null> {
  const [row] = await tx.$queryRaw<{ name: string | null; at: Date }[]>`
    select p.facts->>'name' as name, e.at from notice_event e left join event_person p using (notice_id, sequence)
    where e.notice_id = ${noticeId}::uuid and e.sequence = answered_at(${noticeId}::uuid) and e.sequence > ${basedOn}`
  return row ?? null
}
