import { afterEach, describe, expect, test } from 'vitest'
import { statementsWanted } from '#app/notices/filing-facts.ts'
import { setClock } from '#app/platform/clock.server.ts'
import { runOneJob } from '#app/platform/run-jobs.server.ts'
import { aCatalogue, aVendor, insert } from '#test/builders.ts'
import { aCollective, aCollectiveDraft, anAnnexedMember, submit } from '#test/collective.ts'
import { collectiveJobs as jobs, collectiveReader } from '#test/collective-reader.ts'
import { testDatabase } from '#test/database.ts'
import { memberOf } from '#test/members.ts'
import { makeCollective } from './make-collective.server.ts'
import { approveCollective } from './submit-collective.server.ts'

const { owner } = await testDatabase()
const { noticesOf, one, stateOf, made } = collectiveReader(owner)
afterEach(() => setClock(null))

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
      other: await anAnnexedMember(owner, association),
      empty: await anAnnexedMember(owner, association, {}, []),
      homeless: await anAnnexedMember(owner, association),
    }
    const elsewhere = await aCatalogue(owner, terms.other.organisation.id)
    await owner.query('update mandate_grant set catalogues = array[$1]::uuid[] where member_id = $2', [
      elsewhere.id,
      terms.other.organisation.id,
    ])
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
