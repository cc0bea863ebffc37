import { describe, expect, test } from 'vitest'
import { setClock } from '#app/platform/clock.server.ts'
import { linkToken } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { testDatabase } from '#test/database.ts'
import { aMember, aNotice, aPair, aSentNotice } from '#test/notices.ts'
import { takeSteps, type StepResults } from './take-steps.server.ts'
import { asBearer, asMember, asSystem } from './taker.server.ts'
import type { Step } from './lifecycle.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const { holder, vendor } = pair
const other = await aPair(db.owner)

type Acting = Parameters<typeof asMember>[0]

function take(member: Acting, step: Step, noticeIds: readonly string[]): Promise<StepResults> {
  return asMember(member, (tx, taker) => takeSteps(tx, { step, noticeIds, taker }))
}

async function rowsOf(noticeId: string) {
  const { rows: events } = await db.owner.query(
    'select e.*, p.facts, p.salt from notice_event e left join event_person p using (notice_id, sequence) where notice_id = $1 order by sequence',
    [noticeId],
  )
  const { rows: duties } = await db.owner.query(
    'select * from mail_duty where notice_id = $1 order by event_sequence, kind',
    [noticeId],
  )
  const { rows: clocks } = await db.owner.query(
    'select *, due_on::text from clock where notice_id = $1 order by kind',
    [noticeId],
  )
  const { rows: columns } = await db.owner.query('select *, acknowledge_by::text from notice where id = $1', [noticeId])
  return { events, duties, clocks, notice: columns[0] }
}

