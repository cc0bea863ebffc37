import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { wake } from '#app/platform/wake.server.ts'
import { mostLetters, mostSelected, type AskedAct } from './bulk-act.ts'
import { findActRow, type BulkAct } from './find-act.server.ts'
import { selectedRows } from './select-rows.server.ts'
import { tableViewpoint } from './table-viewpoint.server.ts'

/** Why an act is not begun. */
export type NotQueued = 'role-too-low' | 'nothing' | 'too-many' | 'too-many-letters' | 'nobody-there' | 'not-now'

/** What came of asking for an act: it waits for the worker, now or since before; or why not. */
export type ActQueued = { readonly queued: true } | { readonly queued: false; readonly because: NotQueued }

/**
 * Begins an act on the notices that were chosen: writes down which they are at this moment, and queues it. Sent twice it is
 * done once.
 */
export async function queueAct(
  member: Member,
  { actId, asked }: { actId: string; asked: AskedAct },
): Promise<ActQueued> {
  const from = tableViewpoint(member)
  const mayAct = mayDo(member.organisation.role, asked.act === 'export' ? 'read' : 'file-notices')
  if (from === null || !mayAct) return { queued: false, because: 'role-too-low' }
  return withPerson(member.personId, async (tx): Promise<ActQueued> => {
    await tx.$queryRaw`select id from bulk_act where id = ${actId}::uuid for update`
    const act = await findActRow(tx, actId)
    if (act?.organisationId !== member.organisation.id || act.requestedBy !== member.personId)
      return { queued: false, because: 'not-now' }
    if (act.status !== 'choosing') return { queued: true }
    if (asked.act === 'assign' && !(await isThere(tx, act, asked.person)))
      return { queued: false, because: 'nobody-there' }
    const at = now()
    const rows = await selectedRows(tx, { from, selection: act.selection, at })
    const most = asked.act === 'export' && asked.format === 'zip' ? mostLetters : mostSelected
    const total = await tx.$executeRaw`
      insert into bulk_row (act_id, position, notice_id, reference)
      select ${actId}::uuid, row_number() over (order by w.id desc), w.id, w.reference
      from (${rows.read({ columns: Prisma.sql`n.id, n.reference` })} limit ${most + 1}) w`
    if (total === 0) return { queued: false, because: 'nothing' }
    if (total > most) throw new TooManyError(most === mostLetters ? 'too-many-letters' : 'too-many')
    const { act: name, ...options } = asked
    await tx.bulkAct.updateMany({
      where: { id: actId },
      data: { act: name, options, locale: member.locale, rowsTotal: total, status: 'queued', queuedAt: at },
    })
    await queueBulkJob(tx, act, at)
    return { queued: true }
  }).catch((error: unknown): ActQueued => {
    // The rows that were written down are undone with the transaction.
    if (error instanceof TooManyError) return { queued: false, because: error.because }
    throw error
  })
}

class TooManyError extends Error {
  override name = 'TooManyError'
  readonly because: 'too-many' | 'too-many-letters'
  constructor(because: 'too-many' | 'too-many-letters') {
    super(`More notices were chosen than one act takes: ${because}`)
    this.because = because
  }
}

async function isThere(tx: Transaction, { organisationId }: BulkAct, person: string): Promise<boolean> {
  return person === 'nobody' || (await tx.membership.count({ where: { organisationId, personId: person } })) === 1
}

async function queueBulkJob(
  tx: Transaction,
  { id, organisationId, requestedBy }: Pick<BulkAct, 'id' | 'organisationId' | 'requestedBy'>,
  at: Date,
): Promise<void> {
  await tx.job.createMany({
    data: [
      {
        id: newId(),
        kind: 'bulk-act',
        subjectId: id,
        organisationId,
        requestedBy,
        status: 'queued',
        runAt: at,
        createdAt: at,
      },
    ],
  })
  await wake(tx, 'job')
}

/** Asks the worker to end an act after the row under way. What was done stays done. */
export async function stopAct({ personId, organisation }: Member, actId: string): Promise<boolean> {
  const { count } = await withPerson(personId, (tx) =>
    tx.bulkAct.updateMany({
      where: { id: actId, organisationId: organisation.id, status: { in: ['queued', 'running'] } },
      data: { status: 'stopping' },
    }),
  )
  return count === 1
}

/** Goes on with an act that an outage ended: with the rows that wait. Sent twice it goes on once. */
export async function tryActAgain({ personId, organisation }: Member, actId: string): Promise<boolean> {
  return withPerson(personId, async (tx) => {
    const at = now()
    const where = {
      id: actId,
      organisationId: organisation.id,
      requestedBy: personId,
      status: 'failed',
      failure: 'outage',
    }
    const { count } = await tx.bulkAct.updateMany({
      where,
      data: { status: 'queued', failure: null, finishedAt: null },
    })
    if (count === 1) await queueBulkJob(tx, { id: actId, organisationId: organisation.id, requestedBy: personId }, at)
    return count === 1
  })
}
