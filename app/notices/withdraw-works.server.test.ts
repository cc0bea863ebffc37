import { describe, expect, test } from 'vitest'
import { testDatabase } from '#test/database.ts'
import { aNotice, aPair, aSentNotice } from '#test/notices.ts'
import { recordOutcomes } from './record-outcomes.server.ts'
import { asMember } from './taker.server.ts'
import { withdrawNotice } from './withdraw-notice.server.ts'
import { withdrawWorks } from './withdraw-works.server.ts'
import type { Measure } from './measures.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const { holder, vendor } = pair
const both: readonly Measure[] = ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS']

function withdraw(noticeId: string, workIds: readonly string[], reason = 'Licensed elsewhere') {
  return asMember(holder.member, (tx, taker) =>
    withdrawWorks(tx, { taker, noticeIds: [noticeId], works: { kind: 'chosen', workIds: [...workIds] }, reason }),
  )
}

function refuse(noticeId: string, workIds: readonly string[]) {
  return asMember(vendor.member, (tx, taker) =>
    recordOutcomes(tx, {
      taker,
      noticeIds: [noticeId],
      settings: [
        {
          measures: both,
          works: { kind: 'chosen', workIds: [...workIds] },
          answer: { outcome: 'refused', code: 'other', text: 'No.' },
        },
      ],
    }),
  )
}

async function ledgerOf(noticeId: string) {
  const { rows } = await db.owner.query(
    'select e.type, e.payload, p.facts from notice_event e left join event_person p using (notice_id, sequence) where notice_id = $1 order by sequence desc',
    [noticeId],
  )
  return rows
}

describe('withdrawing works', () => {
  test('keeps their answers in the history and tells how many are left; the reason stays out of the chain', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const [one = '', two = ''] = notice.catalogue.workIds
    await refuse(notice.id, [one])
    await expect(withdraw(notice.id, [one, two])).resolves.toMatchObject({ succeeded: [{ stage: 'in_review' }] })
    const [event] = await ledgerOf(notice.id)
    expect(event).toMatchObject({
      type: 'works.withdrawn',
      payload: { works: 2, left: 1, tally: { pending: 2, withdrawn: 4 } },
    })
    expect(event.facts.text).toBe('Licensed elsewhere')
    expect(JSON.stringify(event.payload)).not.toContain('Licensed')
    const { rows } = await db.owner.query('select work_id, outcome from outcome_cell_history where notice_id = $1', [
      notice.id,
    ])
    expect(rows).toEqual([
      { work_id: one, outcome: 'refused' },
      { work_id: one, outcome: 'refused' },
    ])
  })

  test('of all that was pending decides the notice; of the last one withdraws it', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const [one = '', two = '', three = ''] = notice.catalogue.workIds
    await refuse(notice.id, [one])
    await expect(withdraw(notice.id, [two, three])).resolves.toMatchObject({ succeeded: [{ stage: 'decided' }] })
    await expect(withdraw(notice.id, [two, three])).resolves.toMatchObject({
      succeeded: [{ stage: 'decided', sequence: null }],
    })
    await expect(withdraw(notice.id, [one])).resolves.toMatchObject({ succeeded: [{ stage: 'withdrawn' }] })
  })

  test('what is withdrawn takes no answer any more, not even with all', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const [one = ''] = notice.catalogue.workIds
    await withdraw(notice.id, [one])
    await refuse(notice.id, [one])
    await asMember(vendor.member, (tx, taker) =>
      recordOutcomes(tx, {
        taker,
        noticeIds: [notice.id],
        settings: [{ measures: both, works: { kind: 'all', clear: true }, answer: { outcome: 'not_used' } }],
      }),
    )
    const { rows } = await db.owner.query('select work_id, outcome from outcome_cell where notice_id = $1', [notice.id])
    expect(rows).toEqual([
      { work_id: one, outcome: 'withdrawn' },
      { work_id: one, outcome: 'withdrawn' },
    ])
    const [event] = await ledgerOf(notice.id)
    expect(event.payload).toMatchObject({ stage: 'decided', outcome: 'all', tally: { not_used: 4, withdrawn: 2 } })
  })
})

const withdrawAll = (noticeId: string) =>
  asMember(holder.member, (tx, taker) =>
    withdrawNotice(tx, { taker, noticeIds: [noticeId], reason: 'Sent by mistake' }),
  )

describe('withdrawing a notice', () => {
  test('before it was sent cancels its mail and tells the vendor nothing', async () => {
    const notice = await aNotice(db.owner, pair)
    await expect(withdrawAll(notice.id)).resolves.toMatchObject({ succeeded: [{ stage: 'withdrawn' }] })
    const { rows } = await db.owner.query('select kind, cancelled_at from mail_duty where notice_id = $1', [notice.id])
    expect(rows).toEqual([{ kind: 'notice-served', cancelled_at: expect.any(Date) }])
  })

  test('after it was sent tells the vendor, and ends every clock', async () => {
    const notice = await aSentNotice(db.owner, pair)
    await withdrawAll(notice.id)
    const { rows } = await db.owner.query(
      'select kind, audience from mail_duty where notice_id = $1 and event_sequence = 3',
      [notice.id],
    )
    expect(rows).toEqual([{ kind: 'notice-withdrawn', audience: 'vendor' }])
    const { rows: clocks } = await db.owner.query('select met_at from clock where notice_id = $1', [notice.id])
    expect(clocks.every(({ met_at }) => met_at !== null)).toBe(true)
    await expect(withdrawAll(notice.id)).resolves.toMatchObject({
      failed: [{ because: 'already-taken', last: { name: holder.person.name } }],
    })
  })

  test('that is refused cancels no mail', async () => {
    const notice = await aNotice(db.owner, pair)
    const stranger = await aPair(db.owner)
    await asMember(stranger.holder.member, (tx, taker) =>
      withdrawNotice(tx, { taker, noticeIds: [notice.id], reason: 'x' }),
    )
    const { rows } = await db.owner.query('select cancelled_at from mail_duty where notice_id = $1', [notice.id])
    expect(rows).toEqual([{ cancelled_at: null }])
  })
})
