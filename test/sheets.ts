import type { Member } from '#app/accounts/viewer.server.ts'
import { matrixLines, matrixRows, type Read } from '#app/notices/notice-csv.server.ts'
import { matrixWorkbook } from '#app/notices/matrix-sheet.server.ts'
import { findNotice, type NoticeFacts } from '#app/notices/find-notice.server.ts'
import { findJudgedRows, findSheet } from '#app/notices/find-sheet.server.ts'
import { takeSheet } from '#app/notices/take-sheet.server.ts'
import { withPerson } from '#app/platform/db.server.ts'

/** The notice as its vendor sees it now. */
export async function factsOf(member: Member, reference: string): Promise<NoticeFacts> {
  const page = await findNotice({ member, reference, query: { view: undefined, cursor: null, earlier: undefined } })
  if (page === null) throw new Error(`${reference} cannot be seen`)
  return page.notice
}

function readAs(member: Member): Read {
  return (fn) => withPerson(member.personId, fn)
}

/** The answers of a notice as its vendor downloads them, as CSV. */
export async function csvOf(member: Member, reference: string): Promise<string> {
  let text = ''
  for await (const line of matrixLines(readAs(member), await factsOf(member, reference))) text += line
  return text
}

/** The same as a workbook. */
export async function workbookOf(member: Member, reference: string): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of matrixWorkbook(readAs(member), await factsOf(member, reference))) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** The cells of the answers, without headings. */
export async function cellsOf(member: Member, reference: string): Promise<string[][]> {
  const rows: string[][] = []
  for await (const row of matrixRows(readAs(member), await factsOf(member, reference))) rows.push(row)
  return rows
}

/** Sends a file as a member of the vendor. */
export async function sendFile(member: Member, reference: string, bytes: string | Buffer) {
  const notice = await factsOf(member, reference)
  async function* content(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(bytes)
  }
  const sender = { by: 'member', member } as const
  return takeSheet({ sender, notice, locale: 'en', fileName: 'answers.csv', content: content() })
}

/** Sends a file that is taken, and looks at what it would do. */
export async function sentFile(member: Member, reference: string, bytes: string | Buffer) {
  const taken = await sendFile(member, reference, bytes)
  if (!taken.taken) throw new Error(`The file was not taken: ${taken.because}`)
  return { sheetId: taken.sheetId, ...(await judged(member, taken.sheetId)) }
}

/** What a file would do, or did. */
export async function judged(member: Member, sheetId: string) {
  return withPerson(member.personId, async (tx) => ({
    sheet: await findSheet(tx, { sheetId }),
    rows: await findJudgedRows(tx, { sheetId, after: 0, most: 1_000 }),
  }))
}
