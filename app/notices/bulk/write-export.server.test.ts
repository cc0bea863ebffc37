import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import yauzl from 'yauzl'
import { describe, expect, test } from 'vitest'
import { newId } from '#app/platform/id.ts'
import { readObject } from '#app/platform/objects.server.ts'
import { anAssociation } from '#test/associations.ts'
import { aPerson, insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aMandate } from '#test/mandates.ts'
import { memberOf } from '#test/members.ts'
import { aPair, aSentNotice } from '#test/notices.ts'
import { chooseNotices } from './choose-notices.server.ts'
import { countGoneRows, findAct } from './find-act.server.ts'
import { queueAct } from './queue-act.server.ts'
import { runBulkAct } from './run-act.server.ts'
import type { ColumnName } from './table-query.ts'

const db = await testDatabase()
const association = await anAssociation(db.owner)
const [one, two] = [await aPair(db.owner), await aPair(db.owner)]
const mandates: { id: string }[] = []
for (const { holder } of [one, two])
  mandates.push(
    await aMandate(db.owner, {
      associationId: association.organisation.id,
      memberId: holder.organisation.id,
      acceptedBy: holder.person.id,
    }),
  )
await db.owner.query(
  `update organisation set name = '=HYPERLINK("http://evil.example")', name_other = '@東京' where id = $1`,
  [one.holder.organisation.id],
)
const [first, second] = [await aSentNotice(db.owner, one), await aSentNotice(db.owner, two)]
for (const [index, tag] of ['+1', '-ナルト-', '\tx', '\r='].entries())
  await insert(db.owner, 'notice_tag', {
    organisation_id: association.organisation.id,
    notice_id: first.id,
    tag: `${tag}${index}`,
    tagged_by: association.person.id,
    tagged_at: new Date(),
  })

type Format = 'csv' | 'xlsx' | 'zip'

async function exported(
  format: Format,
  {
    columns = ['member', 'tags', 'works'],
    locale = 'en',
    between = async () => {},
  }: { columns?: ColumnName[]; locale?: 'en' | 'ja'; between?: () => Promise<void> } = {},
) {
  const member = { ...association.member, locale }
  const actId = newId()
  await chooseNotices(member, { actId, choice: { kind: 'all', filter: {} } })
  await queueAct(member, { actId, asked: { act: 'export', format, columns } })
  await between()
  await runBulkAct({ actId, isLastTry: false })
  const page = await findAct(member, { actId, cursor: null })
  if (page === null) throw new Error('There is no such act')
  const { resultSha256, resultBytes } = page.act
  const bytes = resultSha256 === null ? Buffer.alloc(0) : await buffer(readObject(resultSha256))
  return { actId, page, bytes, resultBytes }
}

test('a CSV file opens right and holds no formula', async () => {
  const { bytes, page, resultBytes } = await exported('csv')
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const [head, ...lines] = bytes.toString().slice(1).split('\r\n')
  expect(head).toBe('Reference,Kind,Member,Tags,Works')
  expect(lines.slice(0, 2).map((line) => line.slice(0, 13))).toEqual([second.reference, first.reference])
  expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil.example"")"`)
  for (const cell of bytes
    .toString()
    .slice(1)
    .split(/,|\r\n/u))
    expect(cell).not.toMatch(/^"?[=+\-@\t\r]/u)
  expect(resultBytes).toBe(bytes.length)
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(page.act.resultSha256)
  expect(page.counts).toMatchObject({ done: 2, missing: 0 })
})

test('a Japanese reader’s file has Japanese heads', async () => {
  const { bytes } = await exported('csv', { locale: 'ja', columns: ['member', 'stage'] })
  expect(bytes.toString()).toContain('会員')
  expect(bytes.toString()).toContain(`'@東京`)
})

test('a workbook holds text alone', async () => {
  const { bytes } = await exported('xlsx')
  const book = new ExcelJS.Workbook()
  // exceljs types an older Buffer; it takes this one.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  await book.xlsx.load(bytes as never)
  const sheet = book.worksheets[0]
  expect(sheet?.rowCount).toBe(3)
  expect(sheet?.getRow(3).getCell(1).value).toBe(first.reference)
  expect(sheet?.getRow(3).getCell(3).value).toBe('=HYPERLINK("http://evil.example")')
  expect(sheet?.getRow(3).getCell(3).type).toBe(ExcelJS.ValueType.String)
})

