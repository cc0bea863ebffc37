import { expect, test } from 'vitest'
import { testDatabase } from '#test/database.ts'
import { aMember, aPair, aSentNotice } from '#test/notices.ts'
import { findDeciding } from './find-deciding.server.ts'
import { previewWithdrawal, withdraw } from './preview-withdrawal.server.ts'
import { recordOutcomes } from './record-outcomes.server.ts'
import { takeDeclaration } from './take-declaration.server.ts'
import { asMember } from './taker.server.ts'
import { withdrawalForm } from './withdrawal.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const { vendor, holder } = pair

const refused = {
  'd-STOP_TRAINING_FUTURE-outcome': 'refused',
  'd-STOP_TRAINING_FUTURE-code': 'other',
  'd-STOP_TRAINING_FUTURE-text': 'No.',
}
const removed = { 'd-REMOVE_FROM_DATASETS-outcome': 'accepted_removed' }

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}

async function send(reference: string, fields: Record<string, string>, member = vendor.member) {
  const taken = await takeDeclaration(member, reference, formOf(fields))
  if (taken === null || 'unreadable' in taken) throw new Error(`Nothing was taken of ${reference}`)
  return taken
}

async function standingOf(id: string) {
  const { rows } = await db.owner.query(
    'select stage, (select array_agg(default_outcome order by position) from notice_measure where notice_id = n.id) as defaults from notice n where id = $1',
    [id],
  )
  return rows[0]
}

function answerOne(noticeId: string, workId: string) {
  return asMember(vendor.member, (tx, taker) =>
    recordOutcomes(tx, {
      taker,
      noticeIds: [noticeId],
      settings: [
        {
          measures: ['STOP_TRAINING_FUTURE'],
          works: { kind: 'chosen', workIds: [workId] },
          answer: { outcome: 'not_used' },
        },
      ],
    }),
  )
}

test('the page counts what is pending for each measure, and the form answers exactly that', async () => {
  const { id, reference, catalogue } = await aSentNotice(db.owner, pair, { works: 4 })
  await answerOne(id, catalogue.workIds[0] ?? '')
  expect(await findDeciding(vendor.member, reference)).toMatchObject({
    closed: null,
    tally: { pending: 7, not_used: 1 },
    pending: [
      { measure: 'STOP_TRAINING_FUTURE', pending: 3 },
      { measure: 'REMOVE_FROM_DATASETS', pending: 4 },
    ],
  })
  expect(await send(reference, { pending: '7', ...refused, ...removed })).toEqual({ declared: true })
  expect(await standingOf(id)).toEqual({ stage: 'decided', defaults: ['refused', 'accepted_removed'] })
  expect(await findDeciding(vendor.member, reference)).toMatchObject({
    closed: 'nothing',
    pending: [],
    tally: { refused: 3, not_used: 1, accepted_removed: 4 },
  })
})

test('what is missing is asked for at its field, with everything typed kept', async () => {
  const { id, reference } = await aSentNotice(db.owner, pair, { works: 2 })
  const taken = await send(reference, { pending: '4', ...refused, 'd-STOP_TRAINING_FUTURE-code': '' })
  expect(taken).toMatchObject({
    status: 400,
    view: {
      typed: { STOP_TRAINING_FUTURE: { outcome: 'refused', code: '', text: 'No.' } },
      faults: [{ id: 'd-STOP_TRAINING_FUTURE-code' }, { id: 'd-REMOVE_FROM_DATASETS-outcome' }],
    },
  })
  expect(await standingOf(id)).toEqual({ stage: 'sent', defaults: ['pending', 'pending'] })
})

test('nobody declares for another number of answers than the page said', async () => {
  const { id, reference, catalogue } = await aSentNotice(db.owner, pair, { works: 3 })
  await answerOne(id, catalogue.workIds[0] ?? '')
  const taken = await send(reference, { pending: '6', ...refused, ...removed })
  expect(taken).toMatchObject({
    status: 409,
    view: { closed: null, said: [expect.stringContaining('5 are pending now')], typed: { REMOVE_FROM_DATASETS: {} } },
  })
  expect(await standingOf(id)).toEqual({ stage: 'in_review', defaults: ['pending', 'pending'] })
})

test('of two people who declare, the second reads who was faster', async () => {
  const { id, reference } = await aSentNotice(db.owner, pair, { works: 2 })
  const colleague = await aMember(db.owner, vendor.organisation, 'vendor', 'editor')
  const taken = await Promise.all([
    send(reference, { pending: '4', ...refused, ...removed }),
    send(reference, { pending: '4', ...removed, 'd-STOP_TRAINING_FUTURE-outcome': 'not_used' }, colleague),
  ])
  expect(taken.filter((each) => 'declared' in each)).toHaveLength(1)
  const [late] = taken.flatMap((each) => ('view' in each ? [each] : []))
  expect(late).toMatchObject({
    status: 409,
    view: { closed: 'nothing', said: [expect.stringContaining('Nothing was changed.')] },
  })
  const { rows } = await db.owner.query(
    "select count(*)::int as count from notice_event where notice_id = $1 and type = 'decision.declared'",
    [id],
  )
  expect(rows).toEqual([{ count: 1 }])
})

test('a notice that was withdrawn meanwhile takes no decision', async () => {
  const { id, reference } = await aSentNotice(db.owner, pair, { works: 2 })
  const withdrawal = withdrawalForm.parse({ intent: 'withdraw', what: 'notice', reason: 'Settled.' })
  expect(await previewWithdrawal(holder.member, { noticeId: id, withdrawal })).toMatchObject({ refused: null })
  await asMember(holder.member, (tx, taker) => withdraw(tx, { taker, noticeId: id, withdrawal }))
  for (const fields of [{ ...refused, ...removed }, {}])
    expect(await send(reference, { pending: '4', ...fields })).toMatchObject({ status: 409, view: { closed: 'stage' } })
  expect(await send(reference, { pending: '4', ...refused, ...removed })).toMatchObject({
    view: { said: [expect.stringContaining('Nothing was changed.')] },
  })
  expect(await standingOf(id)).toMatchObject({ stage: 'withdrawn' })
})

test('a viewer is refused, to others there is no such notice, and a form of nobody’s is not read', async () => {
  const { id, reference } = await aSentNotice(db.owner, pair, { works: 2 })
  const viewer = await aMember(db.owner, vendor.organisation, 'vendor', 'viewer')
  const fields = { pending: '4', ...refused, ...removed }
  expect(await findDeciding(viewer, reference)).toMatchObject({ closed: 'role' })
  expect(await send(reference, fields, viewer)).toMatchObject({ status: 409, view: { closed: 'role' } })
  const other = await aPair(db.owner)
  for (const member of [holder.member, other.vendor.member, other.holder.member]) {
    expect(await findDeciding(member, reference)).toBeNull()
    expect(await takeDeclaration(member, reference, formOf(fields))).toBeNull()
  }
  expect(await takeDeclaration(vendor.member, reference, formOf({ ...refused, ...removed }))).toEqual({
    unreadable: true,
  })
  expect(await standingOf(id)).toEqual({ stage: 'sent', defaults: ['pending', 'pending'] })
})
