import { describe, expect, test } from 'vitest'
import { testDatabase } from '#test/database.ts'
import { aPiece } from '#test/evidence.ts'
import { aPicture } from '#test/pictures.ts'
import { aFiler, readerOf } from '#test/filer.ts'
import { aFiling, aReadyDraft, fileDraft } from '#test/filings.ts'
import { aCarefulFiler, approve } from '#test/four-eyes.ts'
import { takedownContent } from '#test/takedowns.ts'
import { findApproval } from './find-approval.server.ts'
import { letterText } from './letter.ts'
import { recallFiling } from './recall-filing.server.ts'

const db = await testDatabase()
const { rowsOf } = readerOf(db.owner)

describe('evidence of a filing', () => {
  test('goes with every notice, stands in each letter by its hash, and in the ledger', async () => {
    const { member: filer, wanted, vendors } = await aFiler(db.owner)
    const original = await aPiece(filer, { name: '出力.png', bytes: aPicture(100) })
    const copy = await aPiece(filer, { name: '墨消し.png', bytes: aPicture(101), redactionOf: original.id })
    const own = await aPiece(filer, { name: 'ours.png', bytes: aPicture(102) })
    const evidence = [
      { evidenceId: original.id, sharedId: copy.id },
      { evidenceId: own.id, sharedId: null },
    ]
    const reference = await aFiling(filer, { ...wanted, content: { evidence } })
    const notices = await rowsOf<{ id: string; text: string; payload: { evidence: string[] } }>(
      `select n.id, l.text, e.payload from notice n join filing f on f.id = n.filing_id join notice_letter l on l.notice_id = n.id
       join notice_event e on e.notice_id = n.id and e.sequence = 1 where f.reference = $1`,
      [reference],
    )
    expect(notices).toHaveLength(vendors.length)
    for (const { text, payload } of notices) {
      expect(text).toContain(`墨消し.png (image/png, ${aPicture(101).length} bytes), SHA-256 ${copy.sha256}`)
      expect(text).not.toContain(original.sha256)
      expect(text).not.toContain(own.sha256)
      expect(payload.evidence).toEqual([copy.sha256])
    }
    const going = await rowsOf('select 1 from evidence_notice where notice_id = any($1)', [notices.map(({ id }) => id)])
    expect(going).toHaveLength(vendors.length * 2)
  })

  test('stands in the letter that an approver reads and signs', async () => {
    const { member: filer, approver, wanted, vendors } = await aCarefulFiler(db.owner)
    const piece = await aPiece(filer, { bytes: aPicture(120) })
    const evidence = [{ evidenceId: piece.id, sharedId: piece.id }]
    const reference = await aFiling(filer, { ...wanted, content: { evidence } })
    const view = await findApproval({ member: approver, reference })
    const shown = view?.letters.map(({ letter }) => letterText(letter)) ?? []
    expect(await approve(approver, reference)).toMatchObject({ approved: true })
    const signed = await rowsOf<{ text: string }>(
      `select l.text from notice n join filing f on f.id = n.filing_id join notice_letter l on l.notice_id = n.id where f.reference = $1`,
      [reference],
    )
    expect([shown.length, signed.length]).toEqual([vendors.length, vendors.length])
    for (const text of [...shown, ...signed.map((letter) => letter.text)]) expect(text).toContain(piece.sha256)
  })

  test('that the vendor cannot read is none for a complaint about outputs', async () => {
    const { member: filer, wanted } = await aFiler(db.owner)
    const piece = await aPiece(filer, { bytes: aPicture(130) })
    const judged = async (sharedId: string | null) => {
      const evidence = [{ evidenceId: piece.id, sharedId }]
      const content = { ...takedownContent(['EU_DSA_16', 'JP_CA_112'], []), evidence }
      return fileDraft(filer, await aReadyDraft(filer, { ...wanted, content }))
    }
    expect(await judged(null)).toMatchObject({ missing: ['material_locations', 'evidence'] })
    expect(await judged(piece.id)).toMatchObject({ missing: ['material_locations'] })
  })

  test('a filing that is recalled and filed again goes with what is chosen then', async () => {
    const { member: filer, wanted } = await aFiler(db.owner)
    const piece = await aPiece(filer, { bytes: aPicture(110) })
    const evidence = [{ evidenceId: piece.id, sharedId: piece.id }]
    const draftId = await aReadyDraft(filer, { ...wanted, content: { evidence } })
    const filed = await fileDraft(filer, draftId)
    const reference = filed.filed ? filed.reference : ''
    await recallFiling({ member: filer, reference })
    await db.owner.query(`update filing_draft set content = jsonb_set(content, '{evidence}', '[]') where id = $1`, [
      draftId,
    ])
    expect(await fileDraft(filer, draftId)).toMatchObject({ filed: true })
    const going = await rowsOf(
      'select 1 from evidence_notice u join notice n on n.id = u.notice_id join filing f on f.id = n.filing_id where f.reference = $1',
      [reference],
    )
    expect(going).toEqual([])
  })
})
