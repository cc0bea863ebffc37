import { describe, expect, test } from 'vitest'
import type { ColumnProfile } from './guess-columns.ts'
import { faultOf, proposeMapping, withIdentity, type Mapping } from './mapping.ts'
import { readRow, type RowReading } from './read-row.ts'
import { hashText, searchText, type WorkContent } from './work-content.ts'

function columns(headers: readonly string[], more: Partial<ColumnProfile> = {}): ColumnProfile[] {
  return headers.map((header) => ({ header, sample: '', filled: 10, empty: 0, distinct: 10, idLike: false, ...more }))
}

function mappingOf(headers: readonly string[], decisions: Partial<Mapping['decisions']> = {}): Mapping {
  const mapping = proposeMapping(columns(headers), 'rows.csv')
  return { ...mapping, decisions: { ...mapping.decisions, ...decisions } }
}

function workOf(reading: RowReading): WorkContent {
  if (!reading.read) throw new Error(`rejected: ${reading.because}`)
  return reading.work
}

function mappingTo(...codes: Mapping['columns'][number]['field'][]): Mapping {
  return { ...mappingOf([]), columns: codes.map((field) => ({ header: 'x', field })) }
}

function othersOf(cell: string): readonly string[] | undefined {
  return workOf(readRow(['1', 'a', cell], mappingOf(['id', 'title', 'aka']))).titles.others
}

describe('columns are guessed', () => {
  test.for([
    // Headings of the Media Arts Database, a studio's export, a publisher's and a photographer's.
    [
      'identifier,title_ja,title_kana,title_en,release_date,production_company,distributor,copyright_holder,original_work_creator,source,url',
      'externalId,titleJa,titleKana,titleEn,released,parties,distributor,rightsHolder,credits,,location',
    ],
    [
      'identifier,title_ja,title_kana,title_en,alternate_names,year,developer,imdb_id,wikidata,mobygames,genres,url',
      'externalId,titleJa,titleKana,titleEn,alternateTitles,year,parties,imdb,wikidata,,,location',
    ],
    [
      '作品番号,作品名,作品名（ヨミ）,英題,公開年月日,製作会社,配給,著作権表示,ISBNコード,JANコード',
      'externalId,title,titleKana,titleEn,released,parties,distributor,rightsHolder,isbn,gtin',
    ],
    ['ｉｄ,タイトル,フリガナ,監督,公開日', 'externalId,title,titleKana,creators,released'],
    [
      'UUID,Database ID,Title,Alternative Title,Contributor,Date,Identifier ISBN,Identifier ISSN,Digital Collections URL',
      'externalId,,title,alternateTitles,creators,released,isbn,issn,location',
    ],
    ['year,imdb,title', 'year,imdb,title'],
  ] as const)('%s', ([headers, expected]) => {
    const guessed = proposeMapping(columns(headers.split(',')), 'rows.csv').columns.map(({ field }) => field ?? '')
    expect(guessed.join(',')).toBe(expected)
  })

  test('a number column is the external id only if it tells every row apart', () => {
    const [unique] = columns(['catalogue_number'], { idLike: true })
    const [repeated] = columns(['catalogue_number'], { idLike: true, distinct: 9 })
    const [title] = columns(['title'])
    if (!unique || !repeated || !title) throw new Error('no columns')
    expect(proposeMapping([unique, title], 'a.csv').columns[0]?.field).toBe('externalId')
    expect(proposeMapping([repeated, title], 'a.csv').columns[0]?.field).toBeNull()
  })

  test('without an external id the first unique column of codes tells rows apart', () => {
    const profile = [
      ...columns(['title']),
      ...columns(['imdb'], { idLike: true }),
      ...columns(['note'], { idLike: true }),
    ]
    expect(proposeMapping(profile, 'a.csv').identityColumn).toBe(1)
    expect(
      withIdentity(mappingOf(['title', 'imdb', 'note']), columns(['title', 'imdb', 'note'])).identityColumn,
    ).toBeNull()
  })

  test('a mapping needs a title, and one column for each field that has one', () => {
    expect(faultOf(mappingTo('externalId'))).toEqual({ because: 'no-title' })
    expect(faultOf(mappingTo('title', 'title'))).toEqual({ because: 'column-twice', field: 'title' })
    expect(faultOf(mappingTo('title', 'isbn', 'isbn'))).toBeUndefined()
  })
})

