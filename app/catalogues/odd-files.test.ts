import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { array, assert, asyncProperty, constantFrom, integer, oneof } from 'fast-check'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { withPerson } from '#app/platform/db.server.ts'
import { aHolder } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { memberOf } from '#test/members.ts'
import { broken, hugeFiles, oddBytes } from '#test/odd-files.ts'
import { handmade, workbookOf } from '#test/workbooks.ts'
import { confirmImport } from './confirm-import.server.ts'
import { createCatalogue } from './create-catalogue.server.ts'
import { describeFile } from './describe-file.server.ts'
import { wordsForFileFault } from './file-fault-words.ts'
import { findImport } from './find-import.server.ts'
import { mostColumns } from './formats/headings.ts'
import { WorkbookFaultError } from './formats/workbook-fault.ts'
import { noNotes } from './formats/xlsx.server.ts'
import { importCatalogue } from './import-catalogue.server.ts'
import { proposeMapping } from './mapping.ts'
import { profileFile } from './profile-file.server.ts'
import { readRow } from './read-row.ts'
import { dataRows } from './stage-rows.server.ts'
import { startImport } from './start-import.server.ts'

// A busy machine takes its time over the largest.
vi.setConfig({ testTimeout: 120_000 })
const db = await testDatabase()
const holder = await aHolder(db.owner)
const member = memberOf(holder.person, holder.organisation)
let workbook: Buffer
let catalogueId: string

beforeAll(async () => {
  workbook = await workbookOf({
    Films: (sheet) =>
      sheet.addRows([
        ['id', 'title', 'isbn'],
        ['1', '銀河鉄道の夜', 9_784_041_026_229],
        ['2', 'Film', ''],
      ]),
  })
  const made = await createCatalogue({ member, name: 'Odd files' })
  if (!made.allowed) throw new Error(made.because)
  ;({ catalogueId } = made)
})

/** Reads a file to its end as an import does: how many rows it has, or the sentence that says why it has none. */
async function read(bytes: Buffer, parts = 7_919): Promise<number | string> {
  // As it arrives: in parts that end anywhere.
  const open = () =>
    Readable.from(
      (function* () {
        for (let at = 0; at < bytes.length; at += parts) yield bytes.subarray(at, at + parts)
      })(),
    )
  try {
    const file = await describeFile(open)
    if (!file.readable) return wordsForFileFault(file.because)
    const profile = await profileFile({ open, ...file, notes: noNotes() })
    const mapping = proposeMapping(profile.columns, 'odd.csv')
    let rows = 0
    for await (const row of dataRows({ open, form: file.form })) {
      if ('cells' in row) readRow(row.cells, mapping)
      rows += 1
    }
    expect(rows).toBe(profile.rows)
    return rows
  } catch (error) {
    if (error instanceof WorkbookFaultError) return wordsForFileFault(error.because)
    throw error
  }
}

const isSaid = (came: number | string): boolean => typeof came === 'number' || came.length > 10

describe('a file that nobody meant to be read', () => {
  test('is read to where it breaks, or has a sentence that says why not', async () => {
    const table = Buffer.from('\uFEFFid,title,isbn\r\n1,"銀河, 鉄道の夜",978-4-04-102622-9\r\n2,Film,\r\n')
    for (const [bytes, numRuns] of [
      [oddBytes, 300],
      [broken(table), 100],
      [broken(workbook), 60],
    ] as const)
      await assert(
        asyncProperty(bytes, integer({ min: 1, max: 64 }), async (each, parts) => {
          expect(await read(each, parts)).toSatisfy(isSaid)
        }),
        { numRuns },
      )
  })

  test.each(Object.entries(hugeFiles))('%s', async (_, make) => {
    expect(await read(make(), 65_536)).toSatisfy(isSaid)
  })

  test('more columns than anybody needs are refused by the first row, in a file of text and in a workbook', async () => {
    const most = Array.from({ length: mostColumns }, (_, at) => `c${at}`)
    const said = wordsForFileFault('too-many-columns')
    expect(await read(Buffer.from(`${most.join(',')}\n1,2\n`))).toBe(1)
    for (const more of [1, 1_000_000])
      expect(await read(Buffer.from(`${most.join(',')}${',x'.repeat(more)}\n1,2\n`), 65_536)).toBe(said)
    expect(await read(await workbookOf({ Films: (sheet) => sheet.addRows([[...most, 'one more'], ['1']]) }))).toBe(said)
  })

  test('a workbook that unpacks to gigabytes is refused without being unpacked', async () => {
    const cells = Buffer.from(`<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c></row>`)
    const rows = `${cells.toString()}${'<row><c t="inlineStr"><is><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></is></c></row>'.repeat(400_000)}`
    const bomb = await handmade({ rows })
    expect(bomb.length).toBeLessThan(1_000_000)
    expect(await read(bomb, 65_536)).toSatisfy(isSaid)
    // What the archive says of itself is not believed either way.
    const liar = Buffer.from(bomb)
    for (let at = liar.indexOf('PK\u0001\u0002'); at !== -1; at = liar.indexOf('PK\u0001\u0002', at + 1))
      liar.writeUInt32LE(10, at + 24)
    expect(await read(liar, 65_536)).toSatisfy(isSaid)
  })
})