test('an archive holds the letters that there are, and a list of them', async () => {
  const { bytes, page } = await exported('zip')
  const names = await new Promise<string[]>((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: false }, (error, zip) => {
      if (error) return reject(error)
      const found: string[] = []
      zip.on('entry', (entry: { fileName: string }) => found.push(entry.fileName))
      zip.on('end', () => resolve(found))
      return undefined
    })
  })
  // These notices were made without letters, and each says so.
  expect(names).toEqual(['list.csv'])
  expect(page.undone.map(({ because }) => because)).toEqual(['no-letter', 'no-letter'])
})

describe('an export', () => {
  test('is in the organisation’s record with its hash, and each member sees how many of its notices it held', async () => {
    const { page, actId } = await exported('csv')
    const entries = await db.owner.query(
      `select facts from audit_entry where kind = 'notices-exported' and subject_id = $1`,
      [actId],
    )
    expect(entries.rows).toEqual([{ facts: { format: 'csv', notices: 2, sha256: page.act.resultSha256 } }])
    const told = await db.owner.query(
      'select member_id, association_id, notices, sha256 from member_export where act_id = $1 order by member_id',
      [actId],
    )
    const of = (memberId: string) => ({
      member_id: memberId,
      association_id: association.organisation.id,
      notices: 1,
      sha256: page.act.resultSha256,
    })
    expect(told.rows).toEqual(
      [one, two]
        .map(({ holder }) => of(holder.organisation.id))
        .toSorted((a, b) => (a.member_id < b.member_id ? -1 : 1)),
    )
    // Run again after its end it stays what it was.
    await runBulkAct({ actId, isLastTry: false })
    expect((await db.owner.query(`select 1 from audit_entry where subject_id = $1`, [actId])).rowCount).toBe(1)
  })

  test('that was killed begins anew and holds each row once', async () => {
    const { bytes, page } = await exported('csv', {
      between: async () => {
        await db.owner.query(`update bulk_act set status = 'running' where status = 'queued'`)
        await db.owner.query(`update bulk_row set status = 'done' where position = 1`)
      },
    })
    expect(bytes.toString().split('\r\n')).toHaveLength(4)
    expect(page.counts.done).toBe(2)
  })

  test('leaves out what was revoked, and its file closes once a notice in it may not be seen', async () => {
    const before = await exported('csv')
    const grant = await db.owner.query('delete from mandate_grant where mandate_id = $1 returning *', [mandates[1]?.id])
    const { bytes, page, actId } = await exported('csv')
    expect(bytes.toString()).not.toContain(second.reference)
    expect(page.counts).toMatchObject({ done: 1, missing: 0 })
    expect(await countGoneRows(association.member, actId)).toBe(0)
    expect(await countGoneRows(association.member, before.actId)).toBe(1)
    const restored = { ...grant.rows[0], scopes: '{view}' }
    await insert(db.owner, 'mandate_grant', restored)
    const during = await exported('csv', {
      between: async () => {
        await db.owner.query('delete from mandate_grant where mandate_id = $1', [mandates[1]?.id])
      },
    })
    expect(during.page.undone).toEqual([expect.objectContaining({ reference: second.reference, status: 'missing' })])
    expect(during.bytes.toString()).not.toContain(second.reference)
  })

  test('can be taken by a viewer too', async () => {
    const viewer = memberOf(
      await aPerson(db.owner, { organisationId: association.organisation.id, role: 'viewer' }),
      association.organisation,
      { kind: 'association', role: 'viewer' },
    )
    const actId = newId()
    await chooseNotices(viewer, { actId, choice: { kind: 'all', filter: {} } })
    await expect(queueAct(viewer, { actId, asked: { act: 'export', format: 'csv' } })).resolves.toEqual({
      queued: true,
    })
    await runBulkAct({ actId, isLastTry: false })
    expect((await findAct(viewer, { actId, cursor: null }))?.act.status).toBe('done')
  })
})
