import { describe, expect, test } from 'vitest'
import type { DuplicateChoice } from '#app/notices/duplicates.ts'
import { runOneJob } from '#app/platform/run-jobs.server.ts'
import { insert } from '#test/builders.ts'
import { aCollective, aCollectiveDraft, submit, type Collective } from '#test/collective.ts'
import { collectiveJobs, collectiveReader } from '#test/collective-reader.ts'
import { testDatabase } from '#test/database.ts'
import { answerAnnex } from './answer-annex.server.ts'
import { previewCollective } from './preview-collective.server.ts'
import { saveContent } from './save-collective.server.ts'
import { submitCollective } from './submit-collective.server.ts'
import { statementsWanted } from '#app/notices/filing-facts.ts'

const { owner } = await testDatabase()
const { noticesOf, made } = collectiveReader(owner)
const rowsOf = async (sql: string, values: unknown[]) => (await owner.query(sql, values)).rows

/** Files again for the same members, to all vendors, with a choice for what is asked already. */
async function again(given: Collective, choice: DuplicateChoice | null, more: object = {}) {
  const draft = await aCollectiveDraft(owner, given.association, {
    members: given.members,
    vendorIds: given.vendorIds,
    ...more,
  })
  await owner.query('update collective_filing set content = content || $2::jsonb where id = $1', [
    draft.id,
    JSON.stringify({ duplicates: choice }),
  ])
  const submitted = await submit(given.association, draft)
  if (submitted.submitted) await runOneJob(collectiveJobs)
  return { draft, submitted }
}

/** As served: with a filing of its own, in a stage in which an answer is awaited. */
async function served(reference: string) {
  await owner.query(
    `update notice set stage = 'sent', served_at = now(), begun_at = now() where filing_id = (select id from filing where reference = $1)`,
    [reference],
  )
}

