import { afterEach, describe, expect, test } from 'vitest'
import { setClock } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { testDatabase } from '#test/database.ts'
import { aMember, aPair, aSentNotice } from '#test/notices.ts'
import type { Answer, WorksChoice } from './answers.ts'
import { challengeDecision } from './challenge-decision.server.ts'
import type { ChallengedCells } from './challenges.ts'
import { declareDecision } from './declare-decision.server.ts'
import { lapseDecisions } from './lapse-decisions.server.ts'
import type { Measure } from './measures.ts'
import { recordOutcomes } from './record-outcomes.server.ts'
import { asMember } from './taker.server.ts'
import { verifyLedger } from './verify-ledger.server.ts'
import { wordingsOf } from './mail-wordings.server.ts'
import { withdrawWorks } from './withdraw-works.server.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const { holder, vendor } = pair
afterEach(() => setClock(null))

const both: readonly Measure[] = ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS']
const refused = { outcome: 'refused', code: 'other', text: 'No.' } as const
const excluded = { outcome: 'accepted_excluded' } as const
const all: WorksChoice = { kind: 'all', clear: true }
const everything: ChallengedCells = { kind: 'unagreed', measures: both }

function record(noticeId: string, answer: Answer, works: WorksChoice = all, measures: readonly Measure[] = both) {
  return asMember(vendor.member, (tx, taker) =>
    recordOutcomes(tx, { taker, noticeIds: [noticeId], settings: [{ measures: [...measures], works, answer }] }),
  )
}

function challenge(noticeId: string, cells: ChallengedCells = everything, member = holder.member) {
  return asMember(member, (tx, taker) =>
    challengeDecision(tx, { taker, noticeId, cells, reason: 'The rights are reserved.' }),
  )
}

async function noticeOf(id: string) {
  const { rows } = await db.owner.query(
    `select stage, outcome, decided_at, challenge_by::text, decide_by::text, last_sequence,
      (select count(*)::int from outcome_cell c where c.notice_id = n.id) as cells from notice n where id = $1`,
    [id],
  )
  return rows[0]
}

async function lastLine(noticeId: string) {
  const { rows } = await db.owner.query(
    'select e.*, p.facts from notice_event e left join event_person p using (notice_id, sequence) where notice_id = $1 order by sequence desc limit 1',
    [noticeId],
  )
  return rows[0]
}

/** What the last mail about answers leaves to the holder. */
async function leftTo(noticeId: string) {
  const { rows } = await db.owner.query(
    `select event_sequence, kind from mail_duty where notice_id = $1 and kind in ('outcomes-recorded', 'decision-declared')
     order by event_sequence desc limit 1`,
    [noticeId],
  )
  const to = { toAddress: 'a@b.test', personId: null, contactId: null, linkId: null, locale: 'en' } as const
  const other = { facts: null, gathersOn: null, filingId: null, vendorId: null }
  const mail = { id: 'm', dutyId: 'd', noticeId, kind: String(rows[0].kind), audience: 'holder', ...to, ...other }
  const [wording] = await withWorker((tx) =>
    wordingsOf(tx, [{ ...mail, eventSequence: Number(rows[0].event_sequence) }]),
  )
  return wording && 'facts' in wording[1] ? wording[1].facts : null
}

const chosen = (...workIds: string[]) => ({ kind: 'chosen', workIds }) as const

