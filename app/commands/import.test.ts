import { readFileSync } from 'node:fs'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { anOrganisation } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { workbookOf } from '#test/workbooks.ts'
import { BadUseError } from './answer.ts'
import { importCommand, type ImportGiven } from './import.server.ts'

const db = await testDatabase()
// An organisation without any member: the operator imports for it.
const { slug } = await anOrganisation(db.owner, 'rights_holder')
const folder = mkdtempSync(join(tmpdir(), 'caveat-import-'))

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const run = (path: string, more: Partial<ImportGiven> = {}) =>
  importCommand({ organisation: slug, catalogue: 'Films', file: path, map: [], replace: false, dryRun: false, ...more })

test('imports, answers with every count, and writes the rejected rows beside their reasons', async () => {
  const path = file('films.csv', 'identifier,title_ja,isbn\nA,一,439023483\nB,,\nA,三,\n')
  const dry = await run(path, { dryRun: true })
  expect(dry.json).toMatchObject({ rows: 3, added: 1, rejected: 2, version: null })
  const { json, someFailed } = await run(path)
  expect(json).toMatchObject({
    rows: 3,
    added: 1,
    changed: 0,
    unchanged: 0,
    removed: 0,
    rejected: 2,
    warnings: 1,
    version: 1,
  })
  expect(Object.keys(json)).toEqual(expect.arrayContaining(['rejectsFile', 'seconds', 'rowsPerSecond', 'peakRssMiB']))
  expect(someFailed).toBe(true)
  expect(readFileSync(String(json['rejectsFile']), 'utf8')).toContain('3,The row has no title.,B,,')
  expect((await run(path)).json).toMatchObject({ unchanged: 1, version: null })
  const { rows } = await db.owner.query('select name, current_version from catalogue')
  expect(rows).toEqual([{ name: 'Films', current_version: 1 }])
})

test('takes columns by name and number, and an encoding', async () => {
  const path = file('odd.csv', 'a,b\nx1,One\n')
  const { json } = await run(path, { catalogue: 'Odd', map: ['externalId=a', 'title=#2'], encoding: 'Shift_JIS' })
  expect(json).toMatchObject({ added: 1, rejectsFile: null })
})

test('takes a workbook, by default its first visible sheet', async () => {
  const workbook = await workbookOf({
    Films: (sheet) =>
      sheet.addRows([
        ['id', 'title'],
        ['1', 'One'],
        ['2', ''],
      ]),
    'Other films': (sheet) =>
      sheet.addRows([
        ['id', 'title'],
        ['3', 'Three'],
      ]),
  })
  const path = file('films.xlsx', workbook)
  const first = await run(path, { catalogue: 'Workbook' })
  expect(first.json).toMatchObject({ rows: 2, added: 1, rejected: 1 })
  expect(readFileSync(String(first.json['rejectsFile']), 'utf8')).toContain('3,The row has no title.,2')
  const other = await run(path, { catalogue: 'Workbook', sheet: 'Other films' })
  expect(other.json).toMatchObject({ added: 1, version: 2 })
  await expect(run(path, { sheet: 'No films' })).rejects.toThrow(/has no sheet No films/u)
})

test.for([
  [{ organisation: 'nobody' }, /No organisation nobody/u],
  [{ file: '/nowhere.csv' }, /There is no file/u],
  [{ encoding: 'klingon' }, /No such encoding/u],
  [{ map: ['nonsense'] }, /FIELD=COLUMN/u],
  [{ map: ['title=zzz'] }, /No column zzz/u],
] as const)('%j is bad use', async ([more, message]) => {
  const path = file('plain.csv', 'id,title\n1,One\n')
  const asked = run(path, more)
  await expect(asked).rejects.toThrow(message)
  await expect(asked).rejects.toBeInstanceOf(BadUseError)
})

test('a file that is none, or has no title, is bad use', async () => {
  await expect(run(file('book.csv', 'PK\u0003\u0004..xl/'))).rejects.toThrow(/damaged workbook/u)
  await expect(run(file('untitled.csv', 'a,b\n1,2\n'))).rejects.toThrow(/--map title=COLUMN/u)
})
