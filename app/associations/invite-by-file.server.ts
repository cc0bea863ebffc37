import { Readable } from 'node:stream'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Member } from '#app/accounts/viewer.server.ts'
import { describeFile, type FileFault } from '#app/catalogues/describe-file.server.ts'
import type { CsvRow } from '#app/catalogues/formats/csv.server.ts'
import type { TableForm } from '#app/catalogues/formats/table-form.ts'
import { readTable, type OpenFile } from '#app/catalogues/formats/table.server.ts'
import { WorkbookFaultError } from '#app/catalogues/formats/workbook-fault.ts'
import { now } from '#app/platform/clock.server.ts'
import { cutText } from '#app/ui/cut-text.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { inviteMember, type InviteResult } from './invite-member.server.ts'
import { memberColumns, readMemberRow } from './member-rows.ts'

/** The largest file, in bytes, and the most rows. */
export const maxFileBytes = 2 * 2 ** 20
/** Whoever has more members sends two files. */
export const mostRows = 500

/** The file was taken, or why not. */
export type FileTaken =
  | { readonly taken: true; readonly batchId: string }
  | { readonly taken: false; readonly because: FileFault | 'too-large' | 'too-many' | 'columns' | 'not-an-owner' }

const results = z.array(z.object({ line: z.int(), email: z.string(), name: z.string(), result: z.string() }))

/** What came of each row of a file. */
export type BatchRow = z.output<typeof results>[number] & { readonly result: InviteResult | RowFault | (string & {}) }
type RowFault = 'no-name' | 'address' | 'level' | 'day' | 'unreadable'

/** Invites every member that a file names, row by row: a bad row holds up no other, and each is told of. */
export async function inviteByFile(member: Member, file: File): Promise<FileTaken> {
  if (member.organisation.role !== 'owner') return { taken: false, because: 'not-an-owner' }
  if (file.size > maxFileBytes) return { taken: false, because: 'too-large' }
  const bytes = Buffer.from(await file.arrayBuffer())
  const open = () => Readable.from([bytes])
  const described = await describeFile(open)
  if (!described.readable) return { taken: false, because: described.because }
  const columns = memberColumns(described.headings)
  if (columns === null) return { taken: false, because: 'columns' }
  const data = await dataOf(open, described.form)
  if (!Array.isArray(data)) return { taken: false, because: data.because }
  const today = Temporal.Instant.from(now().toISOString())
    .toZonedDateTimeISO(member.organisation.timeZone)
    .toPlainDate()
    .toString()
  const done: BatchRow[] = []
  for (const row of data) {
    const read = 'cells' in row ? readMemberRow(row.cells, columns, today) : null
    const { email, name } = read ?? { email: '', name: '' }
    const result = read === null ? 'unreadable' : read.good ? await inviteMember(member, read) : read.because
    done.push({ line: row.line, email, name, result })
  }
  return { taken: true, batchId: await keepBatch(member, file.name, done) }
}

// A small archive can hold rows without end: reading stops where they are too many.
async function dataOf(open: OpenFile, form: TableForm): Promise<CsvRow[] | { because: FileFault | 'too-many' }> {
  const rows: CsvRow[] = []
  try {
    for await (const row of readTable(open, form)) {
      rows.push(row)
      if (rows.length > mostRows + 1) return { because: 'too-many' }
    }
  } catch (error) {
    if (!(error instanceof WorkbookFaultError)) throw error
    return { because: error.because }
  }
  return rows.slice(1)
}

async function keepBatch(member: Member, fileName: string, rows: readonly BatchRow[]): Promise<string> {
  const id = newId()
  await withPerson(member.personId, (tx) =>
    tx.mandateBatch.createMany({
      data: [
        {
          id,
          associationId: member.organisation.id,
          madeBy: member.personId,
          madeAt: now(),
          fileName: cutText(fileName, 200),
          results: rows.map((row) => ({ ...row })),
        },
      ],
    }),
  )
  return id
}

/** A file that was taken, with what came of each row. Null when the association has none of this id. */
export function findBatch(
  member: Member,
  batchId: string,
): Promise<{ readonly fileName: string; readonly madeAt: Date; readonly rows: readonly BatchRow[] } | null> {
  return withPerson(member.personId, async (tx) => {
    const found = await tx.mandateBatch.findFirst({
      where: { id: batchId, associationId: member.organisation.id },
      select: { fileName: true, madeAt: true, results: true },
    })
    return found && { fileName: found.fileName, madeAt: found.madeAt, rows: results.parse(found.results) }
  })
}