describe('a step', () => {
  test('leaves its line, the person beside it, the columns, the clocks and the mails', async () => {
    setClock(new Date('2026-11-20T18:00:00Z'))
    const notice = await aSentNotice(db.owner, pair)
    setClock(new Date('2026-11-23T18:00:00Z'))
    const results = await take(vendor.member, 'notice.acknowledged', [notice.id])
    setClock(null)
    expect(results).toEqual({
      succeeded: [{ noticeId: notice.id, reference: notice.reference, stage: 'acknowledged', sequence: 3 }],
      failed: [],
    })
    const { events, duties, clocks, notice: row } = await rowsOf(notice.id)
    expect(events.map(({ type, actor, channel, shared }) => [type, actor, channel, shared])).toEqual([
      ['notice.submitted', 'holder', 'portal', true],
      ['message.accepted', 'system', 'system', true],
      ['notice.acknowledged', 'vendor', 'portal', true],
    ])
    expect(events[2].facts).toMatchObject({ name: vendor.person.name, address: vendor.person.email, role: 'owner' })
    expect(JSON.stringify(events.map(({ payload }) => payload))).not.toContain(vendor.person.name)
    expect(events[1].facts).toBeNull()
    expect(duties.map(({ event_sequence, kind, audience }) => [event_sequence, kind, audience])).toEqual([
      [1, 'notice-served', 'vendor'],
      [2, 'notice-sent', 'filer'],
      [3, 'acknowledgement-receipt', 'vendor'],
      [3, 'notice-acknowledged', 'holder'],
    ])
    // Friday in California; Thanksgiving and the day after are free there.
    expect(row).toMatchObject({
      stage: 'acknowledged',
      waiting_on: 'vendor',
      last_sequence: 3,
      acknowledge_by: '2026-12-01',
    })
    expect(row.acknowledge_due_at).toEqual(new Date('2026-12-02T07:59:59Z'))
    expect(row.acknowledged_at).toEqual(events[2].at)
    expect(clocks.map(({ kind, due_on, met_at }) => [kind, due_on, met_at])).toEqual([
      ['acknowledge', '2026-12-01', events[2].at],
      ['decide', '2026-12-22', null],
    ])
    expect(clocks[0].computed).toMatchObject({
      country: 'US',
      region: 'CA',
      because: 'acknowledgement',
      dueOn: '2026-12-01',
    })
    expect(clocks[0].computed.skipped).toContainEqual({ day: '2026-11-26', why: 'holiday', name: 'Thanksgiving Day' })
  })

  test('by the bearer of the mail link counts for the vendor and keeps what he said of himself', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const bearer = { name: 'Kim', role: 'Counsel', networkAddress: '192.0.2.1', confirmed: false }
    const result = await asBearer(linkToken(notice.linkId), bearer, (tx, taker, noticeId) =>
      takeSteps(tx, { step: 'notice.acknowledged', noticeIds: [noticeId], taker }),
    )
    expect(result).toMatchObject({ open: true, value: { succeeded: [{ stage: 'acknowledged' }] } })
    const { events } = await rowsOf(notice.id)
    expect(events[2]).toMatchObject({ actor: 'vendor', channel: 'link' })
    expect(events[2].facts).toEqual({
      address: vendor.contact.address,
      name: 'Kim',
      role: 'Counsel',
      networkAddress: '192.0.2.1',
    })
  })

  test('is refused on a link that became read-only, and decides nothing without the code', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const declare = () =>
      asBearer(linkToken(notice.linkId), { confirmed: false }, (tx, taker, noticeId) =>
        takeSteps(tx, { step: 'decision.declared', noticeIds: [noticeId], taker }),
      )
    await expect(declare()).resolves.toMatchObject({ value: { succeeded: [], failed: [{ because: 'code-needed' }] } })
    await db.owner.query('update notice_link set read_only_at = now() where id = $1', [notice.linkId])
    await expect(declare()).resolves.toEqual({ open: false, because: 'read-only' })
    const { events } = await rowsOf(notice.id)
    expect(events).toHaveLength(2)
  })

  test('that answers before an acknowledgement acknowledges first, with the mails of both', async () => {
    const notice = await aSentNotice(db.owner, pair)
    await expect(take(vendor.member, 'decision.declared', [notice.id])).resolves.toMatchObject({
      succeeded: [{ stage: 'decided', sequence: 4 }],
    })
    const { events, duties, clocks, notice: row } = await rowsOf(notice.id)
    expect(events.map(({ type }) => type).slice(2)).toEqual(['notice.acknowledged', 'decision.declared'])
    expect(events[3].previous).toBe(events[2].hash)
    expect(duties.map(({ kind }) => kind).slice(2)).toEqual([
      'acknowledgement-receipt',
      'notice-acknowledged',
      'decision-declared',
    ])
    expect(row).toMatchObject({
      stage: 'decided',
      acknowledged_at: events[2].at,
      decided_at: events[3].at,
      waiting_on: 'holder',
    })
    expect(clocks.map(({ kind, met_at }) => [kind, met_at !== null])).toEqual([
      ['acknowledge', true],
      ['challenge', false],
      ['decide', true],
    ])
  })

  test('of many notices does what it can and says why not of each of the rest', async () => {
    const [ready, done, queued] = [
      await aSentNotice(db.owner, pair),
      await aSentNotice(db.owner, pair),
      await aNotice(db.owner, pair),
    ]
    const foreign = await aSentNotice(db.owner, other)
    const missing = newId()
    await take(vendor.member, 'notice.acknowledged', [done.id])
    const results = await take(vendor.member, 'notice.acknowledged', [
      ready.id,
      done.id,
      queued.id,
      foreign.id,
      missing,
      ready.id,
    ])
    expect(results.succeeded.map(({ noticeId }) => noticeId)).toEqual([ready.id])
    const why = new Map(results.failed.map((each) => [each.noticeId, each]))
    expect(why.get(done.id)).toMatchObject({
      because: 'already-taken',
      stage: 'acknowledged',
      last: { step: 'notice.acknowledged', name: vendor.person.name, at: expect.any(Date) },
    })
    // Not sent yet, another vendor's and none at all look the same.
    for (const id of [queued.id, foreign.id, missing])
      expect(why.get(id)).toEqual({ noticeId: id, because: 'unknown', reference: null, stage: null })
    expect(results.failed).toHaveLength(4)
  })

  test('that fails while it is written leaves nothing', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const prepare = () => Promise.resolve(new Map([[notice.id, { payload: { share: 0.5 } }]]))
    await expect(
      asMember(vendor.member, (tx, taker) =>
        takeSteps(tx, { step: 'notice.acknowledged', noticeIds: [notice.id], taker, prepare }),
      ),
    ).rejects.toThrow('$.payload.share')
    const { events, notice: row } = await rowsOf(notice.id)
    expect(events).toHaveLength(2)
    expect(row.stage).toBe('sent')
  })
})

