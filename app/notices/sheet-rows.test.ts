import { describe, expect, test } from 'vitest'
import { newId } from '#app/platform/id.ts'
import { foldWord, readHead, sheetFields, writeStamp, type SheetField } from './sheet-columns.ts'
import { readSheetRow, type ReadRow } from './sheet-rows.ts'
import { sheetWords } from './sheet-words.server.ts'

const words = sheetWords()
const columns = Object.fromEntries(sheetFields.map((field, at) => [field, at]))
const asked = ['STOP_TRAINING_FUTURE', 'RESPOND_TO_OUTPUT_CLAIMS'] as const
const id = newId()

function read(typed: Partial<Record<SheetField, string>>): ReadRow {
  const known = { work_id: id, external_id: 'W-1', title: 'One', measure: 'STOP_TRAINING_FUTURE' }
  const row: Partial<Record<SheetField, string>> = { ...known, ...typed }
  const cells = sheetFields.map((field) => row[field] ?? '')
  return readSheetRow(2, cells, { columns, asked, words })
}

describe('a row is not recorded', () => {
  test.each([
    ['that names no work', { work_id: '', external_id: '' }, 'no-work'],
    ['whose work ID is none', { work_id: 'TRUE' }, 'unknown-work'],
    ['without a measure', { measure: '' }, 'no-measure'],
    ['of a measure that there is not', { measure: 'FALSE' }, 'unknown-measure'],
    ['of a measure that is not asked', { measure: 'FILTER_OUTPUTS' }, 'not-asked'],
    ['with a reason and no answer', { code: 'other' }, 'no-outcome'],
    ['whose answer a spreadsheet turned into TRUE', { outcome: 'TRUE' }, 'unknown-outcome'],
    ['with an answer that has a step of its own', { outcome: 'licensed' }, 'set-by-step'],
    ['with an answer that the measure does not allow', { outcome: 'accepted_output_blocked' }, 'not-for-this-measure'],
    ['refused without a reason', { outcome: 'refused', text: 'No.' }, 'missing-code'],
    ['refused without an explanation', { outcome: 'refused', code: 'other' }, 'missing-text'],
    ['refused for a reason that there is not', { outcome: 'refused', code: 'because', text: 'No.' }, 'unknown-code'],
    ['from a date that is missing', { outcome: 'accepted_future_only' }, 'missing-date'],
    ['from a serial number', { outcome: 'accepted_future_only', effective_on: '46357' }, 'unreadable-date'],
    ['from a day of two readings', { outcome: 'accepted_future_only', effective_on: '1/2/2027' }, 'ambiguous-date'],
    ['with an endless text', { outcome: 'not_used', text: 'x'.repeat(5_001) }, 'long-text'],
    ['with half a character', { outcome: 'not_used', text: '\uD800' }, 'unreadable-text'],
  ] as const)('%s', (_, typed, fault) => {
    expect(read(typed).fault).toBe(fault)
  })
})

describe('a row is read', () => {
  test('with an answer in words of either language, in any width and case', () => {
    for (const outcome of ['accepted_excluded', 'Excluded', 'ＡＣＣＥＰＴＥＤ＿ＥＸＣＬＵＤＥＤ'])
      expect(read({ outcome })).toMatchObject({ outcome: 'accepted_excluded', fault: null })
    const named = [...words.outcomes].find(([word, outcome]) => outcome === 'refused' && /\P{ASCII}/u.test(word))
    expect(read({ outcome: named?.[0] ?? '', code: 'other', text: 'いいえ' })).toMatchObject({
      outcome: 'refused',
      code: 'other',
      text: 'いいえ',
      fault: null,
    })
  })

  test('without the parts that do not belong to its answer', () => {
    expect(read({ outcome: 'not_used', code: 'other', effective_on: '12/1/2026' })).toMatchObject({
      code: null,
      effectiveOn: null,
      fault: null,
    })
  })

  test('with its line breaks in one way of writing, and without the guard before a formula', () => {
    expect(read({ outcome: 'not_used', text: "'=1+1\r\nTwo\rThree " }).text).toBe('=1+1\nTwo\nThree')
  })

  test('as leaving things as they are, where nothing is written', () => {
    expect(read({})).toMatchObject({ outcome: null, fault: null })
  })

  test('though its work ID is gone, if the identifier is there', () => {
    expect(read({ work_id: '', outcome: 'not_used' })).toMatchObject({
      namedWork: null,
      externalId: 'W-1',
      fault: null,
    })
  })
})

test('headings are found in either language, in any order, with the stamp that says what the file was made from', () => {
  const stamp = { reference: 'CAV-7H3K-9Q2W', sequence: 17 }
  const japanese = [...words.fields].filter(([word]) => /\P{ASCII}/u.test(word)).map(([word]) => word)
  const head = readHead([...japanese.toReversed(), writeStamp(stamp)], words.fields)
  expect(Object.keys(head.columns)).toHaveLength(sheetFields.length)
  expect(head.lacks).toEqual([])
  expect(readHead(['Work ID', 'MEASURE', ' outcome '], words.fields)).toMatchObject({
    columns: { work_id: 0, measure: 1, outcome: 2 },
    stamp: undefined,
    lacks: [],
  })
  expect(readHead(['Title'], words.fields).lacks).toEqual(['work', 'measure', 'outcome'])
})

test('no two columns, measures, answers or reasons are called alike', () => {
  for (const map of Object.values(words))
    for (const key of new Set<string>(map.values())) expect(map.get(foldWord(key))).toBe(key)
})
