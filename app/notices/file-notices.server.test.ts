import { expect, test } from 'vitest'
import { sha256 } from '#app/ledger/hash.server.ts'
import { aCatalogue, aHolder, aPerson, aVendor, insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aFiler, readerOf } from '#test/filer.ts'
import { aFiling, aReadyDraft, fileDraft, orderOf } from '#test/filings.ts'
import { memberOf } from '#test/members.ts'
import { fileNotices } from './file-notices.server.ts'
import { emptyContent } from './filing-draft.ts'
import { listDrafts } from './list-drafts.server.ts'
import { previewLetters } from './preview-letters.server.ts'
import { listText } from './scope.ts'

const db = await testDatabase()
const { holder, member, colleague, vendors, catalogue, wanted } = await aFiler(db.owner)
const { rowsOf, noticesOf } = readerOf(db.owner)

test('a filing makes one notice and one letter for each vendor, queued until the undo window is over', async () => {
  const draftId = await aReadyDraft(member, wanted)
  const preview = await previewLetters({ member, draftId })
  const filed = await fileDraft(member, draftId)
  expect(filed).toMatchObject({ filed: true, notices: 3, remainingDraftId: null, repeated: false })
  if (!filed.filed) return
  const notices = await noticesOf(filed.reference)
  expect(notices.map(({ stage, works_count, last_sequence }) => [stage, works_count, last_sequence])).toEqual([
    ['queued', 3, 1],
    ['queued', 3, 1],
    ['queued', 3, 1],
  ])
  expect(notices.map(({ vendor_id }) => vendor_id)).toEqual(wanted.vendorIds)
  expect(notices.map(({ contact_id }) => contact_id)).toEqual(vendors.map(({ contact }) => contact.id))
  expect(new Set(notices.map(({ verify_code }) => verify_code)).size).toBe(3)
  const minutes = (filed.sendAt.getTime() - Date.now()) / 60_000
  expect(minutes).toBeGreaterThan(29)
  expect(minutes).toBeLessThanOrEqual(30)

  const letters = await rowsOf<{ text: string; sha256: string }>(
    'select l.text, l.sha256 from notice_letter l join notice n on n.id = l.notice_id join filing f on f.id = n.filing_id where f.reference = $1 order by n.id',
    [filed.reference],
  )
  expect(letters.map(({ text }) => text)).toEqual(preview?.letters.map(({ text }) => text))
  for (const letter of letters) expect(letter.sha256).toBe(sha256(letter.text))
  for (const [index, { reference }] of notices.entries()) expect(letters[index]?.text).toContain(reference)
})

test('the ledger begins with what was frozen, and the vendor is owed the letter when the window is over', async () => {
  const reference = await aFiling(member, wanted)
  const [notice] = await noticesOf(reference)
  const [event] = await rowsOf<{ type: string; payload: Record<string, unknown> }>(
    'select type, payload from notice_event where notice_id = $1',
    [notice?.id],
  )
  const [letter] = await rowsOf<{ sha256: string }>('select sha256 from notice_letter where notice_id = $1', [
    notice?.id,
  ])
  expect(event).toMatchObject({
    type: 'notice.submitted',
    payload: {
      filing: reference,
      stance: 'objection',
      measures: ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS'],
      bases: [{ basis: 'EXCLUSION_REQUEST', version: 2 }],
      scope: { works: 3, version: 1 },
      letter: letter?.sha256,
    },
  })
  const duties = await rowsOf<{ kind: string; audience: string; not_before: Date }>(
    'select kind, audience, not_before from mail_duty where notice_id = $1',
    [notice?.id],
  )
  expect(duties).toEqual([{ kind: 'notice-served', audience: 'vendor', not_before: notice?.send_at }])
})

test('the chain holds no person: names and capacity lie beside it', async () => {
  const [notice] = await noticesOf(await aFiling(member, wanted))
  const [event] = await rowsOf<{ payload: unknown }>('select payload from notice_event where notice_id = $1', [
    notice?.id,
  ])
  expect(JSON.stringify(event?.payload)).not.toContain(member.name)
  const [person] = await rowsOf<{ facts: object }>('select facts from event_person where notice_id = $1', [notice?.id])
  expect(person?.facts).toMatchObject({ signatory: member.name, capacity: 'General counsel' })
})

