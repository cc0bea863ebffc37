import { afterEach, describe, expect, test } from 'vitest'
import { statementsWanted } from '#app/notices/filing-facts.ts'
import { setClock } from '#app/platform/clock.server.ts'
import { runOneJob } from '#app/platform/run-jobs.server.ts'
import { aVendor, insert } from '#test/builders.ts'
import { aCollective, aCollectiveDraft, anAnnexedMember, submit } from '#test/collective.ts'
import { memberOf } from '#test/members.ts'
import { testDatabase } from '#test/database.ts'
import { answerAnnex } from './answer-annex.server.ts'
import { endAnnexReviews } from './end-annex-reviews.server.ts'
import { makeCollective } from './make-collective.server.ts'
import { approveCollective } from './submit-collective.server.ts'

const db = await testDatabase()
const { owner } = db
const jobs = { 'make-collective': ({ subjectId }: { subjectId: string }) => makeCollective(subjectId) }
afterEach(() => setClock(null))

interface NoticeRow {
  id: string
  holder: string
  vendor_id: string
  stage: string
  works_count: number
  scope_id: string
  types: string[]
  mandate: { id: string; version: number }
}

async function noticesOf(reference: string): Promise<NoticeRow[]> {
  const { rows } = await owner.query<NoticeRow>(
    `select n.*, n.holder_organisation_id as holder,
       (select array_agg(e.type order by e.sequence) from notice_event e where e.notice_id = n.id) as types,
       (select e.payload -> 'mandate' from notice_event e where e.notice_id = n.id and e.sequence = 1) as mandate
     from notice n join filing f on f.id = n.filing_id where f.reference = $1 order by n.holder_organisation_id, n.vendor_id`,
    [reference],
  )
  return rows
}

async function one<Row extends object>(sql: string, values: unknown[]): Promise<Row> {
  const [row] = (await owner.query<Row>(sql, values)).rows
  if (!row) throw new Error(`nothing: ${sql}`)
  return row
}

const stateOf = (id: string) =>
  one<{ state: string; review_ends_at: Date; filing_id: string }>('select * from collective_filing where id = $1', [id])

async function made(given: Awaited<ReturnType<typeof aCollective>>, more: object = {}) {
  const { association, members, vendorIds } = given
  const draft = await aCollectiveDraft(owner, association, { members, vendorIds, ...more })
  expect(await submit(association, draft)).toMatchObject({ submitted: true, needsApproval: false })
  await runOneJob(jobs)
  return draft
}

const days = (count: number) => setClock(new Date(Date.now() + count * 86_400_000))

