import { afterEach, describe, expect, test } from 'vitest'
import { setClock } from '#app/platform/clock.server.ts'
import { linkToken, withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { testDatabase } from '#test/database.ts'
import { aMember, aPair, aSentNotice } from '#test/notices.ts'
import { answerQuestion } from './answer-question.server.ts'
import { askQuestion } from './ask-question.server.ts'
import { closeQuestion } from './close-question.server.ts'
import { declareDecision } from './declare-decision.server.ts'
import { findQuestion } from './find-question.server.ts'
import { findQuestions } from './find-questions.server.ts'
import type { Cursor } from './notice-query.ts'
import type { AskedWorks } from './questions.ts'
import { recordOutcomes } from './record-outcomes.server.ts'
import { asBearer, asMember } from './taker.server.ts'
import { verifyLedger } from './verify-ledger.server.ts'
import { withdrawNotice } from './withdraw-notice.server.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const { holder, vendor } = pair
afterEach(() => setClock(null))

const all: AskedWorks = { kind: 'all' }

function ask(
  noticeId: string,
  { works = all, text = 'Which films are meant?', id = newId(), member = vendor.member } = {},
) {
  return asMember(member, (tx, taker) =>
    askQuestion(tx, { taker, noticeId, questionId: id, kind: 'works', works, text }),
  )
}

function answer(noticeId: string, number: number, { text = 'All of them.', member = holder.member } = {}) {
  return asMember(member, (tx, taker) => answerQuestion(tx, { taker, noticeId, number, text }))
}

function close(noticeId: string, number: number) {
  return asMember(vendor.member, (tx, taker) => closeQuestion(tx, { taker, noticeId, number }))
}

async function noticeOf(id: string) {
  const { rows } = await db.owner.query(
    `select n.stage, n.waiting_on, n.last_sequence, n.decide_by::text, c.paused_at, c.days_left, c.due_on::text
     from notice n left join clock c on c.notice_id = n.id and c.kind = 'decide' where n.id = $1`,
    [id],
  )
  return rows[0]
}

async function dutiesOf(noticeId: string, sequence: number) {
  const { rows } = await db.owner.query(
    'select kind, audience, not_before from mail_duty where notice_id = $1 and event_sequence = $2 order by not_before, kind',
    [noticeId, sequence],
  )
  return rows
}

async function ledgerOf(noticeId: string) {
  const { rows } = await db.owner.query(
    'select e.*, p.facts from notice_event e left join event_person p using (notice_id, sequence) where notice_id = $1 order by sequence',
    [noticeId],
  )
  return rows
}

describe('a question', () => {
  test('acknowledges first, pauses the time to decide, and tells the holder at once and twice more', async () => {
    // Monday morning in California; the notice was served the Monday before.
    setClock(new Date('2026-11-02T18:00:00Z'))
    const notice = await aSentNotice(db.owner, pair)
    setClock(new Date('2026-11-09T18:00:00Z'))
    await expect(ask(notice.id)).resolves.toMatchObject({
      accepted: true,
      succeeded: [{ stage: 'clarification_needed', sequence: 4 }],
    })
    expect(await noticeOf(notice.id)).toMatchObject({
      stage: 'clarification_needed',
      waiting_on: 'holder',
      paused_at: expect.any(Date),
      days_left: 15,
    })
    const ledger = await ledgerOf(notice.id)
    expect(ledger.slice(2).map(({ type }) => type)).toEqual(['notice.acknowledged', 'clarification.requested'])
    expect(ledger[3].payload).toMatchObject({ question: 1, kind: 'works', works: 3 })
    expect(JSON.stringify(ledger[3].payload)).not.toContain('Which films')
    expect(ledger[3].facts).toMatchObject({ text: 'Which films are meant?', name: vendor.person.name })
    expect(await dutiesOf(notice.id, 4)).toEqual([
      { kind: 'question-asked', audience: 'holder', not_before: ledger[3].at },
      // The holder lives in Tokyo, where it was the 10th.
      { kind: 'question-reminder', audience: 'holder', not_before: new Date('2026-11-13T00:00:00Z') },
      { kind: 'question-last-reminder', audience: 'holder', not_before: new Date('2026-11-17T00:00:00Z') },
    ])
  })

  test('on chosen works and on those that words find keeps their list; none or too many are refused', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const [one = ''] = notice.catalogue.workIds
    await ask(notice.id, { works: { kind: 'chosen', workIds: [one, newId()] } })
    await ask(notice.id, { works: { kind: 'found', text: 'WORK' } })
    const { rows } = await db.owner.query(
      `select q.number, q.works_kind, q.works_count, count(w.*)::int as listed from question q
       left join question_work w on w.question_id = q.id where q.notice_id = $1 group by q.id order by q.number`,
      [notice.id],
    )
    expect(rows).toEqual([
      { number: 1, works_kind: 'listed', works_count: 1, listed: 1 },
      { number: 2, works_kind: 'listed', works_count: 3, listed: 3 },
    ])
    const before = await noticeOf(notice.id)
    await expect(ask(notice.id, { works: { kind: 'found', text: 'nowhere' } })).resolves.toEqual({
      accepted: false,
      because: 'no-works',
    })
    await expect(ask(notice.id, { works: { kind: 'chosen', workIds: [newId()] } })).resolves.toMatchObject({
      accepted: false,
    })
    expect(await noticeOf(notice.id)).toEqual(before)
    const [event] = (await ledgerOf(notice.id)).slice(-1)
    expect(event.payload.digest).toMatch(/^[0-9a-f]{64}$/)
  })

  test('about many works shows them all, page by page, forwards and back', async () => {
    const notice = await aSentNotice(db.owner, pair, { works: 120 })
    await ask(notice.id, { works: { kind: 'found', text: 'WORK' } })
    const at = async (cursor: Cursor) => {
      const page = await findQuestion(holder.member, { reference: notice.reference, number: 1, cursor })
      if (page === null) throw new Error('there is no such question')
      return { ids: page.works.map(({ workId }) => workId), previous: page.previous, next: page.next }
    }
    const first = await at(null)
    const second = await at(first.next)
    const third = await at(second.next)
    expect([...first.ids, ...second.ids, ...third.ids]).toEqual([...notice.catalogue.workIds].toSorted())
    expect([first.previous, third.next]).toEqual([null, null])
    expect(await at(third.previous)).toEqual(second)
    expect(await at(second.previous)).toEqual({ ...first, next: { after: first.ids.at(-1) } })
  })

  test('sent twice is asked once; one that was changed meanwhile is another', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const id = newId()
    await ask(notice.id, { id })
    await expect(ask(notice.id, { id })).resolves.toMatchObject({ succeeded: [{ sequence: null }] })
    await ask(notice.id, { id, text: 'And which characters?' })
    const { rows } = await db.owner.query('select number from question where notice_id = $1 order by 1', [notice.id])
    expect(rows).toEqual([{ number: 1 }, { number: 2 }])
  })

  test('is the vendor’s to ask: its editors, and the bearer of its link without a code', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const viewer = await aMember(db.owner, vendor.organisation, 'vendor', 'viewer')
    await expect(ask(notice.id, { member: viewer })).resolves.toMatchObject({ failed: [{ because: 'role-too-low' }] })
    await expect(ask(notice.id, { member: holder.member })).resolves.toMatchObject({
      failed: [{ because: 'not-yours' }],
    })
    const stranger = await aPair(db.owner)
    await expect(ask(notice.id, { member: stranger.vendor.member })).resolves.toMatchObject({
      failed: [{ because: 'unknown' }],
    })
    const asked = await asBearer(linkToken(notice.linkId), { name: 'Kim', confirmed: false }, (tx, taker, noticeId) =>
      askQuestion(tx, { taker, noticeId, questionId: newId(), kind: 'scope', works: all, text: 'What is meant?' }),
    )
    expect(asked).toMatchObject({ open: true, value: { accepted: true, succeeded: [{ sequence: 4 }] } })
  })

  test('asked by the bearer about some works keeps their list too', async () => {
    const notice = await aSentNotice(db.owner, pair)
    await asBearer(linkToken(notice.linkId), { name: 'Kim', confirmed: false }, (tx, taker, noticeId) =>
      askQuestion(tx, {
        taker,
        noticeId,
        questionId: newId(),
        kind: 'identifiers',
        works: { kind: 'found', text: 'work 2' },
        text: 'Which ISAN?',
      }),
    )
    const thread = await withPerson(holder.person.id, (tx) => findQuestions(tx, { noticeId: notice.id }))
    expect(thread).toMatchObject([
      { number: 1, kind: 'identifiers', works: 1, worksKind: 'listed', asked: { name: 'Kim', text: 'Which ISAN?' } },
    ])
  })
})

