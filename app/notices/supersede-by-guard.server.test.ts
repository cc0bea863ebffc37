import { expect, test } from 'vitest'
import { testDatabase } from '#test/database.ts'
import { aFiler, readerOf } from '#test/filer.ts'
import { aFiling, aReadyDraft } from '#test/filings.ts'
import { chooseDuplicates } from './choose-duplicates.server.ts'
import { fileNotices } from './file-notices.server.ts'
import { emptyContent, type FilingContent } from './filing-draft.ts'
import { previewLetters } from './preview-letters.server.ts'
import { recallFiling } from './recall-filing.server.ts'
import { supersedeServed } from './supersede-notice.server.ts'
import { takeSteps } from './take-steps.server.ts'
import { asSystem } from './taker.server.ts'
import { verifyLedger } from './verify-ledger.server.ts'

const db = await testDatabase()
const { rowsOf, noticesOf } = readerOf(db.owner)
type Filer = Awaited<ReturnType<typeof aFiler>>

async function serve(id: string): Promise<void> {
  await db.owner.query('update notice set begun_at = now() where id = $1', [id])
  await asSystem((tx, taker) => takeSteps(tx, { step: 'message.accepted', noticeIds: [id], taker }))
}

const stageOf = async (id: string | undefined) =>
  (await rowsOf<{ stage: string }>('select stage from notice where id = $1', [id]))[0]?.stage

const ordersTo = (id: string | undefined) =>
  rowsOf<{ notice_id: string }>(
    'select notice_id from notice_succession where successor_id = $1 and taken_at is null order by notice_id',
    [id],
  )

/** A draft that asks again what is asked, filed with the choice to supersede. */
async function fileInstead(filer: Filer, vendorIds: string[], content: Partial<FilingContent> = {}) {
  const { member } = filer
  const draftId = await aReadyDraft(member, { ...filer.wanted, vendorIds, content })
  const found = (await previewLetters({ member, draftId }))?.duplicates ?? []
  const choices = Object.fromEntries(
    found.map(({ vendorId, seen }) => [vendorId, { choice: 'supersede', seen }] as const),
  )
  expect(await chooseDuplicates({ member, draftId, choices })).toEqual({ allowed: true })
  const preview = await previewLetters({ member, draftId })
  const { revision = 0 } = preview?.draft ?? {}
  const letters = preview?.lettersSha256 ?? ''
  const filed = await fileNotices({ member, draftId, revision, letters, idempotencyKey: `${draftId}:${revision}` })
  if (!filed.filed) throw new Error(filed.because)
  return { reference: filed.reference, notices: await noticesOf(filed.reference), found }
}

test('what the guard supersedes gives way when the new notice is served, each to its own vendor', async () => {
  const filer = await aFiler(db.owner)
  const vendorIds = filer.vendors.slice(0, 2).map(({ id }) => id)
  const old = await noticesOf(await aFiling(filer.member, { ...filer.wanted, vendorIds }))
  for (const { id } of old) await serve(id)
  const { notices, found } = await fileInstead(filer, vendorIds)
  expect(found).toHaveLength(2)
  for (const notice of notices) {
    const before = old.find(({ vendor_id }) => vendor_id === notice.vendor_id)
    expect(await ordersTo(notice.id)).toEqual([{ notice_id: before?.id }])
  }
  expect(await supersedeServed()).toBe(0)
  expect(await stageOf(old[0]?.id), 'the vendor sees nothing of it before').toBe('sent')

  const [first] = notices
  await serve(first?.id ?? '')
  expect(await supersedeServed()).toBe(1)
  const [gone, stays] = [
    old.find(({ vendor_id }) => vendor_id === first?.vendor_id),
    old.find(({ vendor_id }) => vendor_id !== first?.vendor_id),
  ]
  expect([await stageOf(gone?.id), await stageOf(stays?.id)]).toEqual(['superseded', 'sent'])
  expect((await verifyLedger({ reference: gone?.reference ?? '' })).broken).toEqual([])
})

test('a filing that is recalled gives up what it was to supersede', async () => {
  const filer = await aFiler(db.owner)
  const vendorIds = [filer.vendors[0]?.id ?? '']
  const [old] = await noticesOf(await aFiling(filer.member, { ...filer.wanted, vendorIds }))
  await serve(old?.id ?? '')
  const { reference, notices } = await fileInstead(filer, vendorIds)
  expect(await ordersTo(notices[0]?.id)).toHaveLength(1)
  expect(await recallFiling({ member: filer.member, reference })).toMatchObject({ recalled: true })
  expect(await supersedeServed()).toBe(0)
  expect(await stageOf(old?.id)).toBe('sent')
})

test('an older notice that was not sent when it was chosen is superseded too, once both are served', async () => {
  const filer = await aFiler(db.owner)
  const vendorIds = [filer.vendors[0]?.id ?? '']
  const [old] = await noticesOf(await aFiling(filer.member, { ...filer.wanted, vendorIds }))
  expect(await stageOf(old?.id)).toBe('queued')
  const { notices } = await fileInstead(filer, vendorIds)
  await serve(old?.id ?? '')
  await serve(notices[0]?.id ?? '')
  await supersedeServed()
  expect(await stageOf(old?.id)).toBe('superseded')
  expect(await stageOf(notices[0]?.id)).toBe('sent')
})

test('one that asks for fewer works supersedes the older one as a whole, as the page says', async () => {
  const filer = await aFiler(db.owner)
  const vendorIds = [filer.vendors[0]?.id ?? '']
  const [old] = await noticesOf(await aFiling(filer.member, { ...filer.wanted, vendorIds }))
  await serve(old?.id ?? '')
  const { scope } = emptyContent('en')
  const { catalogue } = filer
  const some = {
    scope: {
      ...scope,
      kind: 'chosen' as const,
      catalogueId: catalogue.id,
      version: catalogue.version,
      workIds: catalogue.workIds.slice(0, 1),
    },
  }
  const { notices } = await fileInstead(filer, vendorIds, some)
  await serve(notices[0]?.id ?? '')
  await supersedeServed()
  expect(await stageOf(old?.id)).toBe('superseded')
})