describe('a challenge', () => {
  test('opens what was refused again, gives the vendor its full time anew, and tells it', async () => {
    setClock(new Date('2026-11-02T18:00:00Z'))
    const notice = await aSentNotice(db.owner, pair)
    const [one = ''] = notice.catalogue.workIds
    await record(notice.id, refused)
    await record(notice.id, excluded, chosen(one))
    setClock(new Date('2026-11-12T18:00:00Z'))
    await expect(challenge(notice.id)).resolves.toMatchObject({ accepted: true, succeeded: [{ stage: 'in_review' }] })
    // 20 working days after 12 November; Thanksgiving and the day after are free in California.
    expect(await noticeOf(notice.id)).toMatchObject({
      stage: 'in_review',
      outcome: 'partial',
      decided_at: null,
      decide_by: '2026-12-14',
      cells: 2,
    })
    const line = await lastLine(notice.id)
    expect(line.payload).toMatchObject({
      cells: [
        { measure: 'STOP_TRAINING_FUTURE', cells: 2 },
        { measure: 'REMOVE_FROM_DATASETS', cells: 2 },
      ],
      tally: { pending: 4, accepted_excluded: 2 },
    })
    expect(JSON.stringify(line.payload)).not.toContain('reserved')
    expect(line.facts).toMatchObject({ text: 'The rights are reserved.' })
    const { rows: duties } = await db.owner.query(
      'select kind, audience from mail_duty where notice_id = $1 and event_sequence = $2',
      [notice.id, line.sequence],
    )
    expect(duties).toEqual([{ kind: 'decision-challenged', audience: 'vendor' }])
    expect((await verifyLedger({ reference: notice.reference })).broken).toEqual([])
  })

  test('of chosen works leaves the others; what was answered before stays in the history', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const [one = ''] = notice.catalogue.workIds
    await record(notice.id, refused)
    await challenge(notice.id, { kind: 'chosen', measures: ['STOP_TRAINING_FUTURE'], workIds: [one] })
    const { rows } = await db.owner.query('select work_id, measure, outcome from outcome_cell where notice_id = $1', [
      notice.id,
    ])
    expect(rows).toEqual([{ work_id: one, measure: 'STOP_TRAINING_FUTURE', outcome: 'pending' }])
    const { rows: history } = await db.owner.query(
      'select outcome, text from outcome_cell_history where notice_id = $1 and work_id = $2',
      [notice.id, one],
    )
    expect(history).toEqual([{ outcome: 'refused', text: 'No.' }])
    await record(notice.id, excluded, chosen(one), ['STOP_TRAINING_FUTURE'])
    expect(await noticeOf(notice.id)).toMatchObject({ stage: 'decided', outcome: 'partial' })
  })

  test('is made once, in its time, by the holder’s editors, of a decided notice', async () => {
    setClock(new Date('2026-11-02T18:00:00Z'))
    const notice = await aSentNotice(db.owner, pair)
    await expect(challenge(notice.id)).resolves.toMatchObject({ failed: [{ because: 'not-now' }] })
    await record(notice.id, refused)
    const viewer = await aMember(db.owner, holder.organisation, 'rights_holder', 'viewer')
    await expect(challenge(notice.id, everything, viewer)).resolves.toMatchObject({
      failed: [{ because: 'role-too-low' }],
    })
    await expect(challenge(notice.id, everything, vendor.member)).resolves.toMatchObject({
      failed: [{ because: 'not-yours' }],
    })
    const results = await Promise.all([challenge(notice.id), challenge(notice.id)])
    expect(results.flatMap((each) => (each.accepted ? each.succeeded : []))).toHaveLength(1)
    expect(results.flatMap((each) => (each.accepted ? each.failed : []))).toMatchObject([{ because: 'already-taken' }])
    await record(notice.id, refused)
    await expect(challenge(notice.id)).resolves.toMatchObject({ failed: [{ because: 'already-taken' }] })

    const late = await aSentNotice(db.owner, pair)
    await record(late.id, refused)
    setClock(new Date('2026-12-20T18:00:00Z'))
    await expect(challenge(late.id)).resolves.toMatchObject({ failed: [{ because: 'window-over' }] })
  })

  test('of nothing is none', async () => {
    const notice = await aSentNotice(db.owner, pair)
    await record(notice.id, excluded)
    const before = await noticeOf(notice.id)
    await expect(challenge(notice.id)).resolves.toEqual({ accepted: false, because: 'no-cells' })
    expect(await noticeOf(notice.id)).toEqual(before)
  })

  test('leaves the holder free to withdraw works: of the last open ones it decides the notice', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const [one = ''] = notice.catalogue.workIds
    await record(notice.id, refused)
    await challenge(notice.id, { kind: 'chosen', measures: both, workIds: [one] })
    await expect(
      asMember(holder.member, (tx, taker) =>
        withdrawWorks(tx, {
          taker,
          noticeIds: [notice.id],
          works: { kind: 'chosen', workIds: [one] },
          reason: 'Licensed.',
        }),
      ),
    ).resolves.toMatchObject({ succeeded: [{ stage: 'decided' }] })
    expect((await verifyLedger({ reference: notice.reference })).broken).toEqual([])
  })
})

