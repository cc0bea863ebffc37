import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvLine, neutraliseCell } from './cell-text.ts'
import { foldText } from './fold-text.ts'
import { guessKind, readKind } from './kinds.ts'
import { readParties } from './parties.ts'
import { readDate, readYear } from './release-date.ts'
import { splitAtLostMarks } from './titles.ts'

test.for([
  ['1958-10-22', '1958-10-22 day'],
  ['2013-12', '2013-12-01 month'],
  ['2012', '2012-01-01 year'],
  ['2012.0', '2012-01-01 year'],
  ['1988/4/16', '1988-04-16 day'],
  ['19880416', '1988-04-16 day'],
  ['１９５８年１０月２２日', '1958-10-22 day'],
  ['昭和63年4月16日', '1988-04-16 day'],
  ['令和元年', '2019-01-01 year'],
  ['September 1963', '1963-09-01 month'],
  ['22 Oct 1958', '1958-10-22 day'],
  ['October 22nd, 1958', '1958-10-22 day'],
  ['2020-01-02T03:04:05Z', '2020-01-02 day'],
  ['31/12/1999', '1999-12-31 day'],
  ['12/31/1999', '1999-12-31 day'],
  ['05/05/1999', '1999-05-05 day'],
] as const)('the date %j is %s', ([raw, expected]) => {
  const reading = readDate(raw)
  expect(reading.read === 'sure' && `${reading.date.on} ${reading.date.precision}`).toBe(expected)
})

test('a date that can be two days keeps its year alone, an impossible one is not read', () => {
  expect(readDate('03/04/2005')).toEqual({ read: 'ambiguous', date: { on: '2005-01-01', precision: 'year' } })
  for (const raw of ['2005-02-30', 'c. 1950-1970', '1957–8', '0000', '13/13/2000', ''])
    expect(readDate(raw)).toEqual({ read: 'not' })
})

test('years', () => {
  expect([readYear('1997.0'), readYear('1997年'), readYear('-720'), readYear('昭和63年')]).toEqual([
    1997, 1997, -720, 1988,
  ])
  expect([readYear('199x'), readYear('0'), readYear('12345')]).toEqual([undefined, undefined, undefined])
})

test('a role holds for the names after it', () => {
  expect(readParties('[製作]アキラ製作委員会 ／ 講談社 ／[アニメーション制作] 東京ムービー新社 ／ -----')).toEqual([
    { name: 'アキラ製作委員会', role: '製作' },
    { name: '講談社', role: '製作' },
    { name: '東京ムービー新社', role: 'アニメーション制作' },
  ])
  expect(readParties('國光教育映画社[提供] ／ 高橋和希/集英社')).toEqual([
    { name: '國光教育映画社', role: '提供' },
    { name: '高橋和希/集英社' },
  ])
  expect(readParties('サンドロット')).toEqual([{ name: 'サンドロット' }])
  expect(readParties('')).toEqual([])
})

test('kinds are read from words in both languages, others stay as written', () => {
  expect([
    readKind('Movie'),
    readKind('映画'),
    readKind('ゲーム'),
    readKind('Photographic Negative'),
    readKind('Sculpture park map'),
  ]).toEqual(['film', 'film', 'game', 'photograph', 'artwork'])
  expect(readKind('Zine')).toBe('Zine')
  expect([guessKind('toei-animation_films.csv'), guessKind('rows.csv')]).toEqual(['film', undefined])
})

test('folding is stable and forgets width, case and kana', () => {
  expect(foldText('Ｔｏｔｏｒｏ　ﾄﾄﾛ')).toBe('totoro ととろ')
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => foldText(foldText(text)) === foldText(text)))
})

test('a cell that begins like a formula is neutralised, and a line can be read back', () => {
  for (const cell of ['=1', '+1', '-ナルト-', '@x', ' =1', '＝1', '\t=1'])
    expect(neutraliseCell(cell).startsWith("'")).toBe(true)
  expect(neutraliseCell('トトロ - 1')).toBe('トトロ - 1')
  expect(csvLine(['a"b', 'c,d', 'e\nf', -5, undefined])).toBe('"a""b","c,d","e\nf",-5,\r\n')
})

test('lost marks are pointed at', () => {
  expect(splitAtLostMarks('手塚*治虫')).toEqual([
    { text: '手塚', isMark: false },
    { text: '*', isMark: true },
    { text: '治虫', isMark: false },
  ])
})
