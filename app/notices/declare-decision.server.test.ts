import { afterEach, describe, expect, test } from 'vitest'
import { setClock } from '#app/platform/clock.server.ts'
import { testDatabase } from '#test/database.ts'
import { aPair, aSentNotice } from '#test/notices.ts'
import { acceptDecision } from './accept-decision.server.ts'
import { acknowledgeNotice } from './acknowledge-notice.server.ts'
import { challengeDecision } from './challenge-decision.server.ts'
import { declareDecision } from './declare-decision.server.ts'
import { findPending } from './find-pending.server.ts'
import { giveReference } from './give-reference.server.ts'
import { lapseDecisions } from './lapse-decisions.server.ts'
import { recordOutcomes } from './record-outcomes.server.ts'
import { startReview } from './start-review.server.ts'
import { asMember } from './taker.server.ts'
import { vendorReferenceSchema } from './vendor-reference.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const { holder, vendor } = pair
afterEach(() => setClock(null))

const refusal = { outcome: 'refused', code: 'other', text: 'No.' } as const

async function rowOf(noticeId: string) {
  const { rows } = await db.owner.query(
    'select stage, outcome, vendor_reference, closed_at, challenge_by::text, (select array_agg(type order by sequence) from notice_event where notice_id = n.id) as steps from notice n where id = $1',
    [noticeId],
  )
  return rows[0]
}

function declare(noticeIds: readonly string[], rest: Parameters<typeof declareDecision>[1]['rest']) {
  return asMember(vendor.member, (tx, taker) => declareDecision(tx, { taker, noticeIds, rest }))
}

describe('acknowledging', () => {
  test('with a reference keeps it, beside the chain', async () => {
    const notice = await aSentNotice(db.owner, pair)
    await asMember(vendor.member, (tx, taker) =>
      acknowledgeNotice(tx, { taker, noticeIds: [notice.id], reference: 'ACME-7' }),
    )
    await expect(rowOf(notice.id)).resolves.toMatchObject({
      stage: 'acknowledged',
      vendor_reference: 'ACME-7',
      steps: ['notice.submitted', 'message.accepted', 'notice.acknowledged', 'reference.given'],
    })
    const { rows } = await db.owner.query('select payload from notice_event where notice_id = $1', [notice.id])
    expect(JSON.stringify(rows)).not.toContain('ACME-7')
  })

  test('twice says that it is done, and a refused one leaves no reference', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const acknowledge = (reference: string) =>
      asMember(vendor.member, (tx, taker) => acknowledgeNotice(tx, { taker, noticeIds: [notice.id], reference }))
    await acknowledge('ACME-8')
    await expect(acknowledge('ACME-9')).resolves.toMatchObject({
      succeeded: [],
      failed: [{ because: 'already-taken' }],
    })
    await expect(rowOf(notice.id)).resolves.toMatchObject({ vendor_reference: 'ACME-8' })
  })

  test('the same reference again leaves no line, another replaces it', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const give = (reference: string) =>
      asMember(vendor.member, (tx, taker) => giveReference(tx, { taker, noticeIds: [notice.id], reference }))
    await expect(give('A')).resolves.toMatchObject({ failed: [{ because: 'not-now' }] })
    await asMember(vendor.member, (tx, taker) => acknowledgeNotice(tx, { taker, noticeIds: [notice.id] }))
    await give('A')
    await expect(give('A')).resolves.toMatchObject({ succeeded: [{ sequence: null }] })
    await give('B')
    const row = await rowOf(notice.id)
    expect(row.vendor_reference).toBe('B')
    expect(row.steps.filter((step: string) => step === 'reference.given')).toHaveLength(2)
  })

  test.each([
    ['  ACME\n 7 ', 'ACME 7'],
    ['', undefined],
    ['   ', undefined],
    ['x'.repeat(101), undefined],
  ])('%j is read as %j', (typed, read) => {
    expect(vendorReferenceSchema.safeParse(typed).data).toBe(read)
  })

  test('a review starts after it, once', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const start = () => asMember(vendor.member, (tx, taker) => startReview(tx, { taker, noticeIds: [notice.id] }))
    await expect(start()).resolves.toMatchObject({
      failed: [{ because: 'not-now', last: { step: 'message.accepted' } }],
    })
    await asMember(vendor.member, (tx, taker) => acknowledgeNotice(tx, { taker, noticeIds: [notice.id] }))
    await expect(start()).resolves.toMatchObject({ succeeded: [{ stage: 'in_review' }] })
    await expect(start()).resolves.toMatchObject({
      failed: [{ because: 'already-taken', last: { name: vendor.person.name } }],
    })
  })
})