describe('making', () => {
  test('a notice for each member and vendor waits for its member, under the mandate version relied on', async () => {
    const given = await aCollective(owner)
    const draft = await made(given)
    const notices = await noticesOf(draft.reference)
    expect(notices).toHaveLength(6)
    expect(new Set(notices.map(({ stage }) => stage))).toEqual(new Set(['awaiting_approval']))
    const mandateOf = new Map(given.members.map(({ organisation, mandate }) => [organisation.id, mandate.id]))
    for (const { holder, mandate, works_count } of notices) {
      expect(mandate).toEqual({ id: mandateOf.get(holder), version: 1 })
      expect(works_count).toBe(3)
    }
    const { state, filing_id, review_ends_at } = await stateOf(draft.id)
    expect(state).toBe('reviewing')
    expect(review_ends_at.getTime() - Date.now()).toBeGreaterThan(71.9 * 3_600_000)
    const { mandate_versions } = await one<{ mandate_versions: unknown[] }>('select * from filing where id = $1', [
      filing_id,
    ])
    expect(mandate_versions).toHaveLength(3)
    const mails = await owner.query(
      `select facts from mail_duty where kind = 'annex-review' and facts ->> 'filing' = $1`,
      [draft.reference],
    )
    expect(mails.rows).toHaveLength(3)
    expect(mails.rows[0].facts).toMatchObject({ vendorsTotal: 2, works: 3, approvalRequired: false })
  })

  test('submitted twice and run twice, it is made once', async () => {
    const given = await aCollective(owner, 2)
    const draft = await made(given)
    expect(await submit(given.association, draft)).toMatchObject({ submitted: true })
    await makeCollective(draft.id)
    expect(await noticesOf(draft.reference)).toHaveLength(4)
  })

  test('who and what no mandate covers is left out, and why', async () => {
    const given = await aCollective(owner, 1)
    const { association, vendors } = given
    const [first, second] = vendors
    const unreachable = await aVendor(owner)
    await owner.query('update vendor_contact set retired_at = now() where vendor_id = $1', [unreachable.id])
    const past = new Date(Date.now() - 1000)
    const terms = {
      viewer: await anAnnexedMember(owner, association, { scopes: ['view'] }),
      expired: await anAnnexedMember(owner, association, { endsAt: past }),
      narrow: await anAnnexedMember(owner, association, { vendors: [first?.id ?? ''] }),
      measures: await anAnnexedMember(owner, association, { measures: ['STOP_TRAINING_FUTURE'] }),
      other: await anAnnexedMember(owner, association, { catalogues: [given.members[0]?.catalogue.id ?? ''] }),
      empty: await anAnnexedMember(owner, association, {}, []),
      homeless: await anAnnexedMember(owner, association),
    }
    await owner.query('update organisation set address_lines = null where id = $1', [terms.homeless.organisation.id])
    await owner.query('update catalogue_version set works_count = 0 where catalogue_id = $1', [
      terms.empty.catalogue.id,
    ])
    const all = [...given.members, ...Object.values(terms)]
    const draft = await made({ ...given, members: all, vendorIds: [...given.vendorIds, unreachable.id] })
    const { rows } = await owner.query('select * from collective_left_out where collective_id = $1', [draft.id])
    const because = (id: string) =>
      rows.filter((row) => row.member_id === id).map((row) => [row.vendor_id, row.because])
    expect(because(terms.viewer.organisation.id)).toEqual([[null, 'no_mandate']])
    expect(because(terms.expired.organisation.id)).toEqual([[null, 'no_mandate']])
    expect(because(terms.measures.organisation.id)).toEqual([[null, 'measures_not_covered']])
    expect(because(terms.other.organisation.id)).toEqual([[null, 'catalogue_not_covered']])
    expect(because(terms.empty.organisation.id)).toContainEqual([null, 'no_works'])
    expect(because(terms.homeless.organisation.id)).toEqual([[null, 'incomplete']])
    expect(because(terms.narrow.organisation.id)).toEqual([
      [second?.id, 'vendor_not_covered'],
      [unreachable.id, 'vendor_not_covered'],
    ])
    expect(because(given.members[0]?.organisation.id ?? '')).toEqual([[unreachable.id, 'no_contact']])
    expect(await noticesOf(draft.reference)).toHaveLength(3)
  })

  test('chosen works are frozen as a list', async () => {
    const given = await aCollective(owner, 1)
    const draft = await made(given, { works: { filter: { text: 'b fi' }, except: [] } })
    const [notice] = await noticesOf(draft.reference)
    expect(notice?.works_count).toBe(1)
    const { title } = await one<{ title: string }>(
      'select w.title from notice_scope_work s join work w on w.work_id = s.work_id where s.scope_id = $1',
      [notice?.scope_id],
    )
    expect(title).toBe('B film')
  })

  test('whoever may not file any more makes nothing', async () => {
    const given = await aCollective(owner, 1)
    const { association, members, vendorIds } = given
    const draft = await aCollectiveDraft(owner, association, { members, vendorIds })
    await submit(association, draft)
    await owner.query(`update membership set role = 'viewer' where person_id = $1`, [association.editor.personId])
    await runOneJob(jobs)
    expect(await noticesOf(draft.reference)).toEqual([])
    expect((await stateOf(draft.id)).state).toBe('draft')
  })
})

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

test('under four eyes another approver signs before anything is made', async () => {
  const given = await aCollective(owner, 1)
  const { association, members, vendorIds } = given
  await insert(owner, 'membership', {
    id: crypto.randomUUID(),
    person_id: members[0]?.person.id,
    organisation_id: association.organisation.id,
    role: 'approver',
    created_at: new Date(),
  })
  await owner.query('update organisation set four_eyes = true where id = $1', [association.organisation.id])
  const draft = await aCollectiveDraft(owner, association, { members, vendorIds })
  expect(await submit(association, draft)).toMatchObject({ submitted: true, needsApproval: true })
  expect(await runOneJob(jobs)).toBe(false)
  const [approver] = members
  const statement = [...statementsWanted(draft.content.filing)]
  const form = { statement, shown: statement, signName: approver?.person.name ?? '', capacity: 'President' }
  const other = memberOf(approver?.person ?? { id: '', email: '', name: '' }, association.organisation, {
    kind: 'association',
    role: 'approver',
  })
  const own = { collectiveId: draft.id, revision: 2, form }
  expect(await approveCollective({ member: association.editor, ...own })).toEqual({
    submitted: false,
    because: 'role-too-low',
  })
  expect(await approveCollective({ member: other, ...own })).toMatchObject({ submitted: true })
  await runOneJob(jobs)
  expect(await noticesOf(draft.reference)).toHaveLength(2)
  const row = await one<{ signatory_name: string; approved_by: string; needs_approval: boolean }>(
    'select * from filing where reference = $1',
    [draft.reference],
  )
  expect(row).toMatchObject({
    signatory_name: approver?.person.name,
    approved_by: approver?.person.id,
    needs_approval: false,
  })
})
