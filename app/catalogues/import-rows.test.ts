import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { withBulkConnection } from '#app/platform/bulk.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { aHolder, insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { describeFile } from './describe-file.server.ts'
import { importRows, type ImportResult } from './import-rows.server.ts'
import { warningCounts } from './import-tally.ts'
import { proposeMapping, type Mapping } from './mapping.ts'
import { profileFile } from './profile-file.server.ts'
import type { OpenFile } from './formats/table.server.ts'

const db = await testDatabase()
const { organisation, person } = await aHolder(db.owner)

async function anEmptyCatalogue(organisationId = organisation.id): Promise<string> {
  const id = newId()
  await insert(db.owner, 'catalogue', { id, organisation_id: organisationId, name: 'Films', created_at: new Date() })
  return id
}

type How = {
  replaceMissing?: boolean
  isDryRun?: boolean
  decisions?: Partial<Mapping['decisions']>
  personId?: string
}

async function importOf(catalogueId: string, open: OpenFile, how: How = {}): Promise<ImportResult> {
  const file = await describeFile(open)
  if (!file.readable) throw new Error(`not readable: ${file.because}`)
  const profile = await profileFile({ open, ...file })
  const mapping = proposeMapping(profile.columns, 'rows.csv')
  return withBulkConnection({ personId: how.personId ?? person.id }, (connection) =>
    importRows(connection, {
      open,
      form: file.form,
      mapping: { ...mapping, decisions: { ...mapping.decisions, ...how.decisions } },
      catalogueId,
      replaceMissing: how.replaceMissing ?? false,
      isDryRun: how.isDryRun ?? false,
      madeBy: person.id,
      source: { name: 'rows.csv', sha256: 'a'.repeat(64) },
      onRows: () => Promise.resolve(),
    }),
  )
}

const text =
  (csv: string): OpenFile =>
  () =>
    Readable.from([Buffer.from(csv)])
const file =
  (path: string): OpenFile =>
  () =>
    createReadStream(path)
const summary = ({ rows, counts, rejected, version }: ImportResult) => ({ rows, ...counts, rejected, version })

async function titlesOf(catalogueId: string, version: number): Promise<Record<string, string>> {
  const { rows } = await db.owner.query<{ external_id: string; title: string }>(
    `select external_id, title from work where catalogue_id = $1 and valid_from <= $2 and (valid_to is null or valid_to > $2) order by 1`,
    [catalogueId, version],
  )
  return Object.fromEntries(rows.map((row) => [row.external_id, row.title]))
}

