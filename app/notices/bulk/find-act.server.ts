import type { Member } from '#app/accounts/viewer.server.ts'
import { z } from 'zod'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { nameHere } from '#app/platform/name-here.server.ts'
import { getLocale } from '#app/generated/messages/runtime.js'
import { nameIn } from '#app/ui/language-of.ts'
import {
  actForm,
  actStatuses,
  mostSelected,
  selectionSchema,
  type ActStatus,
  type AskedAct,
  type Selection,
} from './bulk-act.ts'
import { countRows, findSelected, type TablePage } from './find-table.server.ts'
import { selectedRows } from './select-rows.server.ts'
import { rowsPerPage, type TableCursor } from './table-query.ts'
import { tableViewpoint } from './table-viewpoint.server.ts'

/** How many rows of an act stand where. */
export interface RowCounts {
  readonly waiting: number
  readonly done: number
  readonly refused: number
  readonly missing: number
}

/** An act on many notices. */
export interface BulkAct {
  readonly id: string
  readonly organisationId: string
  readonly requestedBy: string
  readonly selection: Selection
  /** Null while the notices are still being chosen. */
  readonly asked: AskedAct | null
  readonly locale: 'en' | 'ja'
  readonly status: ActStatus
  readonly failure: string | null
  readonly total: number
  readonly resultSha256: string | null
  readonly resultBytes: number | null
  readonly createdAt: Date
  readonly queuedAt: Date | null
  readonly finishedAt: Date | null
}

/** A row that was not done, and why. */
export interface UndoneRow {
  readonly reference: string
  readonly status: 'refused' | 'missing'
  readonly because: string | null
  readonly stage: string | null
}

/** The act of this id; null where the asker of the transaction may not see it. */
export async function findActRow(tx: Transaction, actId: string): Promise<BulkAct | null> {
  const row = await tx.bulkAct.findUnique({ where: { id: actId } })
  return row === null ? null : actOf(row)
}

type Row = NonNullable<Awaited<ReturnType<Transaction['bulkAct']['findUnique']>>>

function actOf(row: Row): BulkAct {
  const options = z.record(z.string(), z.unknown()).parse(row.options)
  return {
    id: row.id,
    organisationId: row.organisationId,
    requestedBy: row.requestedBy,
    selection: selectionSchema.parse(row.selection),
    asked: row.act === null ? null : actForm.parse({ ...options, act: row.act }),
    locale: row.locale === 'ja' ? 'ja' : 'en',
    status: z.enum(actStatuses).parse(row.status),
    failure: row.failure,
    total: row.rowsTotal ?? 0,
    resultSha256: row.resultSha256,
    resultBytes: row.resultBytes === null ? null : Number(row.resultBytes),
    createdAt: row.createdAt,
    queuedAt: row.queuedAt,
    finishedAt: row.finishedAt,
  }
}

/** How many rows of an act stand where. */
export async function countActRows(tx: Transaction, actId: string): Promise<RowCounts> {
  const [row] = await tx.$queryRaw<[RowCounts]>`
    select count(*) filter (where status = 'waiting')::int as waiting, count(*) filter (where status = 'done')::int as done,
      count(*) filter (where status = 'refused')::int as refused, count(*) filter (where status = 'missing')::int as missing
    from bulk_row where act_id = ${actId}::uuid`
  return row
}

/** What the page of an act shows. */
export interface ActPage {
  readonly act: BulkAct
  readonly counts: RowCounts
  /** Who asked for it. */
  readonly requester: string | null
  /** While it is being chosen: how many, and a page of them. */
  readonly chosen: (TablePage & { readonly more: boolean }) | null
  /** Once it runs: the first that were not done. */
  readonly undone: readonly UndoneRow[]
  /** To whom notices can be given. */
  readonly people: readonly { readonly id: string; readonly name: string }[]
}

const mostUndone = 100

/** The act of an address with all that its page shows; null unless it is one of the member's organisation. */
export function findAct(
  member: Member,
  { actId, cursor }: { actId: string; cursor: TableCursor },
): Promise<ActPage | null> {
  const from = tableViewpoint(member)
  if (from === null) return Promise.resolve(null)
  const at = now()
  return withPerson(member.personId, async (tx) => {
    const act = await findActRow(tx, actId)
    // A person of two organisations sees the acts of the one for which he or she acts; a choice is its chooser's alone.
    if (act === null || act.organisationId !== member.organisation.id) return null
    if (act.status === 'choosing' && act.requestedBy !== member.personId) return null
    const requester = await tx.person.findUnique({
      where: { id: act.requestedBy },
      select: { name: true, nameOther: true },
    })
    const own = { act, requester: requester === null ? null : readable(requester) }
    if (act.status === 'choosing') {
      const rows = await selectedRows(tx, { from, selection: act.selection, at })
      const matching = await countRows(tx, rows, mostSelected + 1)
      const page = await findSelected(tx, { from, rows, cursor, most: rowsPerPage, at })
      const people = await tx.$queryRaw<{ id: string; name: string }[]>`
        select p.id, ${nameHere('p')} as name from membership b join person p on p.id = b.person_id
        where b.organisation_id = ${act.organisationId}::uuid order by lower(p.name), p.id limit 500`
      const chosen = { at, ...page, matching: Math.min(matching, mostSelected), more: matching > mostSelected }
      return { ...own, chosen, people, undone: [], counts: { waiting: 0, done: 0, refused: 0, missing: 0 } }
    }
    const undone = await tx.$queryRaw<UndoneRow[]>`
      select reference, status, because, stage from bulk_row where act_id = ${actId}::uuid and status in ('refused', 'missing')
      order by status, position limit ${mostUndone}`
    return { ...own, chosen: null, people: [], undone, counts: await countActRows(tx, actId) }
  })
}

function readable({ name, nameOther }: { name: string; nameOther: string | null }): string {
  return nameIn(getLocale() === 'ja' ? 'ja' : 'en', name, nameOther)
}

/** The acts of the organisation, the latest first, each with the name of whoever asked for it. */
export async function findActs({
  personId,
  organisation,
}: Member): Promise<readonly (BulkAct & { requester: string | null })[]> {
  return withPerson(personId, async (tx) => {
    const rows = await tx.bulkAct.findMany({
      where: { organisationId: organisation.id, status: { not: 'choosing' } },
      orderBy: { id: 'desc' },
      take: rowsPerPage,
    })
    const people = await tx.person.findMany({
      where: { id: { in: rows.map(({ requestedBy }) => requestedBy) } },
      select: { id: true, name: true, nameOther: true },
    })
    const names = new Map(people.map((person) => [person.id, readable(person)]))
    return rows.map((row) => ({ ...actOf(row), requester: names.get(row.requestedBy) ?? null }))
  })
}

/** How many notices of an export may not be seen any more by whoever asks for its file. */
export async function countGoneRows({ personId }: Member, actId: string): Promise<number> {
  const [row] = await withPerson(
    personId,
    (tx) => tx.$queryRaw<[{ gone: number }]>`
      select count(*)::int as gone from bulk_row r where r.act_id = ${actId}::uuid and r.status = 'done'
        and not exists (select from notice n where n.id = r.notice_id)`,
  )
  return row.gone
}