describe('works that a vendor is asked about already', () => {
  test('are shown before the signature, and nothing is submitted without a choice', async () => {
    const given = await aCollective(owner, 2)
    const [vendorId = ''] = given.vendorIds
    const first = await made({ ...given, vendorIds: [vendorId] })
    const { draft, submitted } = await again(given, null)
    expect(submitted).toMatchObject({ submitted: false, because: 'incomplete', gaps: ['duplicates'] })
    const { editor } = given.association
    const preview = await previewCollective(editor, draft.reference, { memberId: null, vendorId: null })
    expect(preview?.gaps).toEqual(['duplicates'])
    const pairs = preview?.repeated.map((pair) => `${pair.memberId} ${pair.vendorId}`) ?? []
    expect(new Set(pairs)).toEqual(new Set(given.members.map(({ organisation }) => `${organisation.id} ${vendorId}`)))
    const named = preview?.repeated.flatMap((pair) => pair.references) ?? []
    const rows = await rowsOf(
      'select n.reference from notice n join filing f on f.id = n.filing_id where f.reference = $1',
      [first.reference],
    )
    expect(new Set(named)).toEqual(new Set(rows.map(({ reference }) => reference)))
    const saved = await saveContent({
      member: editor,
      reference: draft.reference,
      revision: 1,
      content: (before) => ({ ...before, duplicates: 'link' }),
    })
    expect(saved).toEqual({ saved: true, revision: 2 })
    const statement = [...statementsWanted(draft.content.filing)]
    const form = { statement, shown: statement, signName: editor.name, capacity: 'Secretary general' }
    expect(await submitCollective({ member: editor, collectiveId: draft.id, revision: 2, form })).toMatchObject({
      submitted: true,
    })
    await runOneJob(collectiveJobs)
    expect(await noticesOf(draft.reference)).toHaveLength(4)
  })

  test('linked: both notices name each other, to this vendor alone', async () => {
    const given = await aCollective(owner, 2)
    const [vendorId = ''] = given.vendorIds
    const first = await made({ ...given, vendorIds: [vendorId] })
    const { draft } = await again(given, 'link')
    const earlier = new Map((await noticesOf(first.reference)).map(({ holder, id }) => [holder, id]))
    for (const { id, holder, vendor_id, works_count } of await noticesOf(draft.reference)) {
      const ties = await rowsOf('select earlier_notice_id, relation from related_notice where notice_id = $1', [id])
      expect(ties).toEqual(
        vendor_id === vendorId ? [{ earlier_notice_id: earlier.get(holder), relation: 'linked' }] : [],
      )
      expect(works_count).toBe(3)
    }
  })

  test('left out: a vendor of whom all is asked gets no notice, of whom some is asked one about the others', async () => {
    const given = await aCollective(owner, 2)
    const [whole = '', other = ''] = given.vendorIds
    await made({ ...given, vendorIds: [whole] })
    const some = await made({ ...given, vendorIds: [other] }, { works: { filter: { text: 'b fi' }, except: [] } })
    const { draft } = await again(given, 'skip')
    const notices = await noticesOf(draft.reference)
    expect(notices.map(({ vendor_id, works_count }) => [vendor_id, works_count])).toEqual([
      [other, 2],
      [other, 2],
    ])
    const titles = await rowsOf(
      `select distinct w.title from notice_scope_work s join work w on w.work_id = s.work_id where s.scope_id = any($1) order by 1`,
      [notices.map(({ scope_id }) => scope_id)],
    )
    expect(titles.map(({ title }) => title)).toEqual(['A film', 'C film'])
    const payloads = await rowsOf(
      `select e.payload -> 'scope' as scope, s.works_sha256 from notice n join notice_event e on e.notice_id = n.id and e.sequence = 1
       join notice_scope s on s.id = n.scope_id where n.id = any($1)`,
      [notices.map(({ id }) => id)],
    )
    for (const { scope, works_sha256 } of payloads) expect(scope).toEqual({ works: 2, sha256: works_sha256 })
    const out = await rowsOf('select vendor_id, because from collective_left_out where collective_id = $1', [draft.id])
    expect(out).toEqual([
      { vendor_id: whole, because: 'duplicate' },
      { vendor_id: whole, because: 'duplicate' },
    ])
    expect(await noticesOf(some.reference)).toHaveLength(2)
  })

  test('replaced: what was served waits for the new notice to be served, what was not is linked', async () => {
    const given = await aCollective(owner, 2)
    const [vendorId = '', other = ''] = given.vendorIds
    const first = await made({ ...given, vendorIds: [vendorId] })
    await served(first.reference)
    const unsent = await made({ ...given, vendorIds: [other] })
    const { draft } = await again(given, 'supersede')
    const olds = new Set((await noticesOf(first.reference)).map(({ id }) => id))
    const waiting = new Set((await noticesOf(unsent.reference)).map(({ id }) => id))
    for (const { id, vendor_id } of await noticesOf(draft.reference)) {
      const orders = await rowsOf('select notice_id, taken_at from notice_succession where successor_id = $1', [id])
      const links = await rowsOf('select earlier_notice_id from related_notice where notice_id = $1', [id])
      expect(orders).toHaveLength(vendor_id === vendorId ? 1 : 0)
      expect(links).toHaveLength(vendor_id === vendorId ? 0 : 1)
      for (const { notice_id, taken_at } of orders) expect([olds.has(notice_id), taken_at]).toEqual([true, null])
      for (const { earlier_notice_id } of links) expect(waiting.has(earlier_notice_id)).toBe(true)
    }
  })

  test('other measures, other catalogues, withdrawn works and ended notices are no duplicates', async () => {
    const given = await aCollective(owner, 1)
    const first = await made(given)
    await owner.query(
      `update notice_measure set measure = case measure when 'STOP_TRAINING_FUTURE' then 'DISCLOSE_USE' else 'REMOVE_FROM_DATASETS' end
       where notice_id in (select n.id from notice n join filing f on f.id = n.filing_id where f.reference = $1)`,
      [first.reference],
    )
    expect((await again(given, null)).submitted).toMatchObject({ submitted: true })
    await owner.query(`update notice set stage = 'withdrawn' where holder_organisation_id = $1`, [
      given.members[0]?.organisation.id,
    ])
    expect((await again(given, null)).submitted).toMatchObject({ submitted: true })
    expect(await noticesOf(first.reference)).toHaveLength(2)
  })

  test('what nobody saw when it was signed is linked, never lost', async () => {
    const given = await aCollective(owner, 1)
    const drafts = []
    for (let number = 0; number < 2; number += 1) {
      const draft = await aCollectiveDraft(owner, given.association, {
        members: given.members,
        vendorIds: given.vendorIds,
      })
      expect(await submit(given.association, draft)).toMatchObject({ submitted: true })
      drafts.push(draft)
    }
    await Promise.all([runOneJob(collectiveJobs), runOneJob(collectiveJobs)])
    const ids = (await Promise.all(drafts.map(({ reference }) => noticesOf(reference)))).flat().map(({ id }) => id)
    expect(ids).toHaveLength(4)
    const ties = await rowsOf('select notice_id from related_notice where notice_id = any($1)', [ids])
    expect(ties).toHaveLength(2)
  })

  test('a member’s own open notice counts too, and withdrawn works of it do not', async () => {
    const given = await aCollective(owner, 1)
    const [vendorId = ''] = given.vendorIds
    const first = await made({ ...given, vendorIds: [vendorId] })
    const [earlier] = await noticesOf(first.reference)
    await owner.query('update notice set filed_by_organisation_id = holder_organisation_id where id = $1', [
      earlier?.id,
    ])
    for (const measure of ['STOP_TRAINING_FUTURE', 'RESPOND_TO_OUTPUT_CLAIMS'])
      await insert(owner, 'outcome_cell', {
        notice_id: earlier?.id,
        work_id: given.members[0]?.catalogue.workIds[0],
        measure,
        outcome: 'withdrawn',
        event_sequence: 2,
      })
    const { draft } = await again(given, 'skip')
    const cut = (await noticesOf(draft.reference)).find(({ vendor_id }) => vendor_id === vendorId)
    expect(cut?.works_count).toBe(1)
  })
})

