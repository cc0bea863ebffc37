import { expect, test } from 'vitest'
import { testDatabase } from '#test/database.ts'
import { readerOf } from '#test/filer.ts'
import { aReadyDraft, fileDraft } from '#test/filings.ts'
import { aCarefulFiler, approve } from '#test/four-eyes.ts'
import { findApproval } from './find-approval.server.ts'
import { findFiling } from './find-filing.server.ts'
import { previewLetters } from './preview-letters.server.ts'
import { recallFiling } from './recall-filing.server.ts'
import { returnFiling, takeBackFiling } from './return-filing.server.ts'
import { verifyLedger } from './verify-ledger.server.ts'

const db = await testDatabase()
const careful = await aCarefulFiler(db.owner)
const { holder, member, colleague, approver, second, wanted } = careful
const { rowsOf, noticesOf } = readerOf(db.owner)

async function submit(draftId?: string): Promise<{ reference: string; draftId: string }> {
  const id = draftId ?? (await aReadyDraft(colleague, wanted))
  const filed = await fileDraft(colleague, id)
  if (!filed.filed) throw new Error(filed.because)
  return { reference: filed.reference, draftId: id }
}

async function stagesOf(reference: string): Promise<string[]> {
  return (await noticesOf(reference)).map(({ stage }) => stage)
}

async function dutiesOf(reference: string): Promise<{ kind: string; audience: string; open: boolean }[]> {
  return rowsOf(
    `select d.kind, d.audience, d.cancelled_at is null as open from mail_duty d join notice n on n.id = d.notice_id
     join filing f on f.id = n.filing_id where f.reference = $1 order by d.kind, d.id`,
    [reference],
  )
}

test('a returned filing is the same draft with the note; submitted again it keeps its references', async () => {
  const { reference, draftId } = await submit()
  const first = await noticesOf(reference)
  const stale = await findApproval({ member: second, reference, signature: { capacity: '' } })
  expect(await returnFiling({ member: approver, reference, note: ' ' })).toEqual({
    returned: false,
    because: 'note-missing',
  })
  expect(await returnFiling({ member: approver, reference, note: 'The model is another.' })).toEqual({
    returned: true,
    draftId,
  })
  expect(new Set(await stagesOf(reference))).toEqual(new Set(['draft']))
  const preview = await previewLetters({ member: colleague, draftId })
  expect(preview?.draft.returned).toMatchObject({ by: approver.name, note: 'The model is another.' })
  expect((await dutiesOf(reference)).map(({ kind, open }) => [kind, open])).toEqual([
    ['approval-needed', false],
    ['filing-returned', true],
  ])
  expect(await approve(second, reference, stale?.submission)).toMatchObject({ because: 'returned', by: approver.name })

  expect((await submit(draftId)).reference).toBe(reference)
  expect((await noticesOf(reference)).map(({ id, reference: kept }) => [id, kept])).toEqual(
    first.map(({ id, reference: kept }) => [id, kept]),
  )
  // The page of the first submission approves nothing of the second, even though its words are the same.
  expect(await approve(second, reference, stale?.submission)).toEqual({ approved: false, because: 'changed' })
  expect(await approve(second, reference)).toMatchObject({ approved: true })
  expect(await findFiling(colleague, reference)).toMatchObject({ returnedAt: null, returnedNote: null })
  expect(await verifyLedger()).toMatchObject({ broken: [] })
})

test('the submitter takes back what nobody has approved, and nobody else does', async () => {
  const { reference, draftId } = await submit()
  expect(await takeBackFiling({ member, reference })).toEqual({ returned: false, because: 'not-the-submitter' })
  expect(await takeBackFiling({ member: approver, reference })).toEqual({ returned: false, because: 'role-too-low' })
  expect(await takeBackFiling({ member: colleague, reference })).toEqual({ returned: true, draftId })
  expect((await dutiesOf(reference)).filter(({ open }) => open)).toEqual([])
  expect(await takeBackFiling({ member: colleague, reference })).toMatchObject({ because: 'returned' })
})

test('what waits still needs its approval after four eyes are switched off; what is filed then leaves at once', async () => {
  const { reference } = await submit()
  const { id } = holder.organisation
  await db.owner.query('update organisation set four_eyes = false where id = $1', [id])
  try {
    expect(new Set(await stagesOf(reference))).toEqual(new Set(['awaiting_approval']))
    const { reference: later } = await submit()
    expect(new Set(await stagesOf(later))).toEqual(new Set(['queued']))
    expect(await approve(approver, reference)).toMatchObject({ approved: true })
    const back = await submit()
    expect(await recallFiling({ member: colleague, reference: back.reference })).toMatchObject({ recalled: true })
    await db.owner.query('update organisation set four_eyes = true where id = $1', [id])
    // Signed by its submitter while four eyes were off: that signature counts no longer.
    await submit(back.draftId)
    expect(new Set(await stagesOf(back.reference))).toEqual(new Set(['awaiting_approval']))
    const [letter] = await rowsOf<{ text: string }>(
      'select text from notice_letter l join notice n on n.id = l.notice_id where n.reference = $1',
      [(await noticesOf(back.reference))[0]?.reference],
    )
    expect(letter?.text).not.toContain('General counsel')
  } finally {
    await db.owner.query('update organisation set four_eyes = true where id = $1', [id])
  }
})

test('recalled after its approval, a filing needs another one', async () => {
  const { reference, draftId } = await submit()
  await approve(approver, reference)
  expect(await recallFiling({ member: colleague, reference })).toMatchObject({ recalled: true })
  await submit(draftId)
  expect(new Set(await stagesOf(reference))).toEqual(new Set(['awaiting_approval']))
  expect(await findFiling(colleague, reference)).toMatchObject({ approvedAt: null, signatoryName: null })
  expect(await approve(second, reference)).toMatchObject({ approved: true })
})
