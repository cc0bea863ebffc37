import { expect, test } from 'vitest'
import { insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aFiler, readerOf } from '#test/filer.ts'
import { aFiling, aReadyDraft } from '#test/filings.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { chooseDuplicates } from './choose-duplicates.server.ts'
import type { DuplicateChoice } from './duplicates.ts'
import { fileNotices, type Filed } from './file-notices.server.ts'
import { emptyContent, type FilingContent } from './filing-draft.ts'
import { findNotice } from './find-notice.server.ts'
import { readNoticeQuery } from './notice-query.ts'
import { previewLetters } from './preview-letters.server.ts'
import { asMember } from './taker.server.ts'
import { withdrawNotice } from './withdraw-notice.server.ts'

const db = await testDatabase()
const { rowsOf, noticesOf } = readerOf(db.owner)
type Filer = Awaited<ReturnType<typeof aFiler>>

async function order({ member }: Filer, draftId: string): Promise<Filed> {
  const preview = await previewLetters({ member, draftId })
  const { revision = 0 } = preview?.draft ?? {}
  const letters = preview?.lettersSha256 ?? ''
  return fileNotices({ member, draftId, revision, letters, idempotencyKey: `${draftId}:${revision}` })
}

async function duplicatesOf({ member }: Filer, draftId: string) {
  return (await previewLetters({ member, draftId }))?.duplicates ?? []
}

async function choose(filer: Filer, draftId: string, choice: DuplicateChoice): Promise<void> {
  const found = await duplicatesOf(filer, draftId)
  const choices = Object.fromEntries(found.map(({ vendorId, seen }) => [vendorId, { choice, seen }]))
  expect(await chooseDuplicates({ member: filer.member, draftId, choices })).toEqual({ allowed: true })
}

function chosen({ catalogue }: Filer, workIds: readonly string[]): Partial<FilingContent> {
  const { scope } = emptyContent('en')
  return {
    scope: { ...scope, kind: 'chosen', catalogueId: catalogue.id, version: catalogue.version, workIds: [...workIds] },
  }
}

test('what is asked a second time is found by work, vendor and measure, with nothing chosen', async () => {
  const filer = await aFiler(db.owner)
  const { member, wanted, vendors, catalogue } = filer
  const [first, second] = catalogue.workIds
  await aFiling(member, {
    ...wanted,
    vendorIds: [vendors[0]?.id ?? ''],
    content: chosen(filer, [first ?? '', second ?? '']),
  })
  const draftId = await aReadyDraft(member, wanted)
  expect(await duplicatesOf(filer, draftId)).toMatchObject([
    {
      vendorId: vendors[0]?.id,
      works: 2,
      covered: 2,
      measures: ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS'],
      noticesCount: 1,
    },
  ])
  expect(await order(filer, draftId)).toEqual({ filed: false, because: 'duplicates' })
  expect((await previewLetters({ member, draftId }))?.draft.filingReference).toBeNull()
  expect(await rowsOf('select 1 from notice where stage = $1 and vendor_id = $2', ['draft', vendors[1]?.id])).toEqual(
    [],
  )
})

test('works that are left out are in no letter, no list and no count, for that vendor alone', async () => {
  const filer = await aFiler(db.owner)
  const { member, wanted, vendors, catalogue } = filer
  const [first = '', second = '', third = ''] = catalogue.workIds
  await aFiling(member, { ...wanted, vendorIds: [vendors[0]?.id ?? ''], content: chosen(filer, [first, second]) })
  const draftId = await aReadyDraft(member, wanted)
  await choose(filer, draftId, 'skip')
  const preview = await previewLetters({ member, draftId })
  expect(JSON.stringify(preview?.letters[0]?.letter)).not.toContain('A film')
  expect(JSON.stringify(preview?.letters[0]?.letter)).toContain('C film')
  expect(JSON.stringify(preview?.letters[1]?.letter)).toContain('A film')
  const filed = await order(filer, draftId)
  expect(filed).toMatchObject({ filed: true, notices: 3 })
  const notices = await noticesOf(filed.filed ? filed.reference : '')
  const cut = notices.find(({ vendor_id }) => vendor_id === vendors[0]?.id)
  expect(notices.map(({ works_count }) => works_count).toSorted((one, other) => one - other)).toEqual([1, 3, 3])
  const listed = await rowsOf<{ work_id: string }>('select work_id from notice_scope_work where scope_id = $1', [
    cut?.scope_id,
  ])
  expect(listed).toEqual([{ work_id: third }])
  const [event] = await rowsOf<{ payload: { scope: { works: number } } }>(
    'select payload from notice_event where notice_id = $1 and sequence = 1',
    [cut?.id],
  )
  expect(event?.payload.scope).toMatchObject({ works: 1, sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) })
})