const only = (text: string) => ({ filter: { text }, except: [] })
const tiesOf = async (id: string | undefined) => ({
  linked: (await rowsOf('select earlier_notice_id as id from related_notice where notice_id = $1', [id])).length,
  takes: (await rowsOf('select notice_id as id from notice_succession where successor_id = $1', [id])).length,
})

/** Some works are asked of the first vendor already; others are filed again, under review. */
async function reviewed(choice: DuplicateChoice) {
  const given = await aCollective(owner, 1)
  const [vendorId = '', other = ''] = given.vendorIds
  const first = await made({ ...given, vendorIds: [vendorId] }, { works: only('b fi') })
  await served(first.reference)
  const { draft } = await again(given, choice, { works: only('c fi') })
  const [member] = given.members
  if (member === undefined) throw new Error('a member')
  const change = async (text: string | null) => {
    const works = text === null ? null : only(text)
    const answer = { answer: 'change', works, paragraph: '' } as const
    expect(await answerAnnex({ member: member.member, reference: draft.reference, answer })).toMatchObject({
      answered: true,
    })
    const notices = await noticesOf(draft.reference)
    const to = (id: string) => notices.find(({ vendor_id }) => vendor_id === id)
    return { asked: to(vendorId), fresh: to(other) }
  }
  return change
}

describe('a member that names other works in its annex', () => {
  test('leaves out what is asked already, with the hash of the rest in the ledger', async () => {
    const change = await reviewed('skip')
    const { asked, fresh } = await change(null)
    expect([asked?.works_count, fresh?.works_count]).toEqual([2, 3])
    for (const notice of [asked, fresh]) {
      const [line] = await rowsOf(
        `select e.payload -> 'scope' as scope, s.works_count as works, s.works_sha256 as sha256 from notice_event e
         join notice_scope s on s.id = $2 where e.notice_id = $1 and e.type = 'annex.changed'`,
        [notice?.id, notice?.scope_id],
      )
      expect(line?.scope).toEqual({ works: line?.works, sha256: line?.sha256 })
    }
    const titles = await rowsOf(
      'select w.title from notice_scope_work s join work w on w.work_id = s.work_id where s.scope_id = $1 order by 1',
      [asked?.scope_id],
    )
    expect(titles.map(({ title }) => title)).toEqual(['A film', 'C film'])
  })

  test('keeps a notice all of whose works are asked already, linked to the earlier one', async () => {
    const change = await reviewed('skip')
    const { asked, fresh } = await change('b fi')
    expect(asked?.works_count).toBe(1)
    expect(await tiesOf(asked?.id)).toEqual({ linked: 1, takes: 0 })
    expect(await tiesOf(fresh?.id)).toEqual({ linked: 0, takes: 0 })
  })

  test.each([
    ['link', { linked: 1, takes: 0 }],
    ['supersede', { linked: 0, takes: 1 }],
  ] as const)('has %s hold for them, and no longer once it names others', async (choice, ties) => {
    const change = await reviewed(choice)
    const { asked, fresh } = await change(null)
    expect([asked?.works_count, fresh?.works_count]).toEqual([3, 3])
    expect(await tiesOf(asked?.id)).toEqual(ties)
    expect(await tiesOf(fresh?.id)).toEqual({ linked: 0, takes: 0 })
    await change('a fi')
    expect(await tiesOf(asked?.id)).toEqual({ linked: 0, takes: 0 })
  })
})