describe('a correction that makes answers worse', () => {
  test('opens the time to challenge for those answers alone, once the first is over', async () => {
    setClock(new Date('2026-11-02T18:00:00Z'))
    const notice = await aSentNotice(db.owner, pair)
    const [one = '', two = '', three = ''] = notice.catalogue.workIds
    await record(notice.id, refused, chosen(three))
    await record(notice.id, excluded, { kind: 'all', clear: false })
    expect(await leftTo(notice.id)).toMatchObject({
      pending: 0,
      decideBy: null,
      challenge: { of: 'decision', until: '2026-12-03' },
    })
    // The last day of the first window.
    setClock(new Date('2026-12-02T18:00:00Z'))
    await record(notice.id, refused, chosen(one))
    expect(await leftTo(notice.id)).toMatchObject({ challenge: { of: 'worse', until: '2026-12-31' } })
    setClock(new Date('2026-12-10T18:00:00Z'))
    await lapseDecisions()
    expect(await noticeOf(notice.id)).toMatchObject({ stage: 'decided' })
    await expect(challenge(notice.id, { kind: 'chosen', measures: both, workIds: [two, three] })).resolves.toEqual({
      accepted: false,
      because: 'only-worse',
    })
    await expect(challenge(notice.id)).resolves.toMatchObject({ accepted: true, succeeded: [{ stage: 'in_review' }] })
    const { rows } = await db.owner.query(
      'select work_id, outcome from outcome_cell where notice_id = $1 order by outcome, measure',
      [notice.id],
    )
    expect(rows).toEqual([
      { work_id: one, outcome: 'pending' },
      { work_id: one, outcome: 'pending' },
      { work_id: three, outcome: 'refused' },
      { work_id: three, outcome: 'refused' },
    ])
  })

  test('takes nothing from the first time to challenge', async () => {
    setClock(new Date('2026-11-02T18:00:00Z'))
    const notice = await aSentNotice(db.owner, pair)
    const [one = '', two = ''] = notice.catalogue.workIds
    await record(notice.id, refused)
    await record(notice.id, excluded, chosen(one))
    await record(notice.id, refused, chosen(one))
    await expect(challenge(notice.id, { kind: 'chosen', measures: both, workIds: [two] })).resolves.toMatchObject({
      accepted: true,
    })
  })

  test('may be challenged though the decision was, the answer for all included', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const [one = ''] = notice.catalogue.workIds
    await record(notice.id, refused)
    await challenge(notice.id)
    await record(notice.id, excluded)
    expect(await noticeOf(notice.id)).toMatchObject({ stage: 'decided', outcome: 'all' })
    expect(await leftTo(notice.id)).toMatchObject({ challenge: { of: 'nothing' } })
    await record(notice.id, refused, { kind: 'all', clear: false }, ['STOP_TRAINING_FUTURE'])
    expect(await leftTo(notice.id)).toMatchObject({ challenge: { of: 'worse' } })
    await record(notice.id, excluded, chosen(one), ['STOP_TRAINING_FUTURE'])
    await expect(challenge(notice.id)).resolves.toMatchObject({ accepted: true, succeeded: [{ stage: 'in_review' }] })
    expect((await lastLine(notice.id)).payload).toMatchObject({
      cells: [{ measure: 'STOP_TRAINING_FUTURE', cells: 2 }],
      tally: { pending: 2, accepted_excluded: 4 },
    })
    expect((await verifyLedger({ reference: notice.reference })).broken).toEqual([])
  })
})

test('a correction after the end leaves a new notice, and says so', async () => {
  setClock(new Date('2026-11-02T18:00:00Z'))
  const notice = await aSentNotice(db.owner, pair)
  await record(notice.id, excluded)
  setClock(new Date('2026-12-20T18:00:00Z'))
  await lapseDecisions()
  await record(notice.id, refused)
  expect(await noticeOf(notice.id)).toMatchObject({ stage: 'closed', outcome: 'none' })
  expect(await leftTo(notice.id)).toMatchObject({ challenge: { of: 'ended' } })
  await expect(challenge(notice.id)).resolves.toMatchObject({ failed: [{ because: 'not-now' }] })
})

test('what a challenge opened is answered by a declaration like everything that is pending', async () => {
  const notice = await aSentNotice(db.owner, pair)
  const [one = ''] = notice.catalogue.workIds
  await record(notice.id, refused)
  await challenge(notice.id, { kind: 'chosen', measures: ['STOP_TRAINING_FUTURE'], workIds: [one] })
  const declare = (rest: Parameters<typeof declareDecision>[1]['rest']) =>
    asMember(vendor.member, (tx, taker) => declareDecision(tx, { taker, noticeIds: [notice.id], rest }))
  await expect(declare({})).resolves.toMatchObject({ accepted: false, missing: ['STOP_TRAINING_FUTURE'] })
  await expect(declare({ STOP_TRAINING_FUTURE: excluded })).resolves.toMatchObject({
    accepted: true,
    succeeded: [{ stage: 'decided' }],
  })
  expect((await lastLine(notice.id)).payload).toMatchObject({ tally: { refused: 5, accepted_excluded: 1 } })
  expect((await verifyLedger({ reference: notice.reference })).broken).toEqual([])
})