/** Sends a file as a member does, and imports it if it can be: what the pages would say of it. */
async function imported(bytes: Buffer): Promise<string> {
  const verdict = await startImport({ member, catalogueId, fileName: 'odd.csv', content: Readable.from([bytes]) })
  if (!verdict.allowed) return verdict.because
  const id = verdict.importId
  const known = await withPerson(member.personId, (tx) => findImport(tx, id))
  expect(['mapping', 'failed']).toContain(known?.status)
  if (known?.status !== 'mapping' || known.preview === null) return String(known?.failure)
  const begun = await confirmImport({ member, catalogueId, importId: id })
  if (!begun.allowed) return begun.because
  await importCatalogue({ importId: id, personId: member.personId, isLastTry: true })
  const done = await withPerson(member.personId, (tx) => findImport(tx, id))
  // Whatever stands in a file, each of its rows counts once: as a work that came of it, or as a row that was refused.
  const { counts } = done ?? {}
  if (counts) {
    const all = counts.added + counts.changed + counts.unchanged + counts.rejected
    const rows = await read(bytes)
    if (all !== rows) return `lost: of ${rows} rows ${all} were counted`
  }
  return done?.status === 'failed' ? `failed: ${done.failure}` : String(done?.status)
}

// A fault of ours would be told as an outage, and an import that breaks off as still running.
const unsaid = new Set([
  'undefined',
  'null',
  'running',
  'queued',
  'mapping',
  'outage',
  'failed: outage',
  'failed: null',
])
const isToldFully = (came: string): boolean => !unsaid.has(came) && !came.startsWith('lost')

describe('a file that is sent is imported or refused, and never fails', () => {
  test('whatever its cells are, and no row of it is lost', async () => {
    const cell = constantFrom('', '1', '2', 'Film', '銀河', '9784041026229', '"', 'a\0b', '=1+1', 'x'.repeat(300), '𝄞')
    const rows = array(array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 12 })
    const tables = rows.map((each) => Buffer.from(`id,title,isbn\n${each.map((one) => one.join(',')).join('\n')}\n`))
    await assert(
      asyncProperty(oneof({ weight: 3, arbitrary: tables }, oddBytes), async (bytes) => {
        expect(await imported(bytes)).toSatisfy(isToldFully)
      }),
      { numRuns: 30 },
    )
  })

  test.each(Object.entries(hugeFiles))('%s', async (_, make) => {
    expect(await imported(make())).toSatisfy(isToldFully)
  })
})

const collection = ['../shared/data', '../../shared/data'].find((folder) => existsSync(folder))

describe('files of other projects that are hard to read', () => {
  const folders =
    collection === undefined ? [] : ['csv-torture', 'xlsx', 'ai-crawlers'].map((name) => join(collection, name))
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile() && statSync(path).size < 2 ** 20),
  )
  test.skipIf(files.length === 0)('are read, whole and in part, or have a sentence', async () => {
    for (const path of files) {
      const bytes = readFileSync(path)
      for (const part of [bytes, bytes.subarray(0, Math.floor(bytes.length * 0.6))])
        expect({ path, came: await read(part, 4096) }).toSatisfy(({ came }: { came: number | string }) => isSaid(came))
    }
  })
})
