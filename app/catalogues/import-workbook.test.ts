import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { withPerson } from '#app/platform/db.server.ts'
import { readObject } from '#app/platform/objects.server.ts'
import { aHolder } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { memberOf } from '#test/members.ts'
import { handmade, workbookOf } from '#test/workbooks.ts'
import { chooseMapping } from './choose-mapping.server.ts'
import { confirmImport } from './confirm-import.server.ts'
import { createCatalogue } from './create-catalogue.server.ts'
import { findImport, type FoundImport } from './find-import.server.ts'
import { importCatalogue } from './import-catalogue.server.ts'
import { sheetsOnOffer } from './import-preview.ts'
import { asWritten, type Mapping } from './mapping.ts'
import { startImport } from './start-import.server.ts'

const db = await testDatabase()
const holder = await aHolder(db.owner)
const member = memberOf(holder.person, holder.organisation)

async function aCatalogue(name: string): Promise<string> {
  const made = await createCatalogue({ member, name })
  if (!made.allowed) throw new Error(made.because)
  return made.catalogueId
}

async function sent(catalogueId: string, content: Uint8Array): Promise<FoundImport> {
  const verdict = await startImport({ member, catalogueId, fileName: 'works.csv', content: Readable.from([content]) })
  if (!verdict.allowed) throw new Error(verdict.because)
  return found(verdict.importId)
}

async function found(importId: string): Promise<FoundImport> {
  const known = await withPerson(member.personId, (tx) => findImport(tx, importId))
  if (known === null) throw new Error('no such import')
  return known
}

const films = () =>
  workbookOf(
    {
      Internal: (sheet) => sheet.addRows([['memo'], ['not for anybody']]),
      Films: (sheet) => {
        sheet.addRow(['id', 'title', 'isbn', 'released'])
        sheet.addRow(['1', '銀河鉄道の夜', 9_784_041_026_229, new Date(Date.UTC(1985, 6, 13))])
        sheet.addRow(['2', '', 9_784_041_026_229])
        sheet.addRow(['3', 'ホルスの大冒険'])
        sheet.getCell('D2').numFmt = 'yyyy/mm/dd'
      },
      Series: (sheet) =>
        sheet.addRows([
          ['id', 'title'],
          ['9', 'A series'],
        ]),
    },
    (workbook) => {
      const [internal] = workbook.worksheets
      if (internal) internal.state = 'veryHidden'
    },
  )

test('a workbook goes the way of every file: sheets on offer, dry run, import, rejected rows by their line', async () => {
  const catalogueId = await aCatalogue('Films of a workbook')
  const read = await sent(catalogueId, await films())
  expect(read).toMatchObject({ status: 'mapping', form: { sheet: 'Films' } })
  expect(read.preview?.workbook).toEqual({
    sheets: [
      { name: 'Internal', hidden: true, rows: 2 },
      { name: 'Films', hidden: false, rows: 4 },
      { name: 'Series', hidden: false, rows: 2 },
    ],
    notes: { formulas: 0, unsaved: 0, errors: 0, merged: 0, dates: 1 },
  })
  expect(sheetsOnOffer(read.preview)).toEqual(['Internal', 'Films', 'Series'])
  expect(read.preview?.counts).toMatchObject({ rows: 3, added: 2, rejected: 1 })
  expect(read.preview?.rejects).toEqual([{ because: 'no-title', rows: 1, lines: [3] }])
  expect(read.preview?.columns.map(({ sample }) => sample)).toEqual([
    '1',
    '銀河鉄道の夜',
    '9784041026229',
    '1985-07-13',
  ])

  expect(await confirmImport({ member, catalogueId, importId: read.id })).toEqual({ allowed: true })
  await importCatalogue({ importId: read.id, personId: member.personId })
  const done = await found(read.id)
  expect(done).toMatchObject({ status: 'done', version: 1 })
  expect(await text(readObject(done.rejectsSha256 ?? ''))).toContain('3,The row has no title.,2,,9784041026229')
  const { rows } = await db.owner.query(
    `select i.value from work_identifier i join work w using (catalogue_id, work_id) where w.catalogue_id = $1`,
    [catalogueId],
  )
  expect(rows).toEqual([{ value: '9784041026229' }])
})

test('another sheet is read anew, its columns guessed anew', async () => {
  const catalogueId = await aCatalogue('Series of a workbook')
  const read = await sent(catalogueId, await films())
  const mapping: Mapping = read.mapping ?? { columns: [], identityColumn: null, kind: null, decisions: asWritten }
  const choice = { member, catalogueId, importId: read.id, mapping, replaceMissing: false }
  expect(await chooseMapping({ ...choice, form: { sheet: 'Series' } })).toEqual({ allowed: true })
  const again = await found(read.id)
  expect(again).toMatchObject({ form: { sheet: 'Series' }, status: 'mapping' })
  expect(again.mapping?.columns.map(({ header, field }) => [header, field])).toEqual([
    ['id', 'externalId'],
    ['title', 'title'],
  ])
  expect(again.preview?.counts).toMatchObject({ rows: 1, added: 1 })
})

test('what is found to be damaged while it is read is told as such, and nothing is imported', async () => {
  const catalogueId = await aCatalogue('Damaged')
  const rows = '<row><c t="str"><v>title</v></c></row><row><c t="s"><v>7</v></c></row>'
  const read = await sent(catalogueId, await handmade({ rows }))
  expect(read).toMatchObject({ status: 'failed', failure: 'damaged-workbook' })
  expect(await confirmImport({ member, catalogueId, importId: read.id })).toMatchObject({ allowed: false })
})
