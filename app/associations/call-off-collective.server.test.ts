import { afterEach, describe, expect, test } from 'vitest'
import { openOutbox } from '#app/mail/run-outbox.server.ts'
import { noticeMailHandlers } from '#app/notices/notice-mail-handlers.server.ts'
import { setClock } from '#app/platform/clock.server.ts'
import { runOneJob } from '#app/platform/run-jobs.server.ts'
import { aCollective, aCollectiveDraft, submit, type Collective } from '#test/collective.ts'
import { collectiveJobs, collectiveReader } from '#test/collective-reader.ts'
import { testDatabase } from '#test/database.ts'
import { memberOf } from '#test/members.ts'
import { collectingTransport } from '#test/collective-mails.ts'
import { answerAnnex } from './answer-annex.server.ts'
import { callOffCollective } from './call-off-collective.server.ts'
import { withCollectives } from './collective-mail-handlers.server.ts'
import { endAnnexReviews } from './end-annex-reviews.server.ts'
import { findAnnex } from './find-annex.server.ts'

const { owner } = await testDatabase()
const { noticesOf, stateOf, made } = collectiveReader(owner)
afterEach(() => setClock(null))
const handlers = withCollectives(noticeMailHandlers)
const reason = 'We file again with all members next month.'

const callOff = ({ association }: Collective, reference: string) =>
  callOffCollective({ member: association.editor, reference, reason })

const stages = async (reference: string) => (await noticesOf(reference)).map(({ stage }) => stage)

async function told(reference: string) {
  const { rows } = await owner.query<{ facts: { reason: string; partly: boolean }; person_id: string }>(
    `select facts, person_id from mail_duty where kind = 'annex-called-off' and facts ->> 'filing' = $1`,
    [reference],
  )
  return rows
}

describe('calling off', () => {
  test('while members look: all is withdrawn, every member is told why, and no vendor is ever written to', async () => {
    const given = await aCollective(owner, 3)
    const draft = await made(given)
    const [first] = given.members
    if (!first) throw new Error('no member')
    await answerAnnex({ member: first.member, reference: draft.reference, answer: { answer: 'step_out', reason: '' } })
    expect(await callOff(given, draft.reference)).toEqual({ calledOff: true })
    expect((await stateOf(draft.id)).state).toBe('called_off')
    expect(
      await answerAnnex({
        member: given.members[1]?.member ?? first.member,
        reference: draft.reference,
        answer: { answer: 'agree' },
      }),
    ).toEqual({ answered: false, because: 'over' })
    await runOneJob(collectiveJobs)
    expect(new Set(await stages(draft.reference))).toEqual(new Set(['withdrawn']))
    const { rows } = await owner.query(
      `select annex, count(*)::int as count from collective_member where collective_id = $1 group by 1 order by 1`,
      [draft.id],
    )
    expect(rows).toEqual([
      { annex: 'called_off', count: 2 },
      { annex: 'stepped_out', count: 1 },
    ])
    const mails = await told(draft.reference)
    expect(mails).toHaveLength(2)
    for (const { facts } of mails) expect(facts).toMatchObject({ reason, partly: false })
    expect(await findAnnex(given.members[1]?.member ?? first.member, draft.reference)).toMatchObject({
      annex: 'called_off',
      open: false,
    })
    setClock(new Date(Date.now() + 4 * 86_400_000))
    await endAnnexReviews()
    const { transport, sent } = collectingTransport()
    await openOutbox({ transport, handlers }).pass()
    const contacts = new Set(given.vendors.map(({ contact }) => contact.address))
    expect(sent.filter(({ to }) => contacts.has(to))).toEqual([])
  })

  test('in the undo window: what is queued is withdrawn before its mail is begun', async () => {
    const given = await aCollective(owner, 2)
    const draft = await made(given)
    setClock(new Date(Date.now() + 4 * 86_400_000))
    await endAnnexReviews()
    expect(new Set(await stages(draft.reference))).toEqual(new Set(['queued']))
    expect(await callOff(given, draft.reference)).toEqual({ calledOff: true })
    const { transport, sent } = collectingTransport()
    // The worker sends before it withdraws: what is called off is not begun.
    await openOutbox({ transport, handlers }).pass()
    await runOneJob(collectiveJobs)
    expect(new Set(await stages(draft.reference))).toEqual(new Set(['withdrawn']))
    expect(sent.filter(({ raw }) => raw.includes('CAV-'))).toEqual([])
    expect(await callOff(given, draft.reference)).toEqual({ calledOff: true })
    expect(await told(draft.reference)).toHaveLength(2)
  })

  test('while one vendor is begun: its notices go on, the others are withdrawn; then it is too late', async () => {
    const given = await aCollective(owner, 2)
    const draft = await made(given)
    setClock(new Date(Date.now() + 4 * 86_400_000))
    await endAnnexReviews()
    const [begun = ''] = given.vendorIds
    await owner.query(`update notice set begun_at = now() where vendor_id = $1`, [begun])
    expect(await callOff(given, draft.reference)).toEqual({ calledOff: true })
    await runOneJob(collectiveJobs)
    for (const { vendor_id, stage } of await noticesOf(draft.reference))
      expect(stage).toBe(vendor_id === begun ? 'queued' : 'withdrawn')
    expect((await stateOf(draft.id)).state).toBe('sent')
    for (const { facts } of await told(draft.reference)) expect(facts.partly).toBe(true)

    const late = await aCollective(owner, 1)
    const other = await made(late)
    setClock(new Date(Date.now() + 9 * 86_400_000))
    await endAnnexReviews()
    await owner.query(
      `update notice set begun_at = now() where filing_id = (select id from filing where reference = $1)`,
      [other.reference],
    )
    expect(await callOff(late, other.reference)).toEqual({ calledOff: false, because: 'not-now' })
  })

  test('while it is made: nothing more is made, and what was made is withdrawn', async () => {
    const given = await aCollective(owner, 2)
    const { association, members, vendorIds } = given
    const draft = await aCollectiveDraft(owner, association, { members, vendorIds })
    await submit(association, draft)
    expect(await callOff(given, draft.reference)).toEqual({ calledOff: true })
    while (await runOneJob(collectiveJobs));
    expect(await noticesOf(draft.reference)).toEqual([])
    expect((await stateOf(draft.id)).state).toBe('called_off')
  })

  test('is not for viewers, for members or for other associations, nor of a draft', async () => {
    const given = await aCollective(owner, 1)
    const draft = await made(given)
    const viewer = memberOf(
      { ...given.association.editor, id: given.association.editor.personId },
      given.association.organisation,
      { kind: 'association', role: 'viewer' },
    )
    expect(await callOffCollective({ member: viewer, reference: draft.reference, reason })).toEqual({
      calledOff: false,
      because: 'role-too-low',
    })
    await owner.query(`update membership set role = 'viewer' where person_id = $1`, [given.association.editor.personId])
    expect(await callOff(given, draft.reference)).toEqual({ calledOff: false, because: 'role-too-low' })
    const member = given.members[0]?.member
    if (!member) throw new Error('no member')
    expect(await callOffCollective({ member, reference: draft.reference, reason })).toEqual({
      calledOff: false,
      because: 'gone',
    })
    const other = await aCollective(owner, 1)
    expect(await callOff(other, draft.reference)).toEqual({ calledOff: false, because: 'gone' })
    const plain = await aCollectiveDraft(owner, other.association, {
      members: other.members,
      vendorIds: other.vendorIds,
    })
    expect(await callOff(other, plain.reference)).toEqual({ calledOff: false, because: 'not-now' })
  })
})
