import { existsSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { handmade, workbookOf, zipped } from '#test/workbooks.ts'
import { describeFile } from '#app/catalogues/describe-file.server.ts'
import { WorkbookFaultError } from './workbook-fault.ts'
import { countSheets, noNotes, readSheet } from './xlsx.server.ts'

const streamed = (bytes: Uint8Array) => Readable.from([bytes.subarray(0, 1000), bytes.subarray(1000)])
const described = (bytes: Uint8Array) => describeFile(() => streamed(bytes))

async function rowsOf(bytes: Uint8Array, sheet = '', notes = noNotes()): Promise<(readonly [number, ...string[]])[]> {
  const rows: [number, ...string[]][] = []
  for await (const row of readSheet(streamed(bytes), sheet, notes)) {
    rows.push([row.line, ...('cells' in row ? row.cells.map((cell) => cell ?? '') : [`<${row.broken}>`])])
  }
  return rows
}

async function faultOf(bytes: Uint8Array): Promise<string> {
  try {
    await rowsOf(bytes)
    return 'none'
  } catch (error) {
    if (error instanceof WorkbookFaultError) return error.because
    throw error
  }
}

test('sheets are offered with their rows, hidden ones are said to be, and the first visible one is meant', async () => {
  const bytes = await workbookOf(
    {
      Notes: (sheet) => sheet.addRow(['internal']),
      Cover: () => undefined,
      Works: (sheet) => sheet.addRows([['id', 'title'], [], ['1', '銀河鉄道の夜']]),
    },
    (workbook) => {
      const [notes] = workbook.worksheets
      if (notes) notes.state = 'hidden'
    },
  )
  expect(await countSheets(streamed(bytes))).toEqual([
    { name: 'Notes', hidden: true, rows: 1 },
    { name: 'Cover', hidden: false, rows: 0 },
    { name: 'Works', hidden: false, rows: 2 },
  ])
  expect(await described(bytes)).toMatchObject({ readable: true, form: { sheet: 'Works' }, headings: ['id', 'title'] })
  expect(await describeFile(() => streamed(bytes), { sheet: 'Notes' })).toMatchObject({ form: { sheet: 'Notes' } })
  expect(await rowsOf(bytes, 'Works')).toEqual([
    [1, 'id', 'title'],
    [3, '1', '銀河鉄道の夜'],
  ])
})

test('cells are read as they are meant: numbers, days, formulas, rich text, errors, merged and logical ones', async () => {
  const bytes = await workbookOf({
    Works: (sheet) => {
      sheet.addRow(['isbn', 'released', 'seen', 'sum', 'rich', 'error', 'yes', 'padded', 'isbn as shown', 'price'])
      sheet.addRow([
        9_784_041_026_229,
        new Date(Date.UTC(1988, 3, 16)),
        new Date(Date.UTC(2026, 10, 6, 14, 30)),
        { formula: 'A2+1', result: 9_784_041_026_230 },
        { richText: [{ text: 'ONE ' }, { font: { bold: true }, text: 'PIECE' }] },
        { error: '#N/A' },
        true,
        42,
        9_784_041_026_229,
        0.000_000_25,
      ])
      sheet.getCell('B2').numFmt = 'yyyy"年"m"月"d"日"'
      sheet.getCell('C2').numFmt = 'yyyy-mm-dd hh:mm'
      sheet.getCell('H2').numFmt = '00000'
      sheet.getCell('I2').numFmt = '000-0-00-000000-0'
      sheet.addRow(['merged', 'x'])
      sheet.mergeCells('A3:B3')
      sheet.addRow([{ formula: 'B9' }])
    },
  })
  const notes = noNotes()
  const [, cells, merged] = await rowsOf(bytes, 'Works', notes)
  expect(cells).toEqual([
    2,
    '9784041026229',
    '1988-04-16',
    '2026-11-06 14:30',
    '9784041026230',
    'ONE PIECE',
    '',
    'TRUE',
    '00042',
    '978-4-04-102622-9',
    '0.00000025',
  ])
  expect(merged).toEqual([3, 'merged'])
  expect(notes).toEqual({ formulas: 1, unsaved: 1, errors: 1, merged: 1, dates: 2 })
})

test('the reading aids over Japanese words are no part of them, in shared texts and in cells', async () => {
  const aided = '<t>銀河鉄道の夜</t><rPh sb="0" eb="2"><t>ギンガ</t></rPh><phoneticPr fontId="1"/>'
  const bytes = await handmade({
    strings: `<si><t>title</t></si><si>${aided}</si>`,
    rows: `<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="inlineStr"><is>${aided}</is></c></row>`,
  })
  expect(await rowsOf(bytes)).toEqual([
    [1, 'title'],
    [2, '銀河鉄道の夜', '銀河鉄道の夜'],
  ])
})

test.for([
  ['', '1', '1900-01-01'],
  ['', '59', '1900-02-28'],
  ['', '61', '1900-03-01'],
  ['', '45000.75', '2023-03-15 18:00'],
  ['date1904="1"', '0', '1904-01-01'],
  ['date1904="true"', '43538', '2023-03-15'],
  ['', '-1', '-1'],
  ['', '9999999', '9999999'],
] as const)('days are counted as the workbook counts them: %j %s is %s', async ([properties, value, day]) => {
  const rows = `<row r="1"><c r="A1" s="1"><v>${value}</v></c></row>`
  expect(await rowsOf(await handmade({ rows, properties, formats: ['yyyy/m/d h:mm'] }))).toEqual([[1, day]])
})

test.for([
  ['General', '9.78404102622E12', '9784041026220'],
  ['General', '1.5E-7', '0.00000015'],
  ['General', '1E30', `${BigInt(1e30)}`],
  ['#,##0', '1968', '1968'],
  ['0.00', '12.5', '12.5'],
  ['&quot;ISBN &quot;0', '9784041026229', '9784041026229'],
  ['[h]:mm', '0.5', '12:00'],
  ['[Red]General', '7', '7'],
  ['000-0000', '1010041', '101-0041'],
] as const)('a number under the format %s is never a power of ten: %s is %s', async ([format, value, text]) => {
  const rows = `<row><c s="1"><v>${value}</v></c></row>`
  const [row] = await rowsOf(await handmade({ rows, formats: [format] }))
  expect(row).toEqual([1, text])
})

test('any whole number comes back digit by digit', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.maxSafeInteger(), { minLength: 1, maxLength: 20 }), async (numbers) => {
      const rows = numbers.map((number) => `<row><c><v>${number}</v></c></row>`).join('')
      expect((await rowsOf(await handmade({ rows }))).map(([, cell]) => cell)).toEqual(numbers.map(String))
    }),
    { numRuns: 20 },
  )
})

