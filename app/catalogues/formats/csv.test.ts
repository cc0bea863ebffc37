import { existsSync, readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readBeginning, readCsv, type CsvForm, type CsvRow } from './csv.server.ts'
import { detectEncoding } from './detect-encoding.server.ts'
import { fileTypeOf } from './file-type.ts'
import { usableHeadings } from './headings.ts'
import { guessSeparator } from './separator.ts'
import { readEncoding, type TextEncoding } from './text-encoding.ts'

function opener(bytes: Uint8Array, pieces = 7): () => Readable {
  const size = Math.max(1, Math.ceil(bytes.length / pieces))
  const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  )
  return () => Readable.from(parts)
}

async function rowsOf(bytes: Uint8Array | string, form: Partial<CsvForm> = {}): Promise<CsvRow[]> {
  const open = opener(Buffer.from(bytes))
  const encoding = form.encoding ?? (await detectEncoding(open())).encoding
  const separator = form.separator ?? guessSeparator(await readBeginning(open(), encoding, 65_536))
  const rows: CsvRow[] = []
  for await (const row of readCsv(open, { encoding, separator })) rows.push(row)
  return rows
}

const cellsOf = (rows: readonly CsvRow[]): unknown[] => rows.map((row) => ('cells' in row ? row.cells : row.broken))

/** What is read from the spoilt line on, with the file in so many pieces. */
async function rowsAfter(text: string, pieces: number): Promise<unknown[][]> {
  const rows: CsvRow[] = []
  for await (const row of readCsv(opener(Buffer.from(text), pieces), { encoding: 'utf-8', separator: ',' }))
    rows.push(row)
  return [cellsOf(rows.slice(2))]
}

describe('rows', () => {
  test('quotes, commas, line breaks and mixed line ends', async () => {
    const text = 'a,b\r\n"1,5","say ""ha"""\n"Once upon\r\na time",x\n\n"last\n\nline",y\r'
    expect(await rowsOf(text)).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['1,5', 'say "ha"'] },
      { line: 3, cells: ['Once upon\r\na time', 'x'] },
      { line: 6, cells: ['last\n\nline', 'y'] },
    ])
  })

  test('a row of another length is told with its cells', async () => {
    expect(cellsOf(await rowsOf('id,name,age\n1101,John\n1102,Julie,26,Potatoes\n'))).toEqual([
      ['id', 'name', 'age'],
      ['1101', 'John'],
      ['1102', 'Julie', '26', 'Potatoes'],
    ])
  })

  test('a quotation mark that is never closed spoils one line, not the rest of the file', async () => {
    expect(await rowsOf('id,title\n1,"open\n2,two\n3,three\n')).toEqual([
      { line: 1, cells: ['id', 'title'] },
      { line: 2, broken: 'quote' },
      { line: 3, cells: ['2', 'two'] },
      { line: 4, cells: ['3', 'three'] },
    ])
  })

  test.each([
    ['\\r', 'id,title\r1,A\r2,"B\r3,C\r4,D\r'],
    ['\\r in a cell', 'id,title\r\n1,"A\ra"\r\n2,"B\r\n3,C\r\n4,D\r\n'],
    ['\\r\\n', 'id,title\r\n1,A\r\n2,"B\r\n3,C\r\n4,D\r\n'],
  ])('after a spoilt line reading goes on with the next, also where lines end in %s', async (_ends, text) => {
    for (const pieces of [1, 3, 7, 100])
      for (const spoilt of await rowsAfter(text, pieces)) expect(spoilt).toEqual(['quote', ['3', 'C'], ['4', 'D']])
  })

  test('one that stays open for more than a mebibyte is told by the line where it opens', async () => {
    const rows = await rowsOf(`id,title\n1,A\n2,"open\n${'3,three\n'.repeat(140_000)}`)
    expect(rows.slice(2, 4)).toEqual([
      { line: 3, broken: 'quote' },
      { line: 4, cells: ['3', 'three'] },
    ])
    expect(rows).toHaveLength(140_003)
  })

  test('a row of more than a mebibyte is left out and the next is read', async () => {
    const rows = await rowsOf(`id,title\n1,${'x'.repeat(2 ** 20 + 10)}\n2,two\n`)
    expect(cellsOf(rows)).toEqual([['id', 'title'], 'too-long', ['2', 'two']])
  })

  test('a title of 10,000 characters is whole', async () => {
    const [, row] = await rowsOf(`id,title\n1,${'長'.repeat(10_000)}\n`)
    expect(row).toMatchObject({ cells: ['1', '長'.repeat(10_000)] })
  })
})

