import { expect, test } from 'vitest'
import { setClock } from '#app/platform/clock.server.ts'
import { testDatabase } from '#test/database.ts'
import { aNotice, aPair, aSentNotice } from '#test/notices.ts'
import { acknowledgeNotice } from './acknowledge-notice.server.ts'
import { declareDecision } from './declare-decision.server.ts'
import { findHome } from './find-home.server.ts'
import { takeSteps } from './take-steps.server.ts'
import { asMember, asSystem } from './taker.server.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const other = await aPair(db.owner)
const { holder, vendor } = pair

test('a new holder has nothing to do', async () => {
  const home = await findHome(other.holder.member)
  expect(home).toMatchObject({ total: 0, drafts: 0, bounced: [], stages: [], recent: [], waiting: [] })
})

test('a holder finds what waits, where everything stands and what was answered', async () => {
  setClock(new Date('2026-11-02T18:00:00Z'))
  const queued = await aNotice(db.owner, pair)
  await aSentNotice(db.owner, pair)
  const bounced = await aSentNotice(db.owner, pair)
  const decided = await aSentNotice(db.owner, pair, { measures: ['STOP_TRAINING_FUTURE'] })
  await asSystem((tx, taker) =>
    takeSteps(tx, {
      step: 'message.bounced',
      noticeIds: [bounced.id],
      taker,
      prepare: async () => new Map([[bounced.id, { unreached: true }]]),
    }),
  )
  await asMember(vendor.member, (tx, taker) =>
    acknowledgeNotice(tx, { taker, noticeIds: [decided.id], reference: 'NL-9' }),
  )
  const rest = { STOP_TRAINING_FUTURE: { outcome: 'accepted_excluded' } } as const
  await asMember(vendor.member, (tx, taker) => declareDecision(tx, { taker, noticeIds: [decided.id], rest }))
  setClock(new Date('2026-11-20T18:00:00Z'))
  const home = await findHome(holder.member)
  setClock(null)

  expect(home.bounced).toEqual([expect.objectContaining({ vendorId: vendor.id, count: 1, works: 3 })])
  expect(home.unacknowledged).toEqual([expect.objectContaining({ vendorId: vendor.id, count: 1, since: '2026-11-09' })])
  expect(home.undecided).toEqual([])
  expect(home.decided).toMatchObject({ count: 1, firstLapse: expect.stringMatching(/^2026-12-/) })
  expect(home.waiting).toEqual([expect.objectContaining({ notices: 1, sendAt: expect.any(String) })])
  expect(queued.id).toBeTruthy()
  expect(home).toMatchObject({ total: 4, vendors: 1 })
  expect(
    Object.fromEntries(home.stages.map(({ stage, count, overdue, bounced: back }) => [stage, [count, overdue, back]])),
  ).toEqual({
    queued: [1, 0, 0],
    sent: [2, 2, 1],
    decided: [1, 0, 0],
  })
  expect(home.recent).toEqual([
    expect.objectContaining({ reference: decided.reference, stage: 'decided', vendorReference: 'NL-9' }),
  ])
})