test('escaped characters, odd prefixes and missing references are read', async () => {
  const bytes = await handmade({
    more: {
      'xl/worksheets/sheet1.xml':
        '\uFEFF<x:worksheet xmlns:x="m"><!-- <row> --><x:sheetData><x:row><x:c t="str"><x:v>a_x000D_b &amp; &#x2603;</x:v></x:c><x:c/><x:c t="inlineStr"><x:is><x:t><![CDATA[<c>]]></x:t></x:is></x:c></x:row><x:row r="9"><x:c r="C9"><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>',
    },
  })
  expect(await rowsOf(bytes)).toEqual([
    [1, 'a\rb & ☃', '', '<c>'],
    [9, '', '', '3'],
  ])
})

const sheet = (xml: string) => ({ more: { 'xl/worksheets/sheet1.xml': xml } })
const relation = (target: string, mode = '') =>
  `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="${target}" ${mode}/></Relationships>`

test.for([
  ['an entity', sheet('<!DOCTYPE w [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>'), 'unsafe-workbook'],
  ['a file from outside', sheet('<!DOCTYPE w SYSTEM "file:///etc/passwd"><worksheet/>'), 'unsafe-workbook'],
  ['an unknown reference', sheet('<worksheet><sheetData>&nbsp;</sheetData></worksheet>'), 'damaged-workbook'],
  ['tags that cross', sheet('<worksheet><sheetData></worksheet></sheetData>'), 'damaged-workbook'],
  ['a part cut short', sheet('<worksheet><sheetData><row r="1">'), 'damaged-workbook'],
  [
    'bytes that are no text',
    sheet('<worksheet>\u0000').more && { more: { 'xl/worksheets/sheet1.xml': Buffer.from([0x3c, 0x61, 0xff, 0xfe]) } },
    'damaged-workbook',
  ],
  ['a text that is not there', { rows: '<row><c t="s"><v>5</v></c></row>' }, 'damaged-workbook'],
  ['a row beyond the last', { rows: '<row r="1048577"><c><v>1</v></c></row>' }, 'too-many-rows'],
  ['a row that is none', { rows: '<row r="-1"/>' }, 'damaged-workbook'],
  ['tags without end', sheet(`<worksheet>${'<a>'.repeat(200)}`), 'unsafe-workbook'],
  [
    'a sheet elsewhere',
    { more: { 'xl/_rels/workbook.xml.rels': relation('https://example.test/s.xml', 'TargetMode="External"') } },
    'no-sheets',
  ],
  ['a sheet outside', { more: { 'xl/_rels/workbook.xml.rels': relation('../../../../etc/passwd') } }, 'no-sheets'],
  ['no workbook', { more: { 'xl/workbook.xml': null } }, 'no-sheets'],
  ['a binary workbook', { more: { 'xl/workbook.bin': 'x' } }, 'xlsb'],
  ['an archive within', { more: { 'xl/more.zip': 'x' } }, 'unsafe-workbook'],
  ['a bomb', { more: { 'xl/media/zeros.bin': Buffer.alloc(20 * 2 ** 20) } }, 'too-large-inside'],
] as const)('a workbook with %s is refused', async ([, parts, because]) => {
  expect(await faultOf(await handmade(parts))).toBe(because)
})