describe('encodings', () => {
  const text = '管理番号,作品名,ヨミ\n1,となりのトトロ,トナリノトトロ\n2,千と千尋の神隠し,セントチヒロノカミカクシ\n'
  // Made once with Python's codecs from the text above.
  const fixtures = z
    .record(z.string(), z.string())
    .parse(JSON.parse(readFileSync('test/fixtures/catalogues/encodings.json', 'utf8')))

  test.for(Object.entries(fixtures))('%s is detected and read', async ([name, base64]) => {
    const bytes = Buffer.from(base64, 'base64')
    expect((await detectEncoding(opener(bytes)())).encoding).toBe(readEncoding(name.replace(/ .*$/u, '')))
    const rows = await rowsOf(bytes)
    expect(cellsOf(rows)).toEqual(
      text
        .trimEnd()
        .split('\n')
        .map((line) => line.split(',')),
    )
  })

  test('windows-1252, and Shift_JIS that begins after a long stretch of ASCII', async () => {
    expect(
      await rowsOf(Buffer.from('id,title\n1,Pok\xe9mon\n2,\xe9\n3,Astrid, fran\xe7ais\n', 'latin1')),
    ).toMatchObject([{}, { cells: ['1', 'Pokémon'] }, { cells: ['2', 'é'] }, { cells: ['3', 'Astrid', ' français'] }])
    const plain = Buffer.from(`id,title\n${'1,plain row\n'.repeat(60_000)}`)
    const japanese = Buffer.from(fixtures['shift_jis'] ?? '', 'base64')
    expect((await detectEncoding(opener(Buffer.concat([plain, japanese]))())).encoding).toBe('shift_jis')
  })

  test('UTF-8 with a broken byte is still UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`id,title\n${'1,となりのトトロ\n'.repeat(50)}2,`),
      Buffer.from([0xe3, 0x81]),
      Buffer.from('\n'),
    ])
    expect((await detectEncoding(opener(bytes)())).encoding).toBe('utf-8')
  })

  test('names of encodings are read as people write them', () => {
    const names = ['UTF8', 'Shift_JIS', 'cp932', 'EUC-JP', 'latin1', 'UTF-16']
    expect(names.map(readEncoding)).toEqual([
      'utf-8',
      'shift_jis',
      'shift_jis',
      'euc-jp',
      'windows-1252',
      'utf-16le',
    ] satisfies TextEncoding[])
    expect(readEncoding('klingon')).toBeUndefined()
  })
})

test.for([
  ['id,title\n1,"a;b;c;d"\n2,x\n', ','],
  ['id;title\n1;a, b and c\n2;x\n', ';'],
  ['id\ttitle\n1\ta, b\n', '\t'],
  ['id|name\n1|#english#\n', '|'],
  ['title\nOne\n', ','],
  ['', ','],
] as const)('the separator of %j is %j', ([text, separator]) => {
  expect(guessSeparator(text)).toBe(separator)
})

test.for([
  [[], 'empty'],
  [[0x50, 0x4b, 3, 4, ...Buffer.from('....xl/workbook.xml')], 'xlsx'],
  [[0x50, 0x4b, 3, 4, 0, 0], 'zip'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'xls'],
  [[...Buffer.from('%PDF-1.7')], 'pdf'],
  [[0x89, 0x50, 0x4e, 0x47], 'image'],
  [[0xff, 0xd8, 0xff, 0xe0], 'image'],
  [[...Buffer.from('<?xml version="1.0"?>')], 'xml'],
  [[...Buffer.from('{"a": 1}')], 'json'],
  [[0x61, 0, 0x62, 1, 0, 0, 7, 0, 3, 0, 0, 9], 'binary'],
  [[...Buffer.from('id,title')], 'text'],
  [[0xff, 0xfe, 0x69, 0x00], 'text'],
] as const)('bytes %j are %s', ([bytes, type]) => {
  expect(fileTypeOf(Uint8Array.from(bytes))).toBe(type)
})

test('headings become usable', () => {
  expect(usableHeadings(['id', '', ' name\n', 'id', 'id'])).toEqual(['id', 'Column 2', 'name', 'id (2)', 'id (3)'])
})

// The JSON beside a file does not always keep the return: a line break is a line break.
function withPlainBreaks(value: unknown): string {
  return JSON.stringify(value).replaceAll(String.raw`\r\n`, String.raw`\n`)
}

const spectrum = '../shared/data/csv-torture/csv-spectrum'
describe.skipIf(!existsSync(spectrum))(`csv-spectrum of ${spectrum} (skipped where it is absent)`, () => {
  const names = [
    'comma_in_quotes',
    'empty',
    'empty_crlf',
    'escaped_quotes',
    'json',
    'newlines',
    'newlines_crlf',
    'quotes_and_newlines',
    'simple',
    'simple_crlf',
    'utf8',
  ]
  test.for(names)('%s', async (name) => {
    const expected = z
      .array(z.record(z.string(), z.string()))
      .parse(JSON.parse(readFileSync(`${spectrum}/json/${name}.json`, 'utf8')))
    const [head, ...rows] = await rowsOf(readFileSync(`${spectrum}/csvs/${name}.csv`))
    const headings = head !== undefined && 'cells' in head ? head.cells : []
    const records = rows.map((row) =>
      Object.fromEntries(('cells' in row ? row.cells : []).map((cell, index) => [headings[index], cell])),
    )
    expect(withPlainBreaks(records)).toBe(withPlainBreaks(expected))
  })
})

const torture = '../shared/data/csv-torture/frictionless'
describe.skipIf(!existsSync(torture))(`files of ${torture} (skipped where they are absent)`, () => {
  test.for([
    [
      'bom.csv',
      [
        ['id', 'name'],
        ['1', 'english'],
        ['2', '中国人'],
      ],
    ],
    [
      'delimiter.csv',
      [
        ['id', 'name'],
        ['1', 'english'],
        ['2', '中国人'],
      ],
    ],
    [
      'latin1.csv',
      [
        ['id', 'name'],
        ['1', 'english'],
        ['2', '©'],
      ],
    ],
    [
      'ascii-notvalid.csv',
      [
        ['A', 'B', 'C'],
        ['1', 'ssµ', 'ab€'],
      ],
    ],
    ['leading-zeros.csv', [['value'], ['01'], ['002'], ['00003']]],
    ['empty.csv', []],
  ] as const)('%s', async ([name, cells]) => {
    expect(cellsOf(await rowsOf(readFileSync(`${torture}/${name}`)))).toEqual(cells)
  })
})
