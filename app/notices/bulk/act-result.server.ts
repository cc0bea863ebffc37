import { csvLine } from '#app/catalogues/cell-text.ts'
import { m } from '#app/generated/messages/messages.js'
import { withPerson } from '#app/platform/db.server.ts'
import { withLocale } from '#app/platform/locale.server.ts'
import { becauseSentence } from './act-words.ts'

const rowsAtOnce = 2_000

interface ResultRow {
  readonly position: number
  readonly reference: string
  readonly status: 'waiting' | 'done' | 'refused' | 'missing'
  readonly because: string | null
  readonly stage: string | null
}

/** What came of every row of an act, as the lines of a CSV file that spreadsheets open right. */
export async function* actResultLines(
  personId: string,
  { actId, locale }: { actId: string; locale: 'en' | 'ja' },
): AsyncGenerator<string> {
  const say = <T>(words: () => T) => withLocale(locale, words)
  yield say(() => `\uFEFF${csvLine([m.notices_list_reference(), m.bulk_result(), m.bulk_because()])}`)
  let after = 0
  for (;;) {
    const from = after
    const rows = await withPerson(
      personId,
      (tx) => tx.$queryRaw<ResultRow[]>`
        select position, reference, status, because, stage from bulk_row
        where act_id = ${actId}::uuid and position > ${from} order by position limit ${rowsAtOnce}`,
    )
    yield say(() => rows.map((row) => csvLine([row.reference, resultWords[row.status](), reasonOf(row)])).join(''))
    after = rows.at(-1)?.position ?? 0
    if (rows.length < rowsAtOnce) return
  }
}

function reasonOf(row: ResultRow): string {
  return row.status === 'refused' || row.status === 'missing' ? becauseSentence(row) : ''
}

const resultWords = {
  waiting: () => m.bulk_result_waiting(),
  done: () => m.bulk_result_done(),
  refused: () => m.bulk_result_refused(),
  missing: () => m.bulk_result_missing(),
} as const satisfies Record<ResultRow['status'], () => string>
