import { describe, expect, test } from 'vitest'
import { newId } from '#app/platform/id.ts'
import { testDatabase } from '#test/database.ts'
import { aPair, aSentNotice } from '#test/notices.ts'
import { acknowledgeNotice } from './acknowledge-notice.server.ts'
import { answerQuestion } from './answer-question.server.ts'
import { sendBack } from './send-back.server.ts'
import { startReview } from './start-review.server.ts'
import { asMember } from './taker.server.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const { holder, vendor } = pair

function back(noticeId: string) {
  return asMember(vendor.member, (tx, taker) =>
    sendBack(tx, { taker, noticeId, questionId: newId(), reasons: ['works', 'rights'], text: 'Name the films.' }),
  )
}

async function stageOf(noticeId: string): Promise<string> {
  const { rows } = await db.owner.query('select stage from notice where id = $1', [noticeId])
  return rows[0].stage
}

describe('a notice sent back', () => {
  test('waits for the holder with its reasons, once', async () => {
    const notice = await aSentNotice(db.owner, pair)
    await expect(back(notice.id)).resolves.toMatchObject({
      succeeded: [{ stage: 'clarification_needed', sequence: 4 }],
    })
    const { rows } = await db.owner.query('select payload from notice_event where notice_id = $1 and sequence = 4', [
      notice.id,
    ])
    expect(rows[0].payload).toMatchObject({ kind: 'incomplete', reasons: ['works', 'rights'] })
    const duties = await db.owner.query(
      'select kind from mail_duty where notice_id = $1 and event_sequence = 4 order by not_before',
      [notice.id],
    )
    expect(duties.rows).toEqual([
      { kind: 'notice-sent-back' },
      { kind: 'question-reminder' },
      { kind: 'question-last-reminder' },
    ])
    await asMember(holder.member, (tx, taker) =>
      answerQuestion(tx, { taker, noticeId: notice.id, number: 1, text: 'Here they are.' }),
    )
    expect(await stageOf(notice.id)).toBe('in_review')
    await expect(back(notice.id)).resolves.toMatchObject({ failed: [{ because: 'already-taken' }] })
  })

  test('is no longer possible once the review has begun', async () => {
    const notice = await aSentNotice(db.owner, pair)
    await asMember(vendor.member, (tx, taker) => acknowledgeNotice(tx, { taker, noticeIds: [notice.id] }))
    await asMember(vendor.member, (tx, taker) => startReview(tx, { taker, noticeIds: [notice.id] }))
    await expect(back(notice.id)).resolves.toMatchObject({ failed: [{ because: 'not-now' }] })
  })
})
