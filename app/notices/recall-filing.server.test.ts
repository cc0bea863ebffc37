import { expect, test } from 'vitest'
import { aHolder, aVendor } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aFiler, readerOf } from '#test/filer.ts'
import { aFiling, aReadyDraft, fileDraft, linkDuplicates } from '#test/filings.ts'
import { memberOf } from '#test/members.ts'
import { resolveDuties } from '#app/mail/resolve-duties.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { fileNotices } from './file-notices.server.ts'
import { noticeMailHandlers } from './notice-mail-handlers.server.ts'
import { emptyContent } from './filing-draft.ts'
import { previewLetters } from './preview-letters.server.ts'
import { recallFiling } from './recall-filing.server.ts'
import { saveDraft } from './save-draft.server.ts'

const db = await testDatabase()
const { holder, member, colleague, wanted } = await aFiler(db.owner)
const { rowsOf, noticesOf } = readerOf(db.owner)

test('a recalled filing is the same draft again; filed again it keeps its references and its ledger goes on', async () => {
  const draftId = await aReadyDraft(member, wanted)
  const filed = await fileDraft(member, draftId)
  const reference = filed.filed ? filed.reference : ''
  const first = await noticesOf(reference)
  const before = await previewLetters({ member, draftId })

  expect(await recallFiling({ member: colleague, reference })).toEqual({ recalled: true, draftId, notices: 3 })
  expect((await noticesOf(reference)).map(({ stage }) => stage)).toEqual(['draft', 'draft', 'draft'])
  const open = await rowsOf('select 1 from mail_duty where notice_id = any($1) and cancelled_at is null', [
    first.map(({ id }) => id),
  ])
  expect(open).toEqual([])
  const after = await previewLetters({ member, draftId })
  expect(after?.draft.content).toEqual(before?.draft.content)
  expect(await recallFiling({ member, reference })).toEqual({ recalled: false, because: 'already-recalled' })
  expect(await saveDraft({ member, draftId, revision: 9, step: 'kind', choices: { kind: 'takedown' } })).toMatchObject({
    because: 'was-filed',
  })

  const again = await fileDraft(member, draftId)
  expect(again).toMatchObject({ filed: true, reference, notices: 3, repeated: false })
  const second = await noticesOf(reference)
  expect(second.map(({ id, reference: kept }) => [id, kept])).toEqual(
    first.map(({ id, reference: kept }) => [id, kept]),
  )
  const events = await rowsOf<{ type: string }>(
    'select type from notice_event where notice_id = $1 order by sequence',
    [first[0]?.id],
  )
  expect(events.map(({ type }) => type)).toEqual(['notice.submitted', 'notice.recalled', 'notice.submitted'])
  const owed = await rowsOf('select 1 from mail_duty where notice_id = any($1) and cancelled_at is null', [
    first.map(({ id }) => id),
  ])
  expect(owed).toHaveLength(3)
})

test('after a recall, the order of before files nothing again', async () => {
  const draftId = await aReadyDraft(member, wanted)
  await linkDuplicates(member, draftId)
  const preview = await previewLetters({ member, draftId })
  const order = {
    member,
    draftId,
    revision: preview?.draft.revision ?? 0,
    letters: preview?.lettersSha256 ?? '',
    idempotencyKey: draftId,
  }
  const filed = await fileNotices(order)
  const reference = filed.filed ? filed.reference : ''
  await recallFiling({ member, reference })
  expect(await fileNotices(order)).toMatchObject({ filed: true, repeated: true, reference })
  expect((await noticesOf(reference)).map(({ stage }) => stage)).toEqual(['draft', 'draft', 'draft'])
})

test('a vendor taken out after the recall gets nothing, a new one gets a notice', async () => {
  const extra = await aVendor(db.owner)
  const draftId = await aReadyDraft(member, wanted)
  const filed = await fileDraft(member, draftId)
  const reference = filed.filed ? filed.reference : ''
  await recallFiling({ member, reference })
  const preview = await previewLetters({ member, draftId })
  const content = preview?.draft.content ?? emptyContent('en')
  const vendorIds = [...wanted.vendorIds.slice(1), extra.id]
  await saveDraft({ member, draftId, revision: preview?.draft.revision ?? 0, step: 'vendors', choices: { vendorIds } })
  await saveDraft({
    member,
    draftId,
    revision: 99,
    step: 'basis',
    choices: content,
    signing: { name: member.name, capacity: 'Counsel', statements: ['accurate', 'authorised'] },
  })
  expect(await fileDraft(member, draftId)).toMatchObject({ filed: true, notices: 3 })
  const stages = new Map((await noticesOf(reference)).map(({ vendor_id, stage }) => [vendor_id, stage]))
  expect(vendorIds.map((id) => stages.get(id))).toEqual(['queued', 'queued', 'queued'])
  expect(stages.get(wanted.vendorIds[0] ?? '')).toBe('draft')
})

test('once one mail is on its way, nothing is recalled', async () => {
  const reference = await aFiling(member, wanted)
  const [first] = await noticesOf(reference)
  await db.owner.query('update notice set begun_at = now() where id = $1', [first?.id])
  expect(await recallFiling({ member, reference })).toEqual({ recalled: false, because: 'already-begun' })
  expect((await noticesOf(reference)).map(({ stage }) => stage)).toEqual(['queued', 'queued', 'queued'])
  const open = await rowsOf('select 1 from mail_duty where notice_id = $1 and cancelled_at is null', [first?.id])
  expect(open).toHaveLength(1)
})

test('a stranger recalls nothing', async () => {
  const reference = await aFiling(member, wanted)
  const stranger = await aHolder(db.owner)
  expect(await recallFiling({ member: memberOf(stranger.person, stranger.organisation), reference })).toEqual({
    recalled: false,
    because: 'gone',
  })
})

test('recall and sending at the same moment: one of them wins the whole filing', async () => {
  await db.owner.query('update organisation set undo_minutes = 0 where id = $1', [holder.organisation.id])
  for (let round = 0; round < 12; round += 1) {
    const reference = await aFiling(member, wanted)
    const at = new Date(Date.now() + 1_000)
    const send = () => withWorker((tx) => resolveDuties(tx, { handlers: noticeMailHandlers, at, most: 1_000 }))
    const recall = () => recallFiling({ member, reference })
    const [answer] =
      round % 2 === 0 ? await Promise.all([recall(), send()]) : (await Promise.all([send(), recall()])).toReversed()
    const recalled = typeof answer === 'object' && answer.recalled
    const notices = await noticesOf(reference)
    expect(new Set(notices.map(({ stage }) => stage))).toEqual(new Set([recalled ? 'draft' : 'queued']))
    const mails = await rowsOf('select 1 from outgoing_mail where notice_id = any($1)', [notices.map(({ id }) => id)])
    expect(mails.length > 0).toBe(!recalled)
  }
  await db.owner.query('update organisation set undo_minutes = 30 where id = $1', [holder.organisation.id])
})
