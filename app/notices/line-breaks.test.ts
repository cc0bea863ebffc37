import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { lineBreaks } from './line-breaks.ts'

test.for([
  ['works', ['works']],
  ['作品一覧', ['作', '', '品', '', '一', '', '覧']],
  ['「作品」、', ['「作', '', '品」、']],
  ['CAV-7H3K-9Q2Vの', ['CAV-7H3K-9Q2V', '', 'の']],
  ['っきゃー', ['っ', '', 'きゃー']],
  ['a'.repeat(30), ['a'.repeat(8), '', 'a'.repeat(8), '', 'a'.repeat(8), '', 'a'.repeat(6)]],
] as const)('%s breaks at %j', ([word, parts]) => {
  expect(lineBreaks(word)).toEqual(parts)
})

test('no word gains or loses a character', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 120 }), (word) => {
      expect(lineBreaks(word).join('')).toBe(word)
    }),
  )
})
