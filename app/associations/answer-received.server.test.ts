import { afterEach, expect, test } from 'vitest'
import { openOutbox } from '#app/mail/run-outbox.server.ts'
import { noticeMailHandlers } from '#app/notices/notice-mail-handlers.server.ts'
import { setClock } from '#app/platform/clock.server.ts'
import type { MailTransport } from '#app/platform/smtp.server.ts'
import { aHolder, insert } from '#test/builders.ts'
import { aCollective, type Collective } from '#test/collective.ts'
import { collectiveReader } from '#test/collective-reader.ts'
import { testDatabase } from '#test/database.ts'
import { memberOf } from '#test/members.ts'
import { aSentNotice } from '#test/notices.ts'
import { acknowledgeReceived, answerReceived } from './answer-received.server.ts'
import { withCollectives } from './collective-mail-handlers.server.ts'
import { endAnnexReviews } from './end-annex-reviews.server.ts'
import { findReceived, findReceivedFiling } from './find-received.server.ts'

const { owner } = await testDatabase()
const { noticesOf, made } = collectiveReader(owner)
afterEach(() => setClock(null))

const transport: MailTransport = {
  connections: 2,
  answers: async () => true,
  close: async () => {},
  send: async () => ({ reached: 'answer', code: 250, response: '250 ok' }),
}

const later = (days: number) => setClock(new Date(Date.now() + days * 86_400_000))

async function served(given: Collective) {
  const draft = await made(given)
  later(4)
  await endAnnexReviews()
  const handlers = withCollectives(noticeMailHandlers)
  for (let pass = 0; pass < 3; pass += 1) {
    later(4 + pass / 1000)
    await openOutbox({ transport, handlers }).pass()
  }
  return draft
}

const vendorMember = ({ vendors: [vendor] }: Collective) => {
  if (!vendor) throw new Error('a vendor')
  return memberOf(vendor.person, vendor.organisation, { kind: 'vendor' })
}

const agreed = { outcome: 'agreed', text: 'We answer each claim.' } as const

test('one item in the inbox, acknowledged for all or for one member', async () => {
  const given = await aCollective(owner, 3)
  const { reference } = await served(given)
  const member = vendorMember(given)
  const [item] = await findReceived(member)
  expect(item).toMatchObject({ reference, notices: 3, unacknowledged: 3 })
  const found = await findReceivedFiling(member, { reference, after: null })
  expect(found?.notices).toHaveLength(3)
  expect(found?.cover).not.toBeNull()
  const [first] = found?.notices ?? []
  const one = { reference, everything: false, noticeIds: [first?.id ?? ''] }
  expect(await acknowledgeReceived(member, one)).toMatchObject({ done: 1, failed: [] })
  const all = await acknowledgeReceived(member, { reference, everything: true, noticeIds: [] })
  expect([all.done, all.failed.length]).toEqual([2, 1])
  const own = (await noticesOf(reference)).filter(({ vendor_id }) => vendor_id === given.vendors[0]?.id)
  expect(own.map(({ stage }) => stage)).toEqual(['acknowledged', 'acknowledged', 'acknowledged'])
})

test('another vendor and the members find nothing to answer', async () => {
  const given = await aCollective(owner, 1)
  const { reference } = await served(given)
  const stranger = vendorMember(await aCollective(owner, 0))
  const asked = { reference, everything: true, noticeIds: [] }
  for (const member of [stranger, given.members[0]?.member ?? stranger, given.association.editor]) {
    expect(await findReceivedFiling(member, { reference, after: null })).toBeNull()
    expect(await acknowledgeReceived(member, asked)).toEqual({ done: 0, linked: 0, failed: [] })
  }
})

test('one answer for the works that words find, in every notice', async () => {
  const given = await aCollective(owner, 2)
  const { reference } = await served(given)
  const answer = { measures: ['RESPOND_TO_OUTPUT_CLAIMS'], text: 'b film', answer: agreed, linked: false } as const
  const done = await answerReceived(vendorMember(given), { reference, everything: true, noticeIds: [] }, answer)
  expect(done).toMatchObject({ done: 2, linked: 0 })
  const { rows } = await owner.query(
    `select c.notice_id, w.title from outcome_cell c join notice n on n.id = c.notice_id join filing f on f.id = n.filing_id
     join notice_scope s on s.id = n.scope_id join work w on w.catalogue_id = s.catalogue_id and w.work_id = c.work_id where f.reference = $1`,
    [reference],
  )
  expect(rows.map(({ title }) => title)).toEqual(['B film', 'B film'])
})

test('an answer that a measure does not allow records nothing', async () => {
  const given = await aCollective(owner, 1)
  const { reference } = await served(given)
  const answer = { measures: ['STOP_TRAINING_FUTURE'], text: '', answer: agreed, linked: false } as const
  const done = await answerReceived(vendorMember(given), { reference, everything: true, noticeIds: [] }, answer)
  expect(done).toHaveProperty('faults')
})

test('the same works in the notice of another take the same answer, and nothing else does', async () => {
  const given = await aCollective(owner, 1)
  const [vendor] = given.vendors
  const [member] = given.members
  if (!vendor || !member) throw new Error('both sides')
  const { reference } = await served(given)
  const stranger = await aHolder(owner)
  const pair = {
    holder: { ...stranger, member: memberOf(stranger.person, stranger.organisation) },
    vendor: { ...vendor, member: vendorMember(given) },
  }
  const linked = await aSentNotice(owner, pair, { measures: ['RESPOND_TO_OUTPUT_CLAIMS'] })
  const unasked = await aSentNotice(owner, pair, { measures: ['STOP_TRAINING_FUTURE'] })
  const identifier = { scheme: 'eidr', value: '10.5240/A', raw: '10.5240/A', valid_from: 1 }
  for (const { catalogue } of [member, linked, unasked])
    await insert(owner, 'work_identifier', {
      catalogue_id: catalogue.id,
      work_id: catalogue.workIds[0],
      ...identifier,
    })
  const answer = { measures: ['RESPOND_TO_OUTPUT_CLAIMS'], text: '', answer: agreed, linked: true } as const
  const done = await answerReceived(vendorMember(given), { reference, everything: true, noticeIds: [] }, answer)
  expect(done).toMatchObject({ done: 1, linked: 1 })
  const { rows } = await owner.query(`select notice_id, work_id, outcome from outcome_cell where notice_id = any($1)`, [
    [linked.id, unasked.id],
  ])
  expect(rows).toEqual([{ notice_id: linked.id, work_id: linked.catalogue.workIds[0], outcome: 'agreed' }])
  const mails = await owner.query(`select kind from mail_duty where notice_id = $1 and kind = 'outcomes-recorded'`, [
    linked.id,
  ])
  expect(mails.rows).toHaveLength(1)
})