describe('an import', () => {
  test('adds, changes, leaves and rejects; every row counts once; old versions stay readable', async () => {
    const catalogueId = await anEmptyCatalogue()
    const first = await importOf(
      catalogueId,
      text('id,title,isbn,url\nA,One,978-3-16-148410-0,example.com/1\nB,Two,,\nC,Three,,\n'),
    )
    expect(summary(first)).toEqual({ rows: 3, added: 3, changed: 0, unchanged: 0, removed: 0, rejected: 0, version: 1 })
    const second = await importOf(
      catalogueId,
      text('id,title,isbn,url\nA,One,978-3-16-148410-0,example.com/1\nB,Zwei,,\nD,Four,,\nD,Again,,\n,,x,\n'),
    )
    expect(summary(second)).toEqual({
      rows: 5,
      added: 1,
      changed: 1,
      unchanged: 1,
      removed: 0,
      rejected: 2,
      version: 2,
    })
    expect([...second.tally.rejects]).toEqual([
      [6, 'no-title'],
      [5, 'repeated-id'],
    ])
    expect(await titlesOf(catalogueId, 1)).toEqual({ A: 'One', B: 'Two', C: 'Three' })
    expect(await titlesOf(catalogueId, 2)).toEqual({ A: 'One', B: 'Zwei', C: 'Three', D: 'Four' })
    const { rows } = await db.owner.query(
      'select count(distinct work_id)::int as works, count(*)::int as rows from work where catalogue_id = $1',
      [catalogueId],
    )
    expect(rows).toEqual([{ works: 4, rows: 5 }])
    const { rows: identifiers } = await db.owner.query(
      'select scheme, value, raw, valid, valid_from, valid_to from work_identifier where catalogue_id = $1',
      [catalogueId],
    )
    expect(identifiers).toEqual([
      { scheme: 'isbn', value: '9783161484100', raw: '978-3-16-148410-0', valid: true, valid_from: 1, valid_to: null },
    ])
    const { rows: locations } = await db.owner.query(
      `select canonical_url, encode(url_sha256, 'hex') as hash from work_location where catalogue_id = $1`,
      [catalogueId],
    )
    expect(locations).toEqual([
      { canonical_url: 'http://example.com/1', hash: createHash('sha256').update('example.com/1').digest('hex') },
    ])
  })

  test('that changes nothing makes no version', async () => {
    const catalogueId = await anEmptyCatalogue()
    await importOf(catalogueId, text('id,title\nA,One\n'))
    expect(summary(await importOf(catalogueId, text('title,id\nOne,A\n')))).toMatchObject({
      unchanged: 1,
      version: null,
    })
    const { rows } = await db.owner.query('select current_version from catalogue where id = $1', [catalogueId])
    expect(rows).toEqual([{ current_version: 1 }])
  })

  test('removes what the file lacks only when it is to replace', async () => {
    const catalogueId = await anEmptyCatalogue()
    await importOf(catalogueId, text('id,title\nA,One\nB,Two\n'))
    expect(summary(await importOf(catalogueId, text('id,title\nA,One\n')))).toMatchObject({ removed: 0, version: null })
    const replaced = await importOf(catalogueId, text('id,title\nA,One\n'), { replaceMissing: true })
    expect(summary(replaced)).toEqual({
      rows: 1,
      added: 0,
      changed: 0,
      unchanged: 1,
      removed: 1,
      rejected: 0,
      version: 2,
    })
    expect([await titlesOf(catalogueId, 1), await titlesOf(catalogueId, 2)]).toEqual([
      { A: 'One', B: 'Two' },
      { A: 'One' },
    ])
  })

  test('of a dry run counts the same and saves nothing', async () => {
    const catalogueId = await anEmptyCatalogue()
    const dry = await importOf(catalogueId, text('id,title\nA,One\nA,Two\n'), { isDryRun: true })
    expect(summary(dry)).toEqual({
      rows: 2,
      added: 1,
      changed: 0,
      unchanged: 0,
      removed: 0,
      rejected: 1,
      version: null,
    })
    const { rows } = await db.owner.query('select from work where catalogue_id = $1', [catalogueId])
    expect(rows).toHaveLength(0)
  })

  test('never merges equal titles, and knows rows without an id again', async () => {
    const catalogueId = await anEmptyCatalogue()
    const csv = text('title,note\nSame,x\nSame,x\nSame,y\n')
    expect(summary(await importOf(catalogueId, csv))).toMatchObject({ rows: 3, added: 3, rejected: 0 })
    expect(summary(await importOf(catalogueId, csv))).toMatchObject({ rows: 3, added: 0, unchanged: 3, version: null })
  })

  test('knows rows by their first unique column of codes when no id is mapped', async () => {
    const catalogueId = await anEmptyCatalogue()
    await importOf(catalogueId, text('title,imdb\nOne,tt0000001\nTwo,tt0000002\n'))
    const again = await importOf(catalogueId, text('title,imdb\nOne!,tt0000001\nTwo,tt0000002\n'))
    expect(summary(again)).toMatchObject({ changed: 1, unchanged: 1, added: 0 })
  })

  test('keeps tabs, backslashes and quotes of every kind', async () => {
    const catalogueId = await anEmptyCatalogue()
    await importOf(catalogueId, text(String.raw`id,title` + '\nA,"a\\N b\tc ""d"" \'e\' {f}"\n'))
    expect(await titlesOf(catalogueId, 1)).toEqual({ A: 'a\\N b\tc "d" \'e\' {f}' })
  })

  test('into a catalogue of others is refused, and nothing of it is seen or written', async () => {
    const other = await aHolder(db.owner)
    const catalogueId = await anEmptyCatalogue(other.organisation.id)
    await expect(importOf(catalogueId, text('id,title\nA,One\n'))).rejects.toThrow(/not open/u)
    const { rows } = await db.owner.query('select from work where catalogue_id = $1', [catalogueId])
    expect(rows).toHaveLength(0)
  })

  test('is found again by kana, width and case, by a member alone', async () => {
    const catalogueId = await anEmptyCatalogue()
    await importOf(catalogueId, text('id,title,title_kana\nA,となりのトトロ,トナリノトトロ\nB,AKIRA,アキラ\n'))
    const find = (who: string, fragment: string) =>
      withPerson(
        who,
        (tx) =>
          tx.$queryRaw<unknown[]>`select * from search_works(${catalogueId}::uuid, ${fragment}, 1, null, null, 50)`,
      )
    const other = await aHolder(db.owner)
    expect(await find(person.id, 'ととろ')).toHaveLength(1)
    expect(await find(person.id, 'akira')).toHaveLength(1)
    expect(await find(other.person.id, 'akira')).toHaveLength(0)
  })
})

