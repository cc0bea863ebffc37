import { findActingMember } from '#app/notices/acting-member.server.ts'
import type { ActingMember } from '#app/notices/taker.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, withWorker, type Transaction } from '#app/platform/db.server.ts'
import { isUnderWay, type AskedAct } from './bulk-act.ts'
import { findActRow, type BulkAct } from './find-act.server.ts'
import { actOnRow, rowRules, type RowResult } from './row-acts.server.ts'
import { writeExport } from './write-export.server.ts'

/** One try of the job that does an act on many notices. An outage is told when it is the last. */
export type ActTry = { readonly actId: string; readonly isLastTry: boolean }

/** So many rows are in memory at once. */
const rowsAtOnce = 200
/** So many rows are done beside each other: each waits for the disk by itself. */
const besideEachOther = 4
/** So many rows may stumble before an act takes it for an outage. */
const mostStumbles = 20

/**
 * Does an act on the rows that wait for it, each in a transaction of its own, in the name of whoever asked for it and with
 * the rights that he or she has at that moment. Killed and run again it goes on where it was.
 */
export async function runBulkAct({ actId, isLastTry }: ActTry): Promise<void> {
  const act = await withWorker((tx) => findActRow(tx, actId))
  if (act === null || act.asked === null || !isUnderWay(act.status)) return
  await setStatus(actId, { from: 'queued', to: 'running' })
  const member = await findActingMember(act.requestedBy, act.organisationId)
  try {
    if (member === null) await refuseRest(actId)
    else if (act.asked.act === 'export') await writeExport(member, act)
    else await actOnRows(member, act, act.asked)
  } catch (error) {
    if (isLastTry) await failBulkAct(actId)
    throw new Error(`The act ${actId} on many notices was interrupted`, { cause: error })
  }
  await end(actId)
}

async function actOnRows(
  member: ActingMember,
  act: BulkAct,
  asked: Exclude<AskedAct, { act: 'export' }>,
): Promise<void> {
  const troubles: unknown[] = []
  let after = -1
  for (;;) {
    const positions = await waitingAfter(act.id, after)
    after = positions.at(-1) ?? after
    if (positions.length === 0) break
    await Promise.all(
      Array.from({ length: besideEachOther }, async () => {
        for (let position = positions.shift(); position !== undefined; position = positions.shift())
          // A row that stumbles keeps waiting, and does not keep those behind it.
          await actOnOne(member, { actId: act.id, position, asked }).catch((error: unknown) => {
            troubles.push(error)
            if (troubles.length >= mostStumbles) throw error
          })
      }),
    )
  }
  if (troubles.length > 0) throw new AggregateError(troubles, 'Some rows stumbled')
}

function waitingAfter(actId: string, after: number): Promise<number[]> {
  return withWorker(async (tx) => {
    const rows = await tx.$queryRaw<{ position: number }[]>`
      select r.position from bulk_row r join bulk_act a on a.id = r.act_id
      where r.act_id = ${actId}::uuid and r.status = 'waiting' and r.position > ${after} and a.status = 'running'
      order by r.position limit ${rowsAtOnce}`
    return rows.map(({ position }) => position)
  })
}

interface One {
  readonly actId: string
  readonly position: number
  readonly asked: Exclude<AskedAct, { act: 'export' }>
}

async function actOnOne(member: ActingMember, one: One): Promise<void> {
  const { needs, as } = rowRules[one.asked.act]
  const work = async (tx: Transaction): Promise<void> => {
    const noticeId = await takeRow(tx, one)
    if (noticeId === null) return
    const result = await judged(tx, member, { ...one, noticeId, needs })
    await tx.bulkRow.updateMany({
      where: { actId: one.actId, position: one.position },
      data: result.done
        ? { status: 'done' }
        : {
            status: result.because === 'missing' ? 'missing' : 'refused',
            because: result.because,
            stage: result.stage ?? null,
          },
    })
  }
  await (as === 'person' ? withPerson(member.personId, work) : asWorkerFor(member.personId, work))
}

// The rights are asked of the person, though the worker's hand writes.
function asWorkerFor<T>(personId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return withWorker(async (tx) => {
    await tx.$executeRaw`select set_config('caveat.person', ${personId}, true)`
    return work(tx)
  })
}

// Locked until it is done: another process that took the same act up finds it done. Nobody asks for a row of an act that was stopped.
async function takeRow(tx: Transaction, { actId, position }: One): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ noticeId: string }[]>`
    select r.notice_id as "noticeId" from bulk_row r join bulk_act a on a.id = r.act_id
    where r.act_id = ${actId}::uuid and r.position = ${position} and r.status = 'waiting' and a.status = 'running' for update of r`
  return row?.noticeId ?? null
}

async function judged(
  tx: Transaction,
  member: ActingMember,
  { noticeId, needs, asked }: One & { noticeId: string; needs: 'view' | 'file' },
): Promise<RowResult> {
  const organisation = member.organisation.id
  const [row] = await tx.$queryRaw<[{ mayAct: boolean; maySee: boolean }]>`
    select hold_right_on(${noticeId}::uuid, ${organisation}::uuid, ${needs}, '{owner,editor}') as "mayAct",
      hold_right_on(${noticeId}::uuid, ${organisation}::uuid, 'view', '{owner,editor,approver,viewer}') as "maySee"`
  if (!row.maySee) return { done: false, because: 'missing' }
  if (!row.mayAct) return { done: false, because: needs === 'file' ? 'needs-file' : 'role-too-low' }
  const { personId, name, email } = member
  return actOnRow(tx, {
    taker: { channel: 'portal', personId, name, email, organisation: member.organisation },
    noticeId,
    asked,
  })
}

async function setStatus(actId: string, { from, to }: { from: string; to: string }): Promise<void> {
  await withWorker((tx) => tx.bulkAct.updateMany({ where: { id: actId, status: from }, data: { status: to } }))
}

// Whoever asked has left the organisation: nothing more is done in their name, and every row says so.
async function refuseRest(actId: string): Promise<void> {
  await withWorker((tx) =>
    tx.bulkRow.updateMany({ where: { actId, status: 'waiting' }, data: { status: 'refused', because: 'no-member' } }),
  )
}

/** Says that an act was interrupted: whoever asked for it can go on with the rows that wait. */
export async function failBulkAct(actId: string): Promise<void> {
  await withWorker((tx) =>
    tx.bulkAct.updateMany({
      where: { id: actId, status: { in: ['queued', 'running', 'stopping'] } },
      data: { status: 'failed', failure: 'outage', finishedAt: now() },
    }),
  )
}

async function end(actId: string): Promise<void> {
  const at = now()
  await withWorker(async (tx) => {
    await tx.bulkAct.updateMany({
      where: { id: actId, status: 'stopping' },
      data: { status: 'stopped', finishedAt: at },
    })
    await tx.bulkAct.updateMany({ where: { id: actId, status: 'running' }, data: { status: 'done', finishedAt: at } })
  })
}