describe('rights', () => {
  test.each(['editor', 'owner'] as const)('a vendor %s may answer', async (role) => {
    const notice = await aSentNotice(db.owner, pair)
    const member = await aMember(db.owner, vendor.organisation, 'vendor', role)
    await expect(take(member, 'notice.acknowledged', [notice.id])).resolves.toMatchObject({ failed: [] })
  })

  test.each(['approver', 'viewer'] as const)('a vendor %s may not', async (role) => {
    const notice = await aSentNotice(db.owner, pair)
    const member = await aMember(db.owner, vendor.organisation, 'vendor', role)
    await expect(take(member, 'notice.acknowledged', [notice.id])).resolves.toMatchObject({
      succeeded: [],
      failed: [{ because: 'role-too-low', reference: notice.reference, stage: 'sent' }],
    })
  })

  test.each(['approver', 'viewer'] as const)('a %s of the holder may not withdraw', async (role) => {
    const notice = await aSentNotice(db.owner, pair)
    const member = await aMember(db.owner, holder.organisation, 'rights_holder', role)
    await expect(take(member, 'notice.withdrawn', [notice.id])).resolves.toMatchObject({
      failed: [{ because: 'role-too-low' }],
    })
  })

  test('neither side takes the other side’s steps, and nobody but the portal its own', async () => {
    const notice = await aSentNotice(db.owner, pair)
    for (const [member, step] of [
      [holder.member, 'notice.acknowledged'],
      [vendor.member, 'notice.withdrawn'],
      [holder.member, 'message.accepted'],
      [vendor.member, 'message.bounced'],
    ] as const)
      await expect(take(member, step, [notice.id])).resolves.toMatchObject({
        succeeded: [],
        failed: [{ because: 'not-yours' }],
      })
  })

  test('a person of both sides acts only for the organisation chosen', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const both = { ...holder.member, organisation: other.holder.member.organisation }
    await expect(take(both, 'notice.withdrawn', [notice.id])).resolves.toMatchObject({
      failed: [{ because: 'not-yours' }],
    })
  })
})

describe('at the same time', () => {
  test('eight acknowledge: one does, seven learn who and when', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const results = await Promise.all(
      Array.from({ length: 8 }, () => take(vendor.member, 'notice.acknowledged', [notice.id])),
    )
    expect(results.filter(({ succeeded }) => succeeded.length === 1)).toHaveLength(1)
    const failed = results.flatMap((result) => result.failed)
    expect(failed).toHaveLength(7)
    for (const each of failed)
      expect(each).toMatchObject({
        because: 'already-taken',
        last: { step: 'notice.acknowledged', name: vendor.person.name },
      })
    const { events, duties } = await rowsOf(notice.id)
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3])
    expect(duties.filter(({ kind }) => kind === 'notice-acknowledged')).toHaveLength(1)
  })

  test('one acknowledges and one withdraws: both orders end withdrawn, and the ledger says what happened', async () => {
    for (let round = 0; round < 6; round += 1) {
      const notice = await aSentNotice(db.owner, pair)
      const acts = [
        () => take(vendor.member, 'notice.acknowledged', [notice.id]),
        () => take(holder.member, 'notice.withdrawn', [notice.id]),
      ]
      const [first, second] = round % 2 === 0 ? acts : acts.toReversed()
      await Promise.all([first?.(), second?.()])
      const { events, notice: row } = await rowsOf(notice.id)
      const types = events.map(({ type }) => type).slice(2)
      expect([['notice.withdrawn'], ['notice.acknowledged', 'notice.withdrawn']]).toContainEqual(types)
      expect(row).toMatchObject({ stage: 'withdrawn', last_sequence: events.length })
      expect(row.acknowledged_at === null).toBe(types.length === 1)
    }
  })

  test('many lock the same notices in any order without waiting in a circle', async () => {
    const notices = await Promise.all(Array.from({ length: 6 }, () => aSentNotice(db.owner, pair)))
    const ids = notices.map(({ id }) => id)
    const orders = [ids, ids.toReversed(), [...ids.slice(3), ...ids.slice(0, 3)]]
    const results = await Promise.all(orders.map((order) => take(vendor.member, 'notice.acknowledged', order)))
    expect(results.flatMap(({ succeeded }) => succeeded)).toHaveLength(6)
    expect(results.flatMap(({ failed }) => failed)).toHaveLength(12)
  })
})

test('the portal’s own steps have no person and need no rights', async () => {
  const notice = await aSentNotice(db.owner, pair)
  await asSystem((tx, taker) => takeSteps(tx, { step: 'message.delivered', noticeIds: [notice.id], taker }))
  const { events, notice: row } = await rowsOf(notice.id)
  expect(row).toMatchObject({ stage: 'delivered', delivered_at: events[2].at })
  expect(events[2].payload).toEqual({ stage: 'delivered' })
})