test('a cut of the Media Arts Database is imported, titles whole and parties apart', async () => {
  const catalogueId = await anEmptyCatalogue()
  const result = await importOf(catalogueId, file('test/fixtures/catalogues/madb-films.csv'))
  expect(summary(result)).toMatchObject({ rows: 8, added: 8, rejected: 0, version: 1 })
  expect(warningCounts(result.tally)).toEqual({ 'lost-character': 1 })
  const { rows } = await db.owner.query(
    `select title, titles, rights, to_char(released_on, 'YYYY-MM-DD') as released from work where catalogue_id = $1 and external_id = 'C410174'`,
    [catalogueId],
  )
  expect(rows).toMatchObject([
    {
      title: 'となりのトトロ',
      released: '1988-04-16',
      rights: {
        parties: [
          { name: '徳間康快', role: '製作' },
          { name: 'スタジオジブリ', role: '制作' },
        ],
      },
    },
  ])
})

test('books whose ISBNs a spreadsheet damaged keep them as written until a person decides', async () => {
  const catalogueId = await anEmptyCatalogue()
  const books = file('test/fixtures/catalogues/damaged-isbns.csv')
  const kept = await importOf(catalogueId, books)
  expect(warningCounts(kept.tally)).toMatchObject({ 'identifier-repairable': 5 })
  const values = async () =>
    (
      await db.owner.query<{ value: string; valid: boolean }>(
        'select value, valid from work_identifier where catalogue_id = $1 and valid_to is null order by 1',
        [catalogueId],
      )
    ).rows
  expect((await values()).filter(({ valid }) => valid)).toEqual([{ value: '9781594480003', valid: true }])
  const repaired = await importOf(catalogueId, books, { decisions: { identifiers: 'repair' } })
  expect(summary(repaired)).toMatchObject({ changed: 5, unchanged: 1 })
  expect((await values()).map(({ value }) => value)).toEqual(expect.arrayContaining(['9780439023481', '9780061120084']))
})

const seed = '../shared/data/seed'
describe.skipIf(!existsSync(seed))(`catalogues of ${seed} (skipped where they are absent)`, () => {
  test.for([
    ['coda/studio-ghibli_films', 19],
    ['coda/toei-animation_films', 176],
    ['coda/bandai-group_films', 116],
    ['coda/shueisha_films', 108],
    ['coda/tms_films', 69],
    ['coda/bandai-namco_games', 73],
    ['coda/square-enix_games', 84],
    ['madb_games_sample_1000', 1000],
    ['photographer_teenie_harris_2000', 2000],
    ['museum_tate_1000', 1000],
    ['books_goodbooks_1000', 1000],
  ] as const)('%s has %d works, and the same again', async ([name, rows]) => {
    const catalogueId = await anEmptyCatalogue()
    const open = file(`${seed}/${name}.csv`)
    expect(summary(await importOf(catalogueId, open))).toEqual({
      rows,
      added: rows,
      changed: 0,
      unchanged: 0,
      removed: 0,
      rejected: 0,
      version: 1,
    })
    expect(summary(await importOf(catalogueId, open))).toMatchObject({ unchanged: rows, version: null })
  })

  test('repairs are offered for the ISBNs of books, and none is taken', async () => {
    const catalogueId = await anEmptyCatalogue()
    const { tally } = await importOf(catalogueId, file(`${seed}/books_goodbooks_1000.csv`))
    expect(tally.warnings['identifier-repairable']?.rows).toBeGreaterThan(950)
    const { rows } = await db.owner.query(
      `select count(*)::int as repaired from work_identifier where catalogue_id = $1 and scheme = 'isbn' and valid and raw ~ 'e\\+|^.{7,9}$'`,
      [catalogueId],
    )
    expect(rows).toEqual([{ repaired: 0 }])
  })

  test('no title is cut', async () => {
    const catalogueId = await anEmptyCatalogue()
    await importOf(catalogueId, file(`${seed}/photographer_teenie_harris_2000.csv`))
    const { rows } = await db.owner.query<{ longest: number }>(
      'select max(length(title)) as longest from work where catalogue_id = $1',
      [catalogueId],
    )
    expect(rows[0]?.longest).toBe(659)
  })
})
