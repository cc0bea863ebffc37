import { afterEach, describe, expect, test } from 'vitest'
import { setClock } from '#app/platform/clock.server.ts'
import { aCollective, anAnnexedMember } from '#test/collective.ts'
import { collectiveReader } from '#test/collective-reader.ts'
import { testDatabase } from '#test/database.ts'
import { answerAnnex } from './answer-annex.server.ts'
import { endAnnexReviews } from './end-annex-reviews.server.ts'

const { owner } = await testDatabase()
const { noticesOf, stateOf, made } = collectiveReader(owner)
afterEach(() => setClock(null))

const days = (count: number) => setClock(new Date(Date.now() + count * 86_400_000))

describe('the review', () => {
  test('agreed, changed, stepped out, silent: each goes its way, and each vendor is owed one mail', async () => {
    const given = await aCollective(owner, 4)
    const [agrees, changes, leaves, silent] = given.members
    if (!agrees || !changes || !leaves || !silent) throw new Error('four members')
    const draft = await made(given)
    const { reference } = draft
    const answer = (who: typeof agrees, said: Parameters<typeof answerAnnex>[0]['answer']) =>
      answerAnnex({ member: who.member, reference, answer: said })
    expect(await answer(agrees, { answer: 'agree' })).toEqual({ answered: true, annex: 'agreed', notices: 2 })
    const works = { filter: {}, except: [changes.catalogue.workIds[0] ?? ''] }
    expect(await answer(changes, { answer: 'change', works, paragraph: '' })).toMatchObject({ answered: true })
    expect(await answer(leaves, { answer: 'step_out', reason: 'Our own talks.' })).toMatchObject({ answered: true })
    expect(await answer(leaves, { answer: 'agree' })).toEqual({ answered: false, because: 'stepped-out' })
    expect(await endAnnexReviews()).toBe(0)
    days(4)
    expect(await answer(silent, { answer: 'agree' })).toEqual({ answered: false, because: 'over' })
    expect(await endAnnexReviews()).toBeGreaterThan(0)
    expect(await endAnnexReviews()).toBe(0)

    const notices = await noticesOf(reference)
    const of = (who: typeof agrees) => notices.filter(({ holder }) => holder === who.organisation.id)
    for (const each of of(agrees)) expect(each.types).toEqual(['notice.submitted', 'annex.agreed', 'annex.released'])
    for (const each of of(changes)) expect([each.works_count, each.stage]).toEqual([2, 'queued'])
    for (const each of of(leaves)) expect([each.types.at(-1), each.stage]).toEqual(['annex.stepped_out', 'withdrawn'])
    for (const each of of(silent)) expect(each.stage).toBe('queued')
    const { filing_id, state } = await stateOf(draft.id)
    expect(state).toBe('sent')
    const duties = await owner.query(`select vendor_id, kind from mail_duty where filing_id = $1 order by vendor_id`, [
      filing_id,
    ])
    expect(duties.rows.map(({ vendor_id }) => vendor_id)).toEqual(given.vendorIds.toSorted())
    const annexes = await owner.query('select annex from collective_member where collective_id = $1 order by annex', [
      draft.id,
    ])
    expect(annexes.rows.map(({ annex }) => annex)).toEqual(['agreed', 'changed', 'silent', 'stepped_out'])
    const told = await owner.query(
      `select d.kind from mail_duty d join notice n on n.id = d.notice_id where n.filing_id = $1 and d.kind = 'annex-answered'`,
      [filing_id],
    )
    expect(told.rows).toHaveLength(2)
  })

  test('silence is no approval where the mandate asks for one, and only an approver gives it', async () => {
    const given = await aCollective(owner, 0)
    const [strict, lax] = [
      await anAnnexedMember(owner, given.association, { approvalRequired: true }),
      await anAnnexedMember(owner, given.association, { approvalRequired: true }),
    ]
    const draft = await made({ ...given, members: [strict, lax] })
    const editor = { ...lax.member, organisation: { ...lax.member.organisation } }
    await owner.query(`update membership set role = 'editor' where person_id = $1`, [editor.personId])
    const refused = await answerAnnex({ member: editor, reference: draft.reference, answer: { answer: 'agree' } })
    expect(refused).toEqual({ answered: false, because: 'approver-needed' })
    await answerAnnex({ member: strict.member, reference: draft.reference, answer: { answer: 'agree' } })
    days(4)
    await endAnnexReviews()
    const stages = (await noticesOf(draft.reference)).map(({ holder, stage }) => [
      holder === strict.organisation.id,
      stage,
    ])
    expect(stages.filter(([own]) => own)).toEqual([
      [true, 'queued'],
      [true, 'queued'],
    ])
    expect(stages.filter(([own]) => !own)).toEqual([
      [false, 'withdrawn'],
      [false, 'withdrawn'],
    ])
  })

  test('when every member has answered it ends at once', async () => {
    const given = await aCollective(owner, 2)
    const draft = await made(given)
    for (const { member } of given.members)
      await answerAnnex({ member, reference: draft.reference, answer: { answer: 'agree' } })
    expect(await endAnnexReviews()).toBe(1)
    expect((await stateOf(draft.id)).state).toBe('sent')
  })

  test('a mandate that ended meanwhile sends nothing', async () => {
    const given = await aCollective(owner, 2)
    const draft = await made(given)
    const [gone] = given.members
    await owner.query('delete from mandate_grant where mandate_id = $1', [gone?.mandate.id])
    days(4)
    await endAnnexReviews()
    for (const { holder, stage } of await noticesOf(draft.reference))
      expect(stage).toBe(holder === gone?.organisation.id ? 'withdrawn' : 'queued')
  })

  test('the association answers for no member, nor does another member', async () => {
    const given = await aCollective(owner, 1)
    const stranger = await anAnnexedMember(owner, given.association)
    const draft = await made(given)
    const asked = { reference: draft.reference, answer: { answer: 'agree' } as const }
    for (const member of [given.association.owner, stranger.member])
      expect(await answerAnnex({ member, ...asked })).toEqual({ answered: false, because: 'gone' })
  })

  test('two answers at once leave one of them, and one line for each', async () => {
    const given = await aCollective(owner, 1)
    const [only] = given.members
    const draft = await made(given)
    if (!only) throw new Error('a member')
    const asked = { member: only.member, reference: draft.reference }
    const results = await Promise.all([
      answerAnnex({ ...asked, answer: { answer: 'step_out', reason: '' } }),
      answerAnnex({ ...asked, answer: { answer: 'step_out', reason: '' } }),
    ])
    expect(results.filter(({ answered }) => answered)).toHaveLength(1)
    const [notice] = await noticesOf(draft.reference)
    expect(notice?.types).toEqual(['notice.submitted', 'annex.stepped_out'])
  })
})
