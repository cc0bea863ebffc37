import { expect, test } from 'vitest'
import { testDatabase } from '#test/database.ts'
import { aFiler } from '#test/filer.ts'
import { aFiling, fileDraft } from '#test/filings.ts'
import { filingContentSchema } from './filing-draft.ts'
import { statementsWanted } from './filing-facts.ts'
import { findNotice } from './find-notice.server.ts'
import { startSuccessor } from './start-successor.server.ts'
import { supersedeServed } from './supersede-notice.server.ts'
import { takeSteps } from './take-steps.server.ts'
import { asMember, asSystem } from './taker.server.ts'
import { withdrawWorks } from './withdraw-works.server.ts'

const db = await testDatabase()
const query = { view: undefined, cursor: null, earlier: undefined } as const

async function serve(id: string): Promise<void> {
  await db.owner.query('update notice set begun_at = now() where id = $1', [id])
  await asSystem((tx, taker) => takeSteps(tx, { step: 'message.accepted', noticeIds: [id], taker }))
}

test('a new notice carries over what the old one says, and takes its place once it is served', async () => {
  const { member, vendors, wanted } = await aFiler(db.owner)
  const [vendor, other] = vendors
  if (!vendor || !other) throw new Error('There are no vendors')
  await aFiling(member, { ...wanted, vendorIds: [vendor.id, other.id] })
  const { rows } = await db.owner.query('select id, reference from notice where vendor_id = $1', [vendor.id])
  const [old] = rows
  await serve(old.id)
  const page = await findNotice({ member, reference: old.reference, query })
  if (!page) throw new Error('There is no notice')

  const started = await startSuccessor(member, page.notice)
  if (!started.allowed) throw new Error(started.because)
  const { rows: drafts } = await db.owner.query('select content from filing_draft where id = $1', [started.draftId])
  const content = filingContentSchema.parse(drafts[0].content)
  expect(content).toMatchObject({
    kind: 'exclusion',
    vendorIds: [vendor.id],
    stance: 'objection',
    bases: ['EXCLUSION_REQUEST'],
    scope: { kind: 'all', catalogueId: wanted.catalogue.id },
    supersedes: [old.reference],
    signature: null,
  })
  expect(content.measures.map(({ measure }) => measure)).toEqual(['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS'])

  const { rows: before } = await db.owner.query('select count(*)::int as orders from notice_succession')
  expect(before[0].orders).toBe(0)
  // Signed as the wizard's last step does: the guard does not ask about what is superseded anyway.
  const signed = {
    ...content,
    signature: {
      personId: member.personId,
      name: member.name,
      capacity: 'General counsel',
      statements: [...statementsWanted(content)],
      signedAt: new Date().toISOString(),
      timeZone: 'Asia/Tokyo',
    },
  }
  await db.owner.query('update filing_draft set content = $2 where id = $1', [started.draftId, JSON.stringify(signed)])
  const filed = await fileDraft(member, started.draftId)
  expect(filed).toMatchObject({ filed: true, notices: 1 })
  const { rows: orders } = await db.owner.query(
    'select c.notice_id, c.taken_at, s.id, s.reference from notice_succession c join notice s on s.id = c.successor_id',
  )
  expect(orders).toMatchObject([{ notice_id: old.id, taken_at: null }])

  await serve(orders[0].id)
  expect(await supersedeServed()).toBe(1)
  expect((await findNotice({ member, reference: old.reference, query }))?.notice).toMatchObject({
    stage: 'superseded',
    successor: { reference: orders[0].reference, taken: true },
  })
  expect((await findNotice({ member, reference: orders[0].reference, query }))?.notice).toMatchObject({
    supersedes: [old.reference],
  })
})

test('what was withdrawn from the old notice is not asked for again', async () => {
  const { member, vendors, wanted } = await aFiler(db.owner)
  const [vendor] = vendors
  if (!vendor) throw new Error('There is no vendor')
  await aFiling(member, { ...wanted, vendorIds: [vendor.id] })
  const { rows } = await db.owner.query('select id, reference from notice where vendor_id = $1', [vendor.id])
  const [old] = rows
  await serve(old.id)
  const { rows: works } = await db.owner.query('select work_id from work where catalogue_id = $1 order by title', [
    wanted.catalogue.id,
  ])
  const workIds = [String(works[1].work_id)]
  await asMember(member, (tx, taker) =>
    withdrawWorks(tx, { taker, noticeIds: [old.id], works: { kind: 'chosen', workIds }, reason: 'Licensed' }),
  )
  const page = await findNotice({ member, reference: old.reference, query })
  if (!page) throw new Error('There is no notice')
  const [started, ...others] = await Promise.all(Array.from({ length: 3 }, () => startSuccessor(member, page.notice)))
  if (started?.allowed !== true) throw new Error('No draft was started')
  // Three presses make one draft; once it was worked on, another press makes another.
  expect(others).toEqual([started, started])
  const { rows: drafts } = await db.owner.query(
    'update filing_draft set revision = 2 where id = $1 returning content',
    [started.draftId],
  )
  expect(await startSuccessor(member, page.notice)).not.toEqual(started)
  const { scope } = filingContentSchema.parse(drafts[0].content)
  expect(scope).toMatchObject({ kind: 'filtered', filter: {}, except: workIds })
})