test('a vendor of whom everything is asked already gets no notice; where that is all, nothing is filed', async () => {
  const filer = await aFiler(db.owner)
  const { member, wanted, vendors } = filer
  await aFiling(member, { ...wanted, vendorIds: [vendors[0]?.id ?? ''] })
  const draftId = await aReadyDraft(member, { ...wanted, vendorIds: [vendors[0]?.id ?? '', vendors[1]?.id ?? ''] })
  await choose(filer, draftId, 'skip')
  const filed = await order(filer, draftId)
  expect(filed).toMatchObject({ filed: true, notices: 1, remainingDraftId: null })
  const only = await aReadyDraft(member, { ...wanted, vendorIds: [vendors[0]?.id ?? ''] })
  await choose(filer, only, 'skip')
  expect(await order(filer, only)).toEqual({ filed: false, because: 'nothing-left' })
})

test('linked notices name each other, on both pages and for both sides', async () => {
  const filer = await aFiler(db.owner)
  const { member, wanted, vendors } = filer
  const vendorIds = [vendors[0]?.id ?? '']
  const earlier = await noticesOf(await aFiling(member, { ...wanted, vendorIds }))
  const draftId = await aReadyDraft(member, { ...wanted, vendorIds })
  await choose(filer, draftId, 'link')
  const filed = await order(filer, draftId)
  const later = await noticesOf(filed.filed ? filed.reference : '')
  const query = readNoticeQuery('https://caveat.example/notices/x')
  const old = await findNotice({ member, reference: earlier[0]?.reference ?? '', query })
  const fresh = await findNotice({ member, reference: later[0]?.reference ?? '', query })
  expect(old?.notice.related).toEqual([{ reference: later[0]?.reference, earlier: false }])
  expect(fresh?.notice.related).toEqual([{ reference: earlier[0]?.reference, earlier: true }])
})

test('a choice holds for what was seen: another notice since asks again', async () => {
  const filer = await aFiler(db.owner)
  const { member, wanted, vendors } = filer
  const vendorIds = [vendors[0]?.id ?? '']
  await aFiling(member, { ...wanted, vendorIds })
  const draftId = await aReadyDraft(member, { ...wanted, vendorIds })
  await choose(filer, draftId, 'link')
  await aFiling(member, { ...wanted, vendorIds })
  expect(await order(filer, draftId)).toEqual({ filed: false, because: 'duplicates' })
  await choose(filer, draftId, 'link')
  expect(await order(filer, draftId)).toMatchObject({ filed: true })
})

test('of two identical filings at once the second meets the guard, ten times', async () => {
  const filer = await aFiler(db.owner)
  const { member, wanted } = filer
  for (let round = 0; round < 10; round += 1) {
    const content = chosen(filer, [])
    const { rows } = await db.owner.query<{ id: string }>('select gen_random_uuid() as id')
    const workId = rows[0]?.id ?? ''
    await db.owner.query(
      `insert into work select (jsonb_populate_record(w, jsonb_build_object('work_id', $2::text, 'external_id', $2::text))).* from work w
       where w.catalogue_id = $1 limit 1`,
      [filer.catalogue.id, workId],
    )
    const scope = { ...emptyContent('en').scope, ...content.scope, workIds: [workId] }
    const drafts = [
      await aReadyDraft(member, { ...wanted, content: { scope } }),
      await aReadyDraft(member, { ...wanted, content: { scope } }),
    ]
    const filed = await Promise.all(drafts.map((draftId) => order(filer, draftId)))
    expect(filed.map((each) => (each.filed ? 'filed' : each.because)).toSorted()).toEqual(['duplicates', 'filed'])
  }
})

