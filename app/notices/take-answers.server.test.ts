import { describe, expect, test } from 'vitest'
import { testDatabase } from '#test/database.ts'
import { aMember, aPair, aSentNotice } from '#test/notices.ts'
import { previewWithdrawal, withdraw } from './preview-withdrawal.server.ts'
import { takeAnswers, type AnswersTaken } from './take-answers.server.ts'
import { asMember } from './taker.server.ts'
import { withdrawalForm } from './withdrawal.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const { vendor, holder } = pair

type Fields = Record<string, string | readonly string[]>

function formOf(fields: Fields): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) form.append(name, each)
  return form
}

async function send(reference: string, fields: Fields, member = vendor.member) {
  const taken = await takeAnswers(member, reference, formOf(fields))
  if (taken === null || 'unreadable' in taken) throw new Error(`Nothing was taken of ${reference}`)
  return taken
}

function shown(taken: AnswersTaken) {
  if ('recorded' in taken) throw new Error('It was recorded')
  return taken
}

const excluded = { 'd-STOP_TRAINING_FUTURE-outcome': 'accepted_excluded' }
const refused = { 's-outcome': 'refused', 's-code': 'other', 's-text': 'No.' }

describe('answering', () => {
  test('sets, reviews and records what the form carries from page to page', async () => {
    const { reference, catalogue } = await aSentNotice(db.owner, pair, { works: 4 })
    const set = shown(
      await send(reference, { intent: 'set', ...excluded, ...refused, work: catalogue.workIds.slice(0, 2) }),
    )
    expect([set.status, set.view.draft.settings.length, set.view.preview.tally.refused]).toEqual([200, 1, 4])
    const carried = { ...excluded, settings: JSON.stringify(set.view.draft.settings) }
    const removed = shown(await send(reference, { ...carried, intent: 'remove:0' }))
    expect(removed.view.draft.settings).toEqual([])
    const review = shown(await send(reference, { ...carried, intent: 'review' }))
    expect([review.view.reviewing, review.settings.length, review.view.preview.changed]).toEqual([true, 2, 6])
    expect(await send(reference, { ...carried, intent: 'record' })).toEqual({ recorded: 6 })
    expect(await send(reference, { ...carried, intent: 'record' })).toEqual({ recorded: 0 })
  })

  test('names the works that differ, as they would after what is set', async () => {
    const { reference, catalogue } = await aSentNotice(db.owner, pair, { works: 4 })
    const set = shown(await send(reference, { intent: 'set', ...refused, work: catalogue.workIds.slice(1, 3) }))
    const settings = JSON.stringify(set.view.draft.settings)
    const all = { intent: 'set', settings, everything: 'on', 'shown-show': 'differ', 's-outcome': 'not_used' }
    const [, last] = shown(await send(reference, all)).view.draft.settings
    expect(last?.works).toEqual({ kind: 'chosen', workIds: catalogue.workIds.slice(1, 3) })
  })

  test('keeps everything when the holder was faster, and says what happened', async () => {
    const { id, reference } = await aSentNotice(db.owner, pair)
    const withdrawal = withdrawalForm.parse({ intent: 'withdraw', what: 'notice', reason: 'Settled.' })
    await asMember(holder.member, (tx, taker) => withdraw(tx, { taker, noticeId: id, withdrawal }))
    const taken = shown(await send(reference, { ...excluded, intent: 'record' }))
    expect(taken.status).toBe(409)
    expect(taken.view.said).toEqual([expect.stringContaining('Nothing was changed.')])
    expect(taken.view.draft.defaults.STOP_TRAINING_FUTURE?.outcome).toBe('accepted_excluded')
  })

  test('is refused to a viewer, and to others there is no such notice', async () => {
    const { reference } = await aSentNotice(db.owner, pair)
    const viewer = await aMember(db.owner, vendor.organisation, 'vendor', 'viewer')
    const taken = shown(await send(reference, { ...excluded, intent: 'record' }, viewer))
    expect([taken.status, taken.view.said.length]).toEqual([409, 1])
    const other = await aPair(db.owner)
    for (const member of [holder.member, other.vendor.member, other.holder.member])
      expect(await takeAnswers(member, reference, formOf({ ...excluded, intent: 'record' }))).toBeNull()
    expect(await takeAnswers(vendor.member, reference, formOf({ settings: '{' }))).toEqual({ unreadable: true })
  })

  test('asks for something to record, and for a reason', async () => {
    const { reference } = await aSentNotice(db.owner, pair)
    expect(shown(await send(reference, { intent: 'review' }))).toMatchObject({
      status: 400,
      view: { reviewing: false },
    })
    const lacking = shown(await send(reference, { intent: 'review', 'd-STOP_TRAINING_FUTURE-outcome': 'refused' }))
    expect(lacking.view.faults.map(({ id }) => id)).toEqual([
      'd-STOP_TRAINING_FUTURE-code',
      'd-STOP_TRAINING_FUTURE-text',
    ])
  })
})

function works(work: readonly string[]) {
  return withdrawalForm.parse({ intent: 'review', what: 'works', reason: 'Licensed.', work: [...work] })
}

describe('a withdrawal', () => {
  test('is previewed as it is done, and counts works once however many measures they have', async () => {
    const { id, catalogue } = await aSentNotice(db.owner, pair, { works: 3 })
    const [first = '', second = '', third = ''] = catalogue.workIds
    const asked = { noticeId: id, withdrawal: works([first, second]) }
    const effect = { refused: null, gone: 2, left: 1, stage: 'sent' }
    expect(await previewWithdrawal(holder.member, asked)).toEqual(effect)
    expect(await asMember(holder.member, (tx, taker) => withdraw(tx, { taker, ...asked }))).toEqual(effect)
    expect(await previewWithdrawal(holder.member, asked)).toMatchObject({ gone: 0, left: 1 })
    expect(await previewWithdrawal(holder.member, { noticeId: id, withdrawal: works([first, third]) })).toEqual({
      refused: null,
      gone: 1,
      left: 0,
      stage: 'withdrawn',
    })
  })

  test('is refused to the vendor and to a viewer', async () => {
    const { id, catalogue } = await aSentNotice(db.owner, pair)
    const viewer = await aMember(db.owner, holder.organisation, 'rights_holder', 'viewer')
    const asked = { noticeId: id, withdrawal: works(catalogue.workIds.slice(0, 1)) }
    expect(await previewWithdrawal(vendor.member, asked)).toMatchObject({ refused: { because: 'not-yours' } })
    expect(await previewWithdrawal(viewer, asked)).toMatchObject({ refused: { because: 'role-too-low' } })
  })
})