describe('a row becomes a work', () => {
  const madb = mappingOf([
    'identifier',
    'title_ja',
    'title_kana',
    'title_en',
    'release_date',
    'production_company',
    'distributor',
    'copyright_holder',
    'original_work_creator',
    'source',
    'url',
  ])

  test('a row of the Media Arts Database', () => {
    const cells = [
      'C410174',
      'となりのトトロ',
      'トナリノトトロ',
      'MY NEIGHBOR TOTORO',
      '1988-04-16',
      '[製作]徳間康快 ／ [制作]スタジオジブリ',
      '東宝',
      '',
      '[原作・脚本・監督]宮崎駿',
      'TAJA70T',
      'https://mediaarts-db.artmuseums.go.jp/id/C410174',
    ]
    expect(readRow(cells, madb)).toEqual({
      read: true,
      externalId: 'C410174',
      warnings: [],
      work: {
        title: 'となりのトトロ',
        titles: { ja: 'となりのトトロ', en: 'MY NEIGHBOR TOTORO', kana: 'トナリノトトロ' },
        creators: '宮崎駿',
        year: 1988,
        released: { on: '1988-04-16', precision: 'day' },
        rights: {
          parties: [
            { name: '徳間康快', role: '製作' },
            { name: 'スタジオジブリ', role: '制作' },
          ],
          credits: [{ name: '宮崎駿', role: '原作・脚本・監督' }],
          distributor: '東宝',
        },
        identifiers: [],
        locations: [
          {
            kind: 'exact',
            url: 'https://mediaarts-db.artmuseums.go.jp/id/C410174',
            key: 'mediaarts-db.artmuseums.go.jp/id/C410174',
          },
        ],
      },
    })
  })

  test('titles that begin like formulas, all digits, 10,000 characters and right-to-left marks', () => {
    const titleOf = (title: string) => workOf(readRow(['1', title], mappingOf(['id', 'title']))).title
    expect(titleOf('-ナルト- 疾風伝')).toBe('-ナルト- 疾風伝')
    expect(titleOf('=1+1')).toBe('=1+1')
    expect(titleOf('2012')).toBe('2012')
    expect(titleOf('あ'.repeat(10_000))).toHaveLength(10_000)
    expect(titleOf('one\r\n  two')).toBe('one two')
    const tricked = readRow(['1', 'annual\u202Eexe.gpj\u0000'], mappingOf(['id', 'title']))
    expect(tricked).toMatchObject({ work: { title: 'annualexe.gpj' }, warnings: [{ code: 'hidden-characters' }] })
  })

  test('HTML entities and lost characters are noticed, and changed only when a person says so', () => {
    const row = ['1', '21 &amp; Over &#39;x&#x27;']
    expect(readRow(row, mappingOf(['id', 'title']))).toMatchObject({
      work: { title: '21 &amp; Over &#39;x&#x27;' },
      warnings: [{ code: 'entities' }],
    })
    expect(workOf(readRow(row, mappingOf(['id', 'title'], { entities: 'decode' }))).title).toBe("21 & Over 'x'")
    const star = ['1', 'BUDDHA 2 手塚*治虫のブッダ']
    expect(readRow(star, mappingOf(['id', 'title'])).warnings).toEqual([{ code: 'lost-character', raw: star[1] }])
    expect(workOf(readRow(star, mappingOf(['id', 'title'], { marks: 'remove' }))).title).toBe(
      'BUDDHA 2 手塚治虫のブッダ',
    )
    expect(readRow(['1', '*リボンちゃん 危機一髪!*'], mappingOf(['id', 'title'])).warnings).toEqual([])
  })

  test('a damaged identifier is kept raw with an offer, and repaired only when a person says so', () => {
    const row = ['1', 'The Hunger Games', '439023483', '9.78043902348e+12']
    const kept = readRow(row, mappingOf(['id', 'title', 'isbn', 'isbn13']))
    expect(workOf(kept).identifiers).toEqual([
      { scheme: 'isbn', value: '439023483', raw: '439023483', valid: false },
      { scheme: 'isbn', value: '9.78043902348e+12', raw: '9.78043902348e+12', valid: false },
    ])
    expect(kept.warnings).toMatchObject([
      { repair: { value: '9780439023481', how: 'leading-zeros' } },
      { repair: { value: '9780439023481', how: 'scientific-notation' } },
    ])
    const repaired = readRow(row, mappingOf(['id', 'title', 'isbn', 'isbn13'], { identifiers: 'repair' }))
    expect(workOf(repaired).identifiers).toEqual([
      { scheme: 'isbn', value: '9780439023481', raw: '439023483', valid: true },
    ])
  })

  test.for([
    [['1', ''], 'no-title'],
    [['1', ' \u200E\u202E '], 'no-title'],
    [['1', 'a', 'b'], 'too-many-cells'],
    [['x'.repeat(501), 'a'], 'id-too-long'],
  ] as const)('%j is rejected: %s', ([cells, because]) => {
    expect(readRow(cells, mappingOf(['id', 'title']))).toMatchObject({ read: false, because })
  })

  test('a short row is read with a warning, and blank cells too many do not matter', () => {
    expect(readRow(['1', 'a'], mappingOf(['id', 'title', 'year']))).toMatchObject({
      read: true,
      warnings: [{ code: 'short-row' }],
    })
    expect(readRow(['1', 'a', '', ' '], mappingOf(['id', 'title']))).toMatchObject({ read: true, warnings: [] })
  })

  test('a row without its id is known by its content, with a warning', () => {
    expect(readRow(['', 'a'], mappingOf(['id', 'title']))).toMatchObject({ read: true, warnings: [{ code: 'no-id' }] })
    expect(readRow(['', 'a'], mappingOf(['id', 'title']))).not.toHaveProperty('externalId')
  })

  test('a date that cannot be read is kept as written', () => {
    expect(readRow(['1', 'a', 'c. 1950-1970'], mappingOf(['id', 'title', 'date']))).toMatchObject({
      work: { rights: { dateAsWritten: 'c. 1950-1970' } },
      warnings: [{ code: 'date', raw: 'c. 1950-1970' }],
    })
  })

  test('alternate titles are a list, but commas inside titles stay', () => {
    expect(othersOf('DDFF,FF12 ／ ファイナルファンタジー12')).toEqual(['DDFF', 'FF12', 'ファイナルファンタジー12'])
    expect(othersOf('20,000 Leagues, Under the Sea')).toEqual(['20,000 Leagues, Under the Sea'])
  })
})

describe('content', () => {
  const work = workOf(readRow(['1', 'ＴＯＴＯＲＯ トトロ', '2020'], mappingOf(['id', 'title', 'year'])))

  test('the same content has the same hash text, another one another', () => {
    expect(hashText({ ...work })).toBe(hashText(work))
    expect(hashText({ ...work, year: 2021 })).not.toBe(hashText(work))
    expect(hashText({ ...work, title: `${work.title} ` })).not.toBe(hashText(work))
  })

  test('search text has no width, case or kana', () => {
    expect(searchText(work, 'C1')).toBe('totoro ととろ\nc1')
  })
})