test('pressed twice, in two windows at once or later, it files once', async () => {
  const draftId = await aReadyDraft(member, wanted)
  const order = await orderOf(member, draftId)
  const answers = await Promise.all([1, 2, 3, 4].map(() => fileNotices(order)))
  const later = await fileDraft(member, draftId)
  const references = new Set([...answers, later].map((answer) => (answer.filed ? answer.reference : answer.because)))
  expect(references.size).toBe(1)
  expect(answers.filter((answer) => answer.filed && !answer.repeated)).toHaveLength(1)
  expect(later).toMatchObject({ filed: true, repeated: true })
  expect(await noticesOf([...references][0] ?? '')).toHaveLength(3)
})

test('the same key with another order is refused, and files nothing', async () => {
  const [first, second] = [await aReadyDraft(member, wanted), await aReadyDraft(member, wanted)]
  const key = `key of ${first}`
  const order = async (draftId: string) => ({ ...(await orderOf(member, draftId)), idempotencyKey: key })
  expect(await fileNotices(await order(first))).toMatchObject({ filed: true })
  expect(await fileNotices(await order(second))).toEqual({ filed: false, because: 'key-reused' })
  expect((await previewLetters({ member, draftId: second }))?.draft.filingReference).toBeNull()
  expect(await fileDraft(member, second)).toMatchObject({ filed: true, repeated: false })
})

test('vendors without a working contact stay behind in a draft, the others go', async () => {
  const silent = await aVendor(db.owner)
  await db.owner.query('update vendor_contact set last_failed_at = now() where vendor_id = $1', [silent.id])
  const draftId = await aReadyDraft(member, { ...wanted, vendorIds: [silent.id, ...wanted.vendorIds] })
  const before = await previewLetters({ member, draftId })
  const filed = await fileDraft(member, draftId)
  expect(filed).toMatchObject({ filed: true, notices: 3 })
  const remaining = filed.filed ? filed.remainingDraftId : null
  const left = await previewLetters({ member, draftId: remaining ?? '' })
  expect(left?.draft.content.vendorIds).toEqual([silent.id])
  expect(left?.draft.content.signature).toBeNull()
  expect(left?.draft.references.notices[silent.id]).toBe(before?.draft.references.notices[silent.id])
  expect(left?.draft.references.filing).not.toBe(before?.draft.references.filing)
  const drafts = await listDrafts(member)
  expect(drafts.map(({ id }) => id)).toContain(remaining)
  expect(drafts.map(({ id }) => id)).not.toContain(draftId)
})

test('without any working contact nothing is filed', async () => {
  const silent = await aVendor(db.owner)
  await db.owner.query('update vendor_contact set verified_at = null where vendor_id = $1', [silent.id])
  const draftId = await aReadyDraft(member, { ...wanted, vendorIds: [silent.id] })
  expect(await fileDraft(member, draftId)).toEqual({ filed: false, because: 'no-contact' })
})

test('a chosen part is frozen work by work, with the hash of its list', async () => {
  const [, second = '', third = ''] = catalogue.workIds
  const empty = emptyContent('en')
  const scope = {
    ...empty.scope,
    kind: 'chosen' as const,
    catalogueId: catalogue.id,
    version: 1,
    workIds: [third, second],
  }
  const reference = await aFiling(member, { ...wanted, content: { scope } })
  const notices = await noticesOf(reference)
  expect(new Set(notices.map(({ scope_id }) => scope_id)).size).toBe(1)
  const [stored] = await rowsOf<{ kind: string; works_count: number; works_sha256: string }>(
    'select kind, works_count, works_sha256 from notice_scope where id = $1',
    [notices[0]?.scope_id],
  )
  const works = [second, third].map((workId, index) => ({
    workId,
    rowSha256: sha256(index === 0 ? 'B film' : 'C film'),
  }))
  expect(stored).toEqual({ kind: 'listed', works_count: 2, works_sha256: sha256(listText(works)) })
  const listed = await rowsOf<{ work_id: string }>(
    'select work_id from notice_scope_work where scope_id = $1 order by work_id',
    [notices[0]?.scope_id],
  )
  expect(listed.map(({ work_id }) => work_id)).toEqual([second, third])
})