test('other measures, other vendors, other holders, ended notices and withdrawn works are no duplicates', async () => {
  const filer = await aFiler(db.owner)
  const { member, wanted, vendors, catalogue } = filer
  const vendorIds = [vendors[0]?.id ?? '']
  const first = await noticesOf(await aFiling(member, { ...wanted, vendorIds }))
  const other = await aReadyDraft(member, {
    ...wanted,
    vendorIds,
    content: {
      measures: [
        { measure: 'STOP_TRAINING_FUTURE', detail: '' },
        { measure: 'DISCLOSE_USE', detail: '' },
      ],
    },
  })
  expect(await duplicatesOf(filer, other)).toMatchObject([{ works: 3, covered: 0, measures: ['STOP_TRAINING_FUTURE'] }])
  await choose(filer, other, 'skip')
  expect(await order(filer, other)).toEqual({ filed: false, because: 'duplicates' })
  expect(
    await duplicatesOf(filer, await aReadyDraft(member, { ...wanted, vendorIds: [vendors[1]?.id ?? ''] })),
  ).toEqual([])
  const stranger = await aFiler(db.owner)
  expect(await duplicatesOf(stranger, await aReadyDraft(stranger.member, { ...stranger.wanted, vendorIds }))).toEqual(
    [],
  )
  const seen = await withPerson(
    stranger.member.personId,
    (tx) => tx.$queryRaw<
      unknown[]
    >`select * from open_notices_about(${member.organisation.id}::uuid, ${vendorIds}::uuid[],
      ${catalogue.id}::uuid, ${['STOP_TRAINING_FUTURE']}::text[], null)`,
  )
  expect(seen).toEqual([])

  const again = await aReadyDraft(member, { ...wanted, vendorIds })
  for (const measure of ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS'])
    await insert(db.owner, 'outcome_cell', {
      notice_id: first[0]?.id,
      work_id: catalogue.workIds[0],
      measure,
      outcome: 'withdrawn',
      event_sequence: 2,
    })
  expect(await duplicatesOf(filer, again)).toMatchObject([{ works: 2, covered: 2 }])
  await asMember(member, (tx, taker) =>
    withdrawNotice(tx, { taker, noticeIds: [first[0]?.id ?? ''], reason: 'Settled.' }),
  )
  expect(await duplicatesOf(filer, again)).toEqual([])
})

test('works of another version are the same works, changed or not', async () => {
  const filer = await aFiler(db.owner)
  const { member, wanted, vendors, catalogue } = filer
  const vendorIds = [vendors[0]?.id ?? '']
  const [first = '', second = ''] = catalogue.workIds
  await aFiling(member, { ...wanted, vendorIds })
  // Version 2: the first is changed, the second is gone, a fourth is new.
  await db.owner.query(
    `with old as (update work set valid_to = 2 where catalogue_id = $1 and work_id = any($2) returning *)
     insert into work select (jsonb_populate_record(null::work, to_jsonb(o) || '{"valid_from": 2, "valid_to": null, "title": "A film, changed"}')).* from old o where o.work_id = $3`,
    [catalogue.id, [first, second], first],
  )
  await db.owner.query(
    `insert into work select (jsonb_populate_record(w, jsonb_build_object('work_id', gen_random_uuid(), 'external_id', 'new', 'valid_from', 2))).*
     from work w where w.catalogue_id = $1 and w.valid_to is null limit 1`,
    [catalogue.id],
  )
  await db.owner.query(
    `insert into catalogue_version select (jsonb_populate_record(v, '{"version": 2, "works_count": 3}')).* from catalogue_version v where v.catalogue_id = $1`,
    [catalogue.id],
  )
  await db.owner.query('update catalogue set current_version = 2 where id = $1', [catalogue.id])
  const draftId = await aReadyDraft(member, { ...wanted, vendorIds, catalogue: { id: catalogue.id, version: 2 } })
  expect(await duplicatesOf(filer, draftId)).toMatchObject([{ works: 2, covered: 2 }])
  await choose(filer, draftId, 'skip')
  const filed = await order(filer, draftId)
  const notices = await noticesOf(filed.filed ? filed.reference : '')
  expect(notices.map(({ works_count }) => works_count)).toEqual([1])
})
