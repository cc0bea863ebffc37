import { array, assert, constantFrom, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareTexts, mostTokens, type Part } from './verbatim-runs.ts'

const letters = (text: string) => (text.normalize('NFKC').match(/[\p{L}\p{N}\p{M}]/gu) ?? []).join('')
const marked = (parts: readonly Part[]) => parts.flatMap(({ text, run }) => (run === null ? [] : [text]))

describe('what is in common word for word', () => {
  test.for<[string, string, string, string[]]>([
    [
      'a sentence inside another text',
      'He said: the quick brown fox jumps over it.',
      'In our work the quick brown fox jumps, always.',
      ['the quick brown fox jumps'],
    ],
    ['three words are chance', 'one two three four', 'one two three five', []],
    [
      'Japanese without spaces',
      '昔々あるところにおじいさんとおばあさんが',
      '物語は昔々あるところにおじいさんと始まる',
      ['昔々あるところにおじいさんと'],
    ],
    ['seven characters are chance', 'あいうえおかき', 'あいうえおかき', []],
    ['eight are not', 'あいうえおかきく', 'あいうえおかきく', ['あいうえおかきく']],
    ['case counts', 'The Quick Brown Fox Jumps', 'the quick brown fox jumps', []],
    ['punctuation and line breaks do not', 'a rose,\nis a rose', 'a rose is “a rose”', ['a rose,\nis a rose']],
    ['width and composition do not', 'ＡＢＣ ＤＥＦ ＧＨＩ ＪＫＬ', 'ABC DEF GHI JKL', ['ＡＢＣ ＤＥＦ ＧＨＩ ＪＫＬ']],
    ['nothing', '', '', []],
  ])('%s', ([, first, second, runs]) => {
    expect(marked(compareTexts(first, second).first)).toEqual(runs)
  })

  test('runs that changed places keep their numbers', () => {
    const compared = compareTexts(
      'one two three four. Then five six seven eight',
      'five six seven eight, one two three four',
    )
    expect(compared.first.map(({ run }) => run)).toEqual([1, null, 2])
    expect(compared.second.map(({ run }) => run)).toEqual([2, null, 1])
  })
})

const words = array(constantFrom('the', 'fox', 'jumps', 'over', '猫', 'が', '鳴', 'く', ',', '\n', ' ', 'é', '’'), {
  maxLength: 80,
}).map((all) => all.join(' '))

test('nothing is lost or added, and each run is the same words in both passages', () => {
  assert(
    property(words, words, (first, second) => {
      const compared = compareTexts(first, second)
      expect(compared.first.map(({ text }) => text).join('')).toBe(first)
      expect(compared.second.map(({ text }) => text).join('')).toBe(second)
      for (let run = 1; run <= compared.runs; run += 1) {
        const [one, ...rest] = [...compared.first, ...compared.second].filter((part) => part.run === run)
        expect(rest).toHaveLength(1)
        expect(letters(rest[0]?.text ?? '')).toBe(letters(one?.text ?? ''))
      }
    }),
  )
})

test('any text compared with itself is in common from its first word to its last, if there is enough of it', () => {
  assert(
    property(string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (noise) => {
      const text = `${noise} alpha beta gamma delta`
      expect(marked(compareTexts(text, text).first).join(' ')).toContain('alpha beta gamma delta')
    }),
  )
})

test('the longest passages take bounded time, also those that repeat themselves', () => {
  const same = 'a '.repeat(mostTokens * 2)
  const distinct = Array.from({ length: mostTokens * 2 }, (_, index) => `w${index}`).join(' ')
  for (const text of [same, distinct, '猫'.repeat(mostTokens * 2), 'a b '.repeat(mostTokens)]) {
    const started = performance.now()
    const compared = compareTexts(text, text)
    expect(compared.cut).toBe(true)
    expect(compared.runs).toBeGreaterThan(0)
    expect(performance.now() - started).toBeLessThan(4_000)
  }
})
