import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { linesOf, oneLine, paragraphsOf, scriptLanguage } from './letter-words.ts'

test.for([
  ['Hoshizora\r\nBcc: x@evil.example', 'Hoshizora Bcc: x@evil.example'],
  ['abc\u202Egpj.exe\u202C', 'abcgpj.exe'],
  ['a\u2066b\u2069c\u200E\u061C', 'abc'],
  ['zero\u200Bwidth\uFEFF', 'zerowidth'],
  ['two\u2028lines\u2029here', 'two lines here'],
  ['tag\u{E0041}\u{E007F}s', 'tags'],
  ['<b onmouseover="x">Studio</b>', '<b onmouseover="x">Studio</b>'],
  ['  wide　 space\t', 'wide space'],
  ['NUL\u0000bell\u0007', 'NULbell'],
  ['が'.normalize('NFD'), 'が'],
  ['家族👨‍👩‍👧', '家族👨‍👩‍👧'],
  ['葛\u{E0100}飾区', '葛\u{E0100}飾区'],
] as const)('oneLine of %j is %j', ([typed, kept]) => {
  expect(oneLine(typed)).toBe(kept)
})

test('one line never holds a line break, a control or a direction character, and stays the same when cleaned again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (typed) => {
      const kept = oneLine(typed)
      expect(kept).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\u200B\u200E\u200F]/u)
      expect(kept.isWellFormed()).toBe(true)
      expect(oneLine(kept)).toBe(kept)
    }),
    { numRuns: 2_000 },
  )
})

test('paragraphs part at empty lines and keep their lines', () => {
  expect(paragraphsOf('One\r\ntwo\r\n\r\n \r\nthree\u202E')).toEqual([['One', 'two'], ['three']])
  expect(paragraphsOf(' \n \n')).toEqual([])
  expect(linesOf('1-2-3\rChiyoda\n\n')).toEqual(['1-2-3', 'Chiyoda'])
})

test('a title with kana or Han is Japanese, one without is not marked', () => {
  expect(scriptLanguage('太陽の王子')).toBe('ja')
  expect(scriptLanguage('ONE PIECE FILM GOLD')).toBeUndefined()
})
