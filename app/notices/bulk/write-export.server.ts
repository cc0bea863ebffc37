import { recordAudit } from '#app/accounts/record-audit.server.ts'
import { getLetterPdf } from '#app/notices/get-letter-pdf.server.ts'
import { renderLetterPdf } from '#app/notices/render-letter-pdf.server.ts'
import type { ActingMember } from '#app/notices/taker.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, withWorker, type Transaction } from '#app/platform/db.server.ts'
import { keepObject, type StoredObject } from '#app/platform/objects.server.ts'
import type { ExportFormat } from './bulk-act.ts'
import { exportBytes, type ExportedLetter, type ExportedRow } from './export-file.server.ts'
import type { BulkAct } from './find-act.server.ts'
import { findRowsOf, type TableRow } from './find-table.server.ts'
import { defaultColumns, type ColumnName } from './table-query.ts'
import type { TableViewpoint } from './table-viewpoint.server.ts'

/** So many rows are read, and in memory, at once. */
const rowsAtOnce = 200
const mostBytes = 2 * 2 ** 30

/** The act was stopped: no file is kept. */
class StoppedError extends Error {
  override name = 'StoppedError'
}

/**
 * Writes the file of an export: each row is read with the rights of that moment, and one that may not be seen any more is
 * not in it and says so. The file's hash goes into the organisation's record, and each member learns how many of its
 * notices were taken. Killed and run again it begins anew.
 */
export async function writeExport(member: ActingMember, act: BulkAct): Promise<void> {
  const { asked, locale } = act
  if (asked?.act !== 'export') throw new Error(`The act ${act.id} is no export`)
  await withPerson(member.personId, (tx) =>
    tx.bulkRow.updateMany({ where: { actId: act.id }, data: { status: 'waiting', because: null } }),
  )
  const from = await findViewpoint(member)
  const columns: readonly ColumnName[] = asked.columns ?? defaultColumns
  const rows = exportedRows(member, { act, from, letters: asked.format === 'zip' })
  try {
    const kept = await keepObject(
      exportBytes(asked.format, { rows, columns, locale, timeZone: from.timeZone }),
      mostBytes,
    )
    await finish(member, { act, from, format: asked.format, kept })
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error
  }
}

async function findViewpoint({ organisation }: ActingMember): Promise<TableViewpoint> {
  const { kind, timeZone } = await withWorker((tx) =>
    tx.organisation.findUniqueOrThrow({ where: { id: organisation.id }, select: { kind: true, timeZone: true } }),
  )
  if (kind !== 'association' && kind !== 'rights_holder') throw new Error(`${organisation.id} has no table of notices`)
  return { organisationId: organisation.id, kind, timeZone }
}

type Page = {
  readonly rows: readonly { readonly row: TableRow; readonly position: number }[]
  readonly last: number | null
}

async function* exportedRows(
  member: ActingMember,
  { act, from, letters }: { act: BulkAct; from: TableViewpoint; letters: boolean },
): AsyncGenerator<ExportedRow> {
  let after = 0
  for (;;) {
    const page: Page = await withPerson(member.personId, (tx) => readPage(tx, { act, from, after, letters }))
    for (const { row, position } of page.rows) {
      yield { row, letters: letters ? await lettersOf(member, act.id, { row, position }) : [] }
    }
    if (page.last === null) return
    after = page.last
  }
}

async function readPage(
  tx: Transaction,
  { act, from, after, letters }: { act: BulkAct; from: TableViewpoint; after: number; letters: boolean },
): Promise<Page> {
  const wanted = await tx.$queryRaw<{ position: number; noticeId: string }[]>`
    select r.position, r.notice_id as "noticeId" from bulk_row r join bulk_act a on a.id = r.act_id
    where r.act_id = ${act.id}::uuid and r.position > ${after} and a.status = 'running' order by r.position limit ${rowsAtOnce}`
  if (wanted.length === 0 && after < act.total) throw new StoppedError(`The export ${act.id} was stopped`)
  const found = await findRowsOf(tx, { from, noticeIds: wanted.map(({ noticeId }) => noticeId), at: now() })
  const rowOf = new Map(found.map((row) => [row.id, row]))
  const gone = wanted.filter(({ noticeId }) => !rowOf.has(noticeId)).map(({ position }) => position)
  const there = wanted.filter(({ noticeId }) => rowOf.has(noticeId)).map(({ position }) => position)
  const mark = (positions: number[], data: { status: string; because?: string }) =>
    tx.bulkRow.updateMany({ where: { actId: act.id, position: { in: positions } }, data })
  await mark(gone, { status: 'missing', because: 'missing' })
  if (!letters) await mark(there, { status: 'done' })
  const rows = wanted.flatMap(({ noticeId, position }) => {
    const row = rowOf.get(noticeId)
    return row === undefined ? [] : [{ row, position }]
  })
  return { rows, last: wanted.at(-1)?.position ?? null }
}

// Drawing takes a while: whether the notice may still be seen is asked for each letter by itself.
async function lettersOf(
  { personId }: ActingMember,
  actId: string,
  { row, position }: { row: TableRow; position: number },
): Promise<readonly ExportedLetter[]> {
  const { given, seen } = await withPerson(personId, async (tx) => ({
    given: [
      { locale: 'en', letter: await getLetterPdf(tx, { reference: row.reference, locale: 'en' }) },
      { locale: 'ja', letter: await getLetterPdf(tx, { reference: row.reference, locale: 'ja' }) },
    ] as const,
    seen: (await tx.notice.count({ where: { id: row.id } })) === 1,
  }))
  const settle = (data: { status: string; because?: string }) =>
    withPerson(personId, (tx) => tx.bulkRow.updateMany({ where: { actId, position }, data }))
  const drawn: ExportedLetter[] = []
  for (const { locale, letter } of given) {
    if (letter === null) continue
    const rendered = await renderLetterPdf(letter)
    // Too many wait for the thread that draws: the job comes again, and finds what was drawn.
    if (!rendered.drawn) throw new Error(`The letter of ${row.reference} could not be drawn now`)
    drawn.push({ locale, bytes: rendered.bytes })
  }
  if (drawn.length > 0) await settle({ status: 'done' })
  else await settle(seen ? { status: 'refused', because: 'no-letter' } : { status: 'missing', because: 'missing' })
  return drawn
}

async function finish(
  { personId }: ActingMember,
  { act, from, format, kept }: { act: BulkAct; from: TableViewpoint; format: ExportFormat; kept: StoredObject },
): Promise<void> {
  const at = now()
  const { organisationId } = from
  await withPerson(personId, async (tx) => {
    const { count } = await tx.bulkAct.updateMany({
      where: { id: act.id, status: 'running', resultSha256: null },
      data: { resultSha256: kept.sha256, resultBytes: kept.bytes, status: 'done', finishedAt: at },
    })
    if (count === 0) return
    const done = await tx.bulkRow.count({ where: { actId: act.id, status: 'done' } })
    await recordAudit(tx, {
      organisationId,
      kind: 'notices-exported',
      personId,
      subjectId: act.id,
      facts: { format, notices: done, sha256: kept.sha256 },
    })
    if (from.kind === 'rights_holder') return
    await tx.$executeRaw`
      insert into member_export (act_id, member_id, association_id, format, notices, sha256, exported_at)
      select ${act.id}::uuid, n.holder_organisation_id, ${organisationId}::uuid, ${format}, count(*)::int, ${kept.sha256}, ${at}
      from bulk_row r join notice n on n.id = r.notice_id where r.act_id = ${act.id}::uuid and r.status = 'done' group by 2`
  })
}