test('an embedded workbook is not opened and does no harm', async () => {
  const bytes = await handmade({ rows: '<row><c><v>1</v></c></row>', more: { 'xl/embeddings/book1.xlsx': 'x' } })
  expect(await faultOf(bytes)).toBe('none')
})

test('files are told by their bytes: what looks like a workbook and is none gets a sentence of its own', async () => {
  const old = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(9000)])
  const locked = Buffer.concat([old, Buffer.from('EncryptedPackage', 'utf16le')])
  const openDocument = await zipped({
    mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
    'content.xml': '<x/>',
  })
  const archive = await zipped({ 'works.csv': 'id,title' })
  const document = await zipped({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<x/>' })
  const faults = await Promise.all([old, locked, openDocument, archive, document].map(described))
  expect(faults.map((file) => !file.readable && file.because)).toEqual(['xls', 'encrypted', 'ods', 'zip', 'no-sheets'])
})

test('a row of too many or too long cells spoils itself only, and a sheet read in part leaves nothing behind', async () => {
  const wide = `<row r="2"><c r="XFD2" t="str"><v>x</v></c></row>`
  const bytes = await handmade({
    rows: `<row r="1"><c t="str"><v>title</v></c></row>${wide}<row r="3"><c t="str"><v>${'x'.repeat(1_100_000)}</v></c></row><row r="4"><c t="str"><v>y</v></c></row>`,
  })
  expect(await rowsOf(bytes)).toEqual([
    [1, 'title'],
    [2, '<too-long>'],
    [3, '<too-long>'],
    [4, 'y'],
  ])
  const before = (await readdir(tmpdir())).filter((name) => name.startsWith('workbook-')).length
  for await (const row of readSheet(streamed(bytes), '')) if (row.line === 1) break
  expect((await readdir(tmpdir())).filter((name) => name.startsWith('workbook-')).length).toBe(before)
})

// Files of the exceljs project (MIT), where they are there: dates from 1904, a chart before the sheet, escapes, broken parts.
const samples = '../shared/data/xlsx/exceljs'
test.skipIf(!existsSync(samples))('workbooks of many programs are read, or refused with a reason', async () => {
  const came: Record<string, unknown> = {}
  for (const name of (await readdir(samples)).filter((each) => each.endsWith('.xlsx'))) {
    const file = await described(readFileSync(join(samples, name)))
    came[name] = file.readable ? 'sheet' in file.form && file.form.sheet : file.because
  }
  expect(came).toMatchInlineSnapshot(`
    {
      "1904.xlsx": "Sheet1",
      "bogus-defined-name.xlsx": "Sheet1",
      "chart-sheet.xlsx": "Sheet1",
      "dateIssue.xlsx": "Sheet1",
      "duplicateRowTest.xlsx": "empty",
      "formulas.xlsx": "Sheet1",
      "gold.xlsx": "Values",
      "google-sheets.xlsx": "Sheet1",
      "invalid-xml.xlsx": "damaged-workbook",
      "libre-calc-as-excel-2007-365.xlsx": "Sheet1",
      "many-columns.xlsx": "Sheet1",
      "missing-bits.xlsx": "no-sheets",
      "shared_string_with_escape.xlsx": "Sheet1",
      "test-issue-163.xlsx": "Sheet1",
      "test-issue-1842.xlsx": "empty",
      "test-issue-877.xlsx": "Ersatzteilliste",
    }
  `)
})