describe('an answer', () => {
  test('to the last open question lets the clock run on from the next day, and tells the vendor', async () => {
    setClock(new Date('2026-11-02T18:00:00Z'))
    const notice = await aSentNotice(db.owner, pair)
    const { decide_by: before } = await noticeOf(notice.id)
    setClock(new Date('2026-11-09T18:00:00Z'))
    await ask(notice.id)
    const { paused_at: pausedAt } = await noticeOf(notice.id)
    setClock(new Date('2026-11-10T18:00:00Z'))
    await ask(notice.id, { text: 'And whose?' })
    expect(await noticeOf(notice.id)).toMatchObject({ paused_at: pausedAt, days_left: 15 })
    setClock(new Date('2026-11-12T18:00:00Z'))
    await expect(answer(notice.id, 2)).resolves.toMatchObject({
      ended: true,
      succeeded: [{ stage: 'clarification_needed' }],
    })
    expect(await noticeOf(notice.id)).toMatchObject({ stage: 'clarification_needed', decide_by: before })
    setClock(new Date('2026-11-16T18:00:00Z'))
    await expect(answer(notice.id, 1)).resolves.toMatchObject({ ended: true, succeeded: [{ stage: 'in_review' }] })
    // 15 working days after 16 November; Thanksgiving and the day after are free in California.
    expect(await noticeOf(notice.id)).toMatchObject({
      stage: 'in_review',
      waiting_on: 'vendor',
      paused_at: null,
      days_left: null,
      decide_by: '2026-12-09',
      due_on: '2026-12-09',
    })
    const ledger = await ledgerOf(notice.id)
    const last = ledger.at(-1)
    expect(last.payload).toMatchObject({ question: 1, open: 0, stage: 'in_review' })
    expect(last.facts).toMatchObject({ text: 'All of them.' })
    expect(await dutiesOf(notice.id, last.sequence)).toMatchObject([{ kind: 'question-answered', audience: 'vendor' }])
    expect((await verifyLedger({ reference: notice.reference })).broken).toEqual([])
  })

  test('given twice is one answer; the second of two people hears who was faster', async () => {
    const notice = await aSentNotice(db.owner, pair)
    await ask(notice.id)
    const colleague = await aMember(db.owner, holder.organisation, 'rights_holder', 'editor')
    const results = await Promise.all([
      answer(notice.id, 1),
      answer(notice.id, 1, { member: colleague, text: 'Only some.' }),
    ])
    expect(results.filter(({ ended }) => ended)).toHaveLength(1)
    expect(results.find(({ ended }) => !ended)).toMatchObject({ because: 'before', before: { how: 'answered' } })
    const { last_sequence: lines } = await noticeOf(notice.id)
    await answer(notice.id, 1)
    expect(await noticeOf(notice.id)).toMatchObject({ last_sequence: lines })
  })

  test('is the holder’s to give, and to a question that is there', async () => {
    const notice = await aSentNotice(db.owner, pair)
    await ask(notice.id)
    await expect(answer(notice.id, 1, { member: vendor.member })).resolves.toMatchObject({
      failed: [{ because: 'not-yours' }],
    })
    const viewer = await aMember(db.owner, holder.organisation, 'rights_holder', 'viewer')
    await expect(answer(notice.id, 1, { member: viewer })).resolves.toMatchObject({
      failed: [{ because: 'role-too-low' }],
    })
    await expect(answer(notice.id, 7)).resolves.toEqual({ ended: false, because: 'unknown' })
    expect(await noticeOf(notice.id)).toMatchObject({ stage: 'clarification_needed' })
  })
})