test('a later import changes nothing of what is filed', async () => {
  const own = await aCatalogue(db.owner, holder.organisation.id, { titles: ['Old title'] })
  const draftId = await aReadyDraft(member, { ...wanted, catalogue: own })
  await db.owner.query('update work set valid_to = 2 where catalogue_id = $1', [own.id])
  await insert(db.owner, 'work', {
    catalogue_id: own.id,
    work_id: own.workIds[0],
    valid_from: 2,
    external_id: 'W-1',
    title: 'New title',
    search_text: 'new title',
    row_sha256: sha256('New title'),
  })
  await insert(db.owner, 'catalogue_version', {
    catalogue_id: own.id,
    version: 2,
    works_count: 1,
    works_sha256: sha256('2'),
    made_at: new Date(),
  })
  await db.owner.query('update catalogue set current_version = 2 where id = $1', [own.id])
  const filed = await fileDraft(member, draftId)
  const [letter] = await rowsOf<{ text: string }>(
    'select l.text from notice_letter l join notice n on n.id = l.notice_id join filing f on f.id = n.filing_id where f.reference = $1',
    [filed.filed ? filed.reference : ''],
  )
  expect(letter?.text).toContain('Old title')
  expect(letter?.text).toContain('version 1')
})

test('a letter that changed since it was read is not sent unseen', async () => {
  const draftId = await aReadyDraft(member, wanted)
  const preview = await previewLetters({ member, draftId })
  await db.owner.query(`update organisation set telephone = '+81 3 9999 9999' where id = $1`, [holder.organisation.id])
  const order = { member, draftId, revision: preview?.draft.revision ?? 0, idempotencyKey: draftId }
  expect(await fileNotices({ ...order, letters: preview?.lettersSha256 ?? '' })).toEqual({
    filed: false,
    because: 'letters-changed',
  })
  expect(await fileNotices({ ...order, revision: 2, letters: preview?.lettersSha256 ?? '' })).toEqual({
    filed: false,
    because: 'changed',
  })
})

test('each signs for himself: a colleague cannot send what another signed', async () => {
  const draftId = await aReadyDraft(member, wanted)
  const filed = await fileDraft(colleague, draftId)
  expect(filed).toMatchObject({ filed: false, because: 'incomplete', missing: ['statements', 'signature'] })
})

test('who may not file, files nothing', async () => {
  const draftId = await aReadyDraft(member, wanted)
  const viewer = memberOf(
    await aPerson(db.owner, { organisationId: holder.organisation.id, role: 'viewer' }),
    holder.organisation,
    {
      role: 'viewer',
    },
  )
  expect(await fileDraft(viewer, draftId)).toEqual({ filed: false, because: 'role-too-low' })
  const lapsed = memberOf(
    await aPerson(db.owner, { organisationId: holder.organisation.id, role: 'viewer' }),
    holder.organisation,
  )
  expect(await fileDraft(lapsed, draftId)).toEqual({ filed: false, because: 'gone' })
  const stranger = await aHolder(db.owner)
  const order = { draftId, revision: 5, letters: '', idempotencyKey: 'stranger' }
  expect(await fileNotices({ ...order, member: memberOf(stranger.person, stranger.organisation) })).toEqual({
    filed: false,
    because: 'gone',
  })
})

test('an organisation that is not verified prepares, and does not file', async () => {
  const fresh = await aHolder(db.owner, { verified_at: null, verified_how: null })
  const preparer = memberOf(fresh.person, fresh.organisation)
  const own = await aCatalogue(db.owner, fresh.organisation.id)
  const draftId = await aReadyDraft(preparer, { ...wanted, catalogue: own })
  expect(await fileDraft(preparer, draftId)).toEqual({ filed: false, because: 'not-verified' })
})

test('a reference that someone else has is drawn again, and the letters are read again', async () => {
  const reference = await aFiling(member, wanted)
  const [taken] = await noticesOf(reference)
  const draftId = await aReadyDraft(member, wanted)
  await db.owner.query(
    `update filing_draft set "references" = jsonb_set("references", array['notices', $1], to_jsonb($2::text)) where id = $3`,
    [vendors[0]?.id, taken?.reference, draftId],
  )
  expect(await fileDraft(member, draftId)).toEqual({ filed: false, because: 'renumbered' })
  expect(await fileDraft(member, draftId)).toMatchObject({ filed: true, notices: 3 })
})
