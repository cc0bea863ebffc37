import { describe, expect, test } from 'vitest'
import { asSystem, asMember } from './taker.server.ts'
import { testDatabase } from '#test/database.ts'
import { aNotice, aPair, aSentNotice } from '#test/notices.ts'
import { aMember } from '#test/notices.ts'
import { supersedeNotices, supersedeServed } from './supersede-notice.server.ts'
import { takeSteps } from './take-steps.server.ts'
import { verifyLedger } from './verify-ledger.server.ts'
import { withdrawNotice } from './withdraw-notice.server.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const { holder, vendor } = pair

function supersede(noticeIds: readonly string[], successorId: string, member = holder.member) {
  return asMember(member, (tx, taker) => supersedeNotices(tx, { taker, noticeIds, successorId }))
}

async function serve(id: string): Promise<void> {
  await db.owner.query('update notice set begun_at = now() where id = $1', [id])
  await asSystem((tx, taker) => takeSteps(tx, { step: 'message.accepted', noticeIds: [id], taker }))
}

async function stageOf(id: string): Promise<string> {
  const { rows } = await db.owner.query('select stage from notice where id = $1', [id])
  return rows[0].stage
}

async function ordersOf(id: string) {
  const { rows } = await db.owner.query(
    'select successor_id, taken_at is not null as taken from notice_succession where notice_id = $1',
    [id],
  )
  return rows
}

describe('a new notice', () => {
  test('that waits to be sent takes the place of the old one when it is served, once', async () => {
    const old = await aSentNotice(db.owner, pair)
    const successor = await aNotice(db.owner, pair)
    await expect(supersede([old.id], successor.id)).resolves.toMatchObject({ ordered: [old.id] })
    expect(await supersedeServed()).toBe(0)
    expect(await stageOf(old.id)).toBe('sent')
    await serve(successor.id)
    expect(await supersedeServed()).toBe(1)
    expect(await supersedeServed()).toBe(0)
    expect(await stageOf(old.id)).toBe('superseded')
    const { rows } = await db.owner.query(
      'select e.actor, e.payload, d.kind, d.audience from notice_event e join mail_duty d on d.notice_id = e.notice_id and d.event_sequence = e.sequence where e.notice_id = $1 and e.type = $2',
      [old.id, 'notice.superseded'],
    )
    expect(rows).toMatchObject([
      { actor: 'system', payload: { by: successor.reference }, kind: 'notice-superseded', audience: 'vendor' },
    ])
    const { rows: clocks } = await db.owner.query('select met_at from clock where notice_id = $1', [old.id])
    expect(clocks.every(({ met_at }) => met_at !== null)).toBe(true)
    expect((await verifyLedger({ reference: old.reference })).broken).toEqual([])
  })

  test('that is served already takes it at once, by the holder’s act', async () => {
    const old = await aSentNotice(db.owner, pair)
    const successor = await aSentNotice(db.owner, pair)
    await expect(supersede([old.id], successor.id)).resolves.toMatchObject({
      results: { succeeded: [{ stage: 'superseded' }] },
    })
    expect(await ordersOf(old.id)).toEqual([{ successor_id: successor.id, taken: true }])
  })

  test('that is withdrawn before it is sent leaves the old one as it is, for another to follow', async () => {
    const old = await aSentNotice(db.owner, pair)
    const never = await aNotice(db.owner, pair)
    await supersede([old.id], never.id)
    await asMember(holder.member, (tx, taker) =>
      withdrawNotice(tx, { taker, noticeIds: [never.id], reason: 'By mistake' }),
    )
    expect(await supersedeServed()).toBe(0)
    expect(await stageOf(old.id)).toBe('sent')
    const other = await aNotice(db.owner, pair)
    await supersede([old.id], other.id)
    await serve(other.id)
    expect(await supersedeServed()).toBe(1)
  })

  test('passes over notices of other vendors and holders, and such as have ended', async () => {
    const elsewhere = await aPair(db.owner)
    const foreign = await aSentNotice(db.owner, elsewhere)
    const toAnother = await aSentNotice(db.owner, { holder, vendor: elsewhere.vendor })
    const ended = await aSentNotice(db.owner, pair)
    await asMember(holder.member, (tx, taker) =>
      withdrawNotice(tx, { taker, noticeIds: [ended.id], reason: 'Settled' }),
    )
    const successor = await aNotice(db.owner, pair)
    await expect(supersede([foreign.id, toAnother.id, ended.id, successor.id], successor.id)).resolves.toMatchObject({
      ordered: [],
    })
    await expect(supersede([toAnother.id], foreign.id)).resolves.toEqual({ because: 'unknown' })
  })

  test('gives up an order that another act overtook', async () => {
    const old = await aSentNotice(db.owner, pair)
    const successor = await aNotice(db.owner, pair)
    await supersede([old.id], successor.id)
    await asMember(holder.member, (tx, taker) => withdrawNotice(tx, { taker, noticeIds: [old.id], reason: 'Settled' }))
    await serve(successor.id)
    expect(await supersedeServed()).toBe(0)
    expect(await ordersOf(old.id)).toEqual([])
    expect(await stageOf(old.id)).toBe('withdrawn')
  })
})

test('nobody but the holder’s editors orders it, and the vendor sees nothing of an order', async () => {
  const old = await aSentNotice(db.owner, pair)
  const successor = await aSentNotice(db.owner, pair)
  const viewer = await aMember(db.owner, holder.organisation, 'rights_holder', 'viewer')
  await expect(supersede([old.id], successor.id, viewer)).rejects.toThrow(/row-level security/)
  await expect(supersede([old.id], successor.id, vendor.member)).rejects.toThrow(/row-level security/)
  expect(await stageOf(old.id)).toBe('sent')
  const waiting = await aNotice(db.owner, pair)
  await supersede([old.id], waiting.id)
  const seen = await asMember(vendor.member, (tx) => tx.noticeSuccession.findMany({ where: { noticeId: old.id } }))
  expect(seen).toEqual([])
})
