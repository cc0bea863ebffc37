import { afterEach, describe, expect, test } from 'vitest'
import { resolveDuties } from '#app/mail/resolve-duties.server.ts'
import { now, setClock } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { testDatabase } from '#test/database.ts'
import { aPair, aSentNotice } from '#test/notices.ts'
import { answerQuestion } from './answer-question.server.ts'
import { askQuestion } from './ask-question.server.ts'
import { noticeMailHandlers as handlers } from './notice-mail-handlers.server.ts'
import { asMember } from './taker.server.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const { holder, vendor } = pair
afterEach(() => setClock(null))

async function anAskedNotice(): Promise<string> {
  setClock(new Date('2026-11-09T18:00:00Z'))
  const { id: noticeId } = await aSentNotice(db.owner, pair)
  await asMember(vendor.member, (tx, taker) =>
    askQuestion(tx, {
      taker,
      noticeId,
      questionId: newId(),
      kind: 'works',
      works: { kind: 'all' },
      text: 'Which films are meant?',
    }),
  )
  await goTo('2026-11-09T18:01:00Z')
  return noticeId
}

/** Lets the outbox look at what is due at an instant. */
async function goTo(at: string): Promise<void> {
  setClock(new Date(at))
  await withWorker((tx) => resolveDuties(tx, { handlers, at: now(), most: 1000 }))
}

async function remindersOf(noticeId: string): Promise<string[]> {
  const { rows } = await db.owner.query(
    `select kind from outgoing_mail where notice_id = $1 and kind like '%reminder' order by created_at, kind`,
    [noticeId],
  )
  return rows.map(({ kind }) => kind)
}

describe('the holder is reminded of an open question', () => {
  test('on its own third and seventh morning, once each, however often the outbox looks', async () => {
    const noticeId = await anAskedNotice()
    await goTo('2026-11-12T23:59:00Z')
    expect(await remindersOf(noticeId)).toEqual([])
    await goTo('2026-11-13T00:01:00Z')
    await goTo('2026-11-13T00:02:00Z')
    expect(await remindersOf(noticeId)).toEqual(['question-reminder'])
    await goTo('2026-11-17T00:01:00Z')
    await goTo('2026-11-30T00:01:00Z')
    expect(await remindersOf(noticeId)).toEqual(['question-reminder', 'question-last-reminder'])
  })

  test('once and not twice after a week in which no mail went out', async () => {
    const noticeId = await anAskedNotice()
    await goTo('2026-11-19T12:00:00Z')
    expect(await remindersOf(noticeId)).toEqual(['question-last-reminder'])
  })

  test('no more once it is answered', async () => {
    const noticeId = await anAskedNotice()
    await goTo('2026-11-13T00:01:00Z')
    await asMember(holder.member, (tx, taker) =>
      answerQuestion(tx, { taker, noticeId, number: 1, text: 'All of them.' }),
    )
    await goTo('2026-11-17T00:01:00Z')
    expect(await remindersOf(noticeId)).toEqual(['question-reminder'])
  })
})