describe('a question ends', () => {
  test('when the vendor takes it back, and the holder is told', async () => {
    const notice = await aSentNotice(db.owner, pair)
    await ask(notice.id)
    await expect(close(notice.id, 1)).resolves.toMatchObject({ ended: true, succeeded: [{ stage: 'in_review' }] })
    const [last] = (await ledgerOf(notice.id)).slice(-1)
    expect(await dutiesOf(notice.id, last.sequence)).toMatchObject([{ kind: 'question-closed', audience: 'holder' }])
    await expect(answer(notice.id, 1)).resolves.toMatchObject({ ended: false, before: { how: 'closed' } })
  })

  test.each(['decision', 'answers', 'withdrawal'] as const)('unanswered when a %s overtakes it', async (what) => {
    const notice = await aSentNotice(db.owner, pair)
    await ask(notice.id)
    const noticeIds = [notice.id]
    const unused = { outcome: 'not_used' } as const
    const measures = ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS'] as const
    if (what === 'decision')
      await asMember(vendor.member, (tx, taker) =>
        declareDecision(tx, {
          taker,
          noticeIds,
          rest: { STOP_TRAINING_FUTURE: unused, REMOVE_FROM_DATASETS: unused },
        }),
      )
    if (what === 'answers')
      await asMember(vendor.member, (tx, taker) =>
        recordOutcomes(tx, {
          taker,
          noticeIds,
          settings: [{ measures: [...measures], works: { kind: 'all', clear: true }, answer: unused }],
        }),
      )
    if (what === 'withdrawal')
      await asMember(holder.member, (tx, taker) => withdrawNotice(tx, { taker, noticeIds, reason: 'Settled.' }))
    const { stage, last_sequence: sequence } = await noticeOf(notice.id)
    expect(stage).toBe(what === 'withdrawal' ? 'withdrawn' : 'decided')
    const { rows } = await db.owner.query('select ended_how, ended_sequence from question where notice_id = $1', [
      notice.id,
    ])
    expect(rows).toEqual([{ ended_how: 'overtaken', ended_sequence: sequence }])
    expect((await verifyLedger({ reference: notice.reference })).broken).toEqual([])
  })
})