describe('declaring a decision', () => {
  test('gives what is pending the stated answer and leaves the rest', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const [one = ''] = notice.catalogue.workIds
    await asMember(vendor.member, (tx, taker) =>
      recordOutcomes(tx, {
        taker,
        noticeIds: [notice.id],
        settings: [
          {
            measures: ['STOP_TRAINING_FUTURE'],
            works: { kind: 'chosen', workIds: [one] },
            answer: { outcome: 'not_used' },
          },
          { measures: ['REMOVE_FROM_DATASETS'], works: { kind: 'all', clear: false }, answer: { outcome: 'not_used' } },
        ],
      }),
    )
    await expect(declare([notice.id], {})).resolves.toEqual({
      accepted: false,
      faults: [],
      missing: ['STOP_TRAINING_FUTURE'],
    })
    await expect(declare([notice.id], { STOP_TRAINING_FUTURE: { outcome: 'agreed' } })).resolves.toMatchObject({
      faults: [{ field: 'outcome' }],
    })
    await expect(rowOf(notice.id)).resolves.toMatchObject({ stage: 'in_review' })

    await expect(declare([notice.id], { STOP_TRAINING_FUTURE: refusal })).resolves.toMatchObject({
      accepted: true,
      succeeded: [{ stage: 'decided' }],
    })
    await expect(rowOf(notice.id)).resolves.toMatchObject({ stage: 'decided', outcome: 'partial' })
    const { rows } = await db.owner.query(
      'select measure, default_outcome from notice_measure where notice_id = $1 order by position',
      [notice.id],
    )
    expect(rows.map(({ default_outcome }) => default_outcome)).toEqual(['refused', 'not_used'])
    const { rows: cells } = await db.owner.query('select outcome from outcome_cell where notice_id = $1', [notice.id])
    expect(cells).toEqual([{ outcome: 'not_used' }])
  })

  test('from nothing answers all, and is not done twice', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const rest = { STOP_TRAINING_FUTURE: refusal, REMOVE_FROM_DATASETS: refusal }
    await declare([notice.id], rest)
    await expect(rowOf(notice.id)).resolves.toMatchObject({ stage: 'decided', outcome: 'none' })
    await expect(declare([notice.id], rest)).resolves.toMatchObject({
      accepted: true,
      failed: [{ because: 'already-taken' }],
    })
  })
})

describe('after the decision', () => {
  const rest = { STOP_TRAINING_FUTURE: refusal, REMOVE_FROM_DATASETS: refusal }

  test('twice around a challenge: what the challenge opened is answered by the second', async () => {
    const notice = await aSentNotice(db.owner, pair)
    await declare([notice.id], rest)
    const challenging = Promise.withResolvers<void>()
    const mayEnd = Promise.withResolvers<void>()
    const cells = { kind: 'unagreed', measures: ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS'] } as const
    const challenge = asMember(holder.member, async (tx, taker) => {
      const challenged = await challengeDecision(tx, { taker, noticeId: notice.id, cells, reason: 'Look again' })
      challenging.resolve()
      await mayEnd.promise
      return challenged
    })
    await challenging.promise
    const again = declare([notice.id], rest)
    // The challenge ends only when the second declaration waits for it.
    for (let waiting = 0; waiting === 0;) {
      const { rows } = await db.owner.query(
        `select count(*)::int as waiting from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`,
      )
      waiting = rows[0].waiting
    }
    mayEnd.resolve()
    await expect(challenge).resolves.toMatchObject({ accepted: true, succeeded: [{ stage: 'in_review' }] })
    await expect(again).resolves.toMatchObject({ accepted: true, succeeded: [{ stage: 'decided' }] })
    expect(await asMember(vendor.member, (tx) => findPending(tx, [notice.id]))).toEqual([])
  })

  test('the holder accepts it, which closes the notice', async () => {
    const notice = await aSentNotice(db.owner, pair)
    await declare([notice.id], rest)
    await expect(
      asMember(holder.member, (tx, taker) => acceptDecision(tx, { taker, noticeIds: [notice.id] })),
    ).resolves.toMatchObject({
      succeeded: [{ stage: 'closed' }],
    })
    const { rows } = await db.owner.query("select met_at from clock where notice_id = $1 and kind = 'challenge'", [
      notice.id,
    ])
    expect(rows).toEqual([{ met_at: expect.any(Date) }])
  })

  test('it closes by itself when the challenge window is over, and not a second before', async () => {
    setClock(new Date('2026-03-02T18:00:00Z'))
    const notice = await aSentNotice(db.owner, pair)
    const other = await aSentNotice(db.owner, pair)
    await declare([notice.id], rest)
    // 20 working days of California, César Chávez Day is one day more.
    await expect(rowOf(notice.id)).resolves.toMatchObject({ challenge_by: '2026-03-30' })
    setClock(new Date('2026-03-31T06:59:58Z'))
    await expect(lapseDecisions()).resolves.toBe(0)
    setClock(new Date('2026-03-31T07:00:00Z'))
    await expect(lapseDecisions()).resolves.toBe(1)
    await expect(lapseDecisions()).resolves.toBe(0)
    await expect(rowOf(notice.id)).resolves.toMatchObject({ stage: 'closed', closed_at: expect.any(Date) })
    await expect(rowOf(other.id)).resolves.toMatchObject({ stage: 'sent' })
  })
})
