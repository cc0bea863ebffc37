import { describe, expect, test } from 'vitest'
import { testDatabase } from '#test/database.ts'
import { aPiece } from '#test/evidence.ts'
import { aPicture } from '#test/pictures.ts'
import { aFiler, readerOf } from '#test/filer.ts'
import { aFiling, aReadyDraft, fileDraft } from '#test/filings.ts'
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
