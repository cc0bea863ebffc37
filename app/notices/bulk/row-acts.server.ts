import { chaseNotice } from '#app/notices/chase-notice.server.ts'
import type { Taker } from '#app/notices/taker.server.ts'
import { withdrawNotice } from '#app/notices/withdraw-notice.server.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import type { AskedAct, BulkActName } from './bulk-act.ts'

/** What came of an act on one notice. */
export type RowResult =
  | { readonly done: true }
  | { readonly done: false; readonly because: string; readonly stage?: string | null }

/** An act on one notice within its own transaction. */
export interface RowWork<Name extends BulkActName = BulkActName> {
  readonly taker: Extract<Taker, { channel: 'portal' | 'api' }>
  readonly noticeId: string
  readonly asked: Extract<AskedAct, { act: Name }>
}

const done: RowResult = { done: true }

/** What a mandate must grant, and in whose name the transaction runs: gathered mails are written by the worker alone. */
export const rowRules = {
  chase: { needs: 'file', as: 'worker' },
  withdraw: { needs: 'file', as: 'person' },
  note: { needs: 'view', as: 'person' },
  assign: { needs: 'view', as: 'person' },
  tag: { needs: 'view', as: 'person' },
  untag: { needs: 'view', as: 'person' },
} as const satisfies Record<Exclude<BulkActName, 'export'>, { needs: 'view' | 'file'; as: 'person' | 'worker' }>

/** Does an act on one notice. The caller holds the right to it in the same transaction. */
export function actOnRow(tx: Transaction, { asked, ...row }: RowWork): Promise<RowResult> {
  switch (asked.act) {
    case 'chase':
      return chase(tx, { ...row, asked })
    case 'withdraw':
      return withdraw(tx, { ...row, asked })
    case 'note':
      return note(tx, { ...row, asked })
    case 'assign':
      return assign(tx, { ...row, asked })
    case 'tag':
      return tag(tx, { ...row, asked })
    case 'untag':
      return untag(tx, { ...row, asked })
    case 'export':
      throw new Error('An export is written as one file')
    default:
      return asked satisfies never
  }
}

async function chase(tx: Transaction, { taker, noticeId }: RowWork<'chase'>): Promise<RowResult> {
  const result = await chaseNotice(tx, { taker, noticeId })
  return result.chased ? done : { done: false, because: result.because }
}

async function withdraw(tx: Transaction, { taker, noticeId, asked }: RowWork<'withdraw'>): Promise<RowResult> {
  const { failed } = await withdrawNotice(tx, { taker, noticeIds: [noticeId], reason: asked.reason })
  const [refused] = failed
  return refused === undefined ? done : { done: false, because: refused.because, stage: refused.stage }
}

function ownOf({ taker, noticeId }: Pick<RowWork, 'taker' | 'noticeId'>) {
  return { organisationId: taker.organisation.id, noticeId }
}

async function note(tx: Transaction, work: RowWork<'note'>): Promise<RowResult> {
  const written = { text: work.asked.text, writtenBy: work.taker.personId, writtenAt: now() }
  await tx.noticeNote.createMany({ data: [{ id: newId(), ...ownOf(work), ...written }] })
  return done
}

async function assign(tx: Transaction, work: RowWork<'assign'>): Promise<RowResult> {
  const own = ownOf(work)
  const { person } = work.asked
  await tx.noticeAssignment.deleteMany({ where: own })
  if (person === 'nobody') return done
  const members = await tx.membership.count({ where: { organisationId: own.organisationId, personId: person } })
  if (members === 0) return { done: false, because: 'nobody-there' }
  await tx.noticeAssignment.createMany({
    data: [{ ...own, personId: person, assignedBy: work.taker.personId, assignedAt: now() }],
  })
  return done
}

async function tag(tx: Transaction, work: RowWork<'tag'>): Promise<RowResult> {
  const tagged = { tag: work.asked.tag, taggedBy: work.taker.personId, taggedAt: now() }
  await tx.noticeTag.createMany({ data: [{ ...ownOf(work), ...tagged }], skipDuplicates: true })
  return done
}

async function untag(tx: Transaction, work: RowWork<'untag'>): Promise<RowResult> {
  await tx.noticeTag.deleteMany({ where: { ...ownOf(work), tag: work.asked.tag } })
  return done
}
