import {
  array,
  assert,
  boolean,
  dictionary,
  letrec,
  maxSafeInteger,
  oneof,
  property,
  string,
  type Arbitrary,
} from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, type Canonical } from './canonical-json.ts'

const { value: anyValue } = letrec<{ value: Canonical }>((tie) => {
  const text = string({ unit: 'grapheme' })
  const nested: Arbitrary<Canonical>[] = [
    array(tie('value'), { maxLength: 4 }),
    dictionary(text, tie('value'), { maxKeys: 4 }),
  ]
  return { value: oneof(text, maxSafeInteger(), boolean(), ...nested) }
})

describe('RFC 8785', () => {
  test.each<[string, Canonical, string]>([
    [
      'section 3.2.2, strings and literals',
      { string: '€$\u000F\u000aA\'\u0042\u0022\u005c\\"\u002f', literals: [true, false] },
      '{"literals":[true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    ],
    [
      'section 3.2.3, keys by UTF-16 code units',
      {
        '\u20ac': 'Euro Sign',
        '\r': 'Carriage Return',
        '\ufb33': 'Hebrew Letter Dalet With Dagesh',
        '1': 'One',
        '\ud83d\ude00': 'Emoji: Grinning Face',
        '\u0080': 'Control',
        '\u00f6': 'Latin Small Letter O With Diaeresis',
      },
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    ],
    ['test data arrays.json, without null', [56, { d: true, '10': 'x', '1': [] }], '[56,{"1":[],"10":"x","d":true}]'],
    [
      'test data french.json',
      {
        peach: 'This sorting order',
        péché: 'is wrong according to French',
        pêche: 'but canonicalization MUST',
        sin: 'ignore locale',
      },
      '{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ignore locale"}',
    ],
    [
      'test data structures.json',
      { '1': { f: { f: 'hi', F: 5 }, '\n': 56 }, '10': {}, '': 'empty', a: {}, '111': [{ e: 'yes', E: 'no' }], A: {} },
      '{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{"E":"no","e":"yes"}],"A":{},"a":{}}',
    ],
    [
      'test data unicode.json: nothing is normalised',
      { 'Unnormalized Unicode': 'A\u030a' },
      '{"Unnormalized Unicode":"A\u030a"}',
    ],
    [
      'test data weird.json',
      {
        '\u20ac': 'Euro Sign',
        '\r': 'Carriage Return',
        '\u000a': 'Newline',
        '1': 'One',
        '</script>': 'Browser Challenge',
      },
      '{"\\n":"Newline","\\r":"Carriage Return","1":"One","</script>":"Browser Challenge","€":"Euro Sign"}',
    ],
    ['control characters', '\b\t\n\f\r\u0000\u001f\u007f', '"\\b\\t\\n\\f\\r\\u0000\\u001f\u007f"'],
    ['appendix B, minus zero', -0, '0'],
    [
      'appendix B, the largest safe integers',
      [9007199254740991, -9007199254740991],
      '[9007199254740991,-9007199254740991]',
    ],
    ['a key that objects inherit', { constructor: 1, ['__proto__']: 2 }, '{"__proto__":2,"constructor":1}'],
  ])('%s', (_name, value, text) => {
    expect(canonicalJson(value)).toBe(text)
  })

  test('reading it back gives the same value, and the order of writing does not show', () => {
    assert(
      property(anyValue, (value) => {
        const text = canonicalJson(value)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
        expect(canonicalJson(reversed(value))).toBe(text)
      }),
    )
  })
})

test.each<[string, unknown, string]>([
  ['a fraction', { a: [1, 0.5] }, '$.a[1]'],
  ['not a number', Number.NaN, '$'],
  ['infinity', Number.POSITIVE_INFINITY, '$'],
  ['an integer that is not exact', 2 ** 53, '$'],
  ['null', { a: null }, '$.a'],
  ['undefined', { a: undefined }, '$.a'],
  ['a hole in a list', { a: Array(1) }, '$.a[0]'],
  ['a big integer', 1n, '$'],
  ['a function', { a: () => 1 }, '$.a'],
  ['a date', new Date(0), '$'],
  ['a map', new Map([['a', 1]]), '$'],
  ['a lone surrogate', 'a\ud800', '$'],
  ['a lone surrogate as a key', { '\udc00': 1 }, '$'],
])('refuses %s', (_name, value, path) => {
  expect(() => canonicalJson(forced(value))).toThrow(path)
  expect(() => canonicalJson(forced(value))).toThrow(TypeError)
})

// What the types forbid can still come out of a database.
function forced(value: unknown): Canonical {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the test hands over what the type forbids
  return value as Canonical
}

function reversed(value: Canonical): Canonical {
  if (Array.isArray(value)) return value.map((item: Canonical) => reversed(item))
  if (typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, reversed(item)]),
  )
}
