import { expect, test } from 'vitest'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { testDatabase } from '#test/database.ts'
import { aPair, aSentNotice } from '#test/notices.ts'
import type { Answer, Setting } from './answers.ts'
import { findNotice } from './find-notice.server.ts'
import { findWorkAnswers } from './find-work-answers.server.ts'
import type { Measure } from './measures.ts'
import { recordOutcomes } from './record-outcomes.server.ts'
import { asMember } from './taker.server.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const measure: Measure = 'STOP_TRAINING_FUTURE'
const refusal: Answer = { outcome: 'refused', code: 'exception_claimed', text: 'Section 30-4 applies.' }

async function answersOf(reference: string, workId: string) {
  const { member } = pair.holder
  const page = await findNotice({ member, reference, query: { view: undefined, cursor: null, earlier: undefined } })
  if (page === null) throw new Error('The holder sees the notice')
  return withPerson(member.personId, (tx) => findWorkAnswers(tx, { notice: page.notice, workId }))
}

test('every answer that a work had stands with who recorded and who replaced it, the newest first', async () => {
  const notice = await aSentNotice(db.owner, pair)
  const [one = '', two = ''] = notice.catalogue.workIds
  const set = (works: Setting['works'], answer: Answer) =>
    asMember(pair.vendor.member, (tx, taker) =>
      recordOutcomes(tx, { taker, noticeIds: [notice.id], settings: [{ measures: [measure], works, answer }] }),
    )
  const before = await answersOf(notice.reference, one)
  expect(before?.answers.filter((each) => each.measure === measure)).toMatchObject([
    { answer: { outcome: 'pending' }, own: false, recorded: null, replaced: null },
  ])
  await set({ kind: 'all', clear: false }, refusal)
  await set({ kind: 'chosen', workIds: [one] }, { outcome: 'accepted_excluded' })

  const own = (await answersOf(notice.reference, one))?.answers.filter((each) => each.measure === measure) ?? []
  expect(own.map(({ answer, replaced }) => [answer.outcome, replaced === null])).toEqual([
    ['accepted_excluded', true],
    ['refused', false],
  ])
  expect(own[0]).toMatchObject({ own: true, recorded: { actor: 'vendor', name: pair.vendor.member.name } })
  expect(own[1]?.replaced?.at).toBe(own[0]?.recorded?.at)

  const other = (await answersOf(notice.reference, two))?.answers.filter((each) => each.measure === measure) ?? []
  expect(other.map(({ answer }) => answer.outcome)).toEqual(['refused'])
  expect(other[0]).toMatchObject({ own: false, recorded: { actor: 'vendor' }, replaced: null })

  await set({ kind: 'chosen', workIds: [one] }, refusal)
  const [now] = (await answersOf(notice.reference, one))?.answers.filter((each) => each.measure === measure) ?? []
  expect(now).toMatchObject({ answer: { outcome: 'refused' }, replaced: null })
  expect(new Date(now?.recorded?.at ?? 0).getTime()).toBeGreaterThan(new Date(own[0]?.recorded?.at ?? 0).getTime())
  expect(await answersOf(notice.reference, newId())).toBeNull()
})
