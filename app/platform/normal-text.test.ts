import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { normalText } from './normal-text.ts'

test.each(['が', 'か\u3099', 'ｶﾞ', 'é', 'e\u0301', 'ﬁ', '한글', 'ᄒ\u1161\u11ab', 'q\u0307\u0323', '①', ''])(
  '%j comes out as Unicode says',
  (text) => {
    for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const)
      expect(normalText(text, form)).toBe(text.normalize(form))
  },
)

test('no run of marks is longer than thirty when it is put in order, in whatever form it comes', () => {
  for (const [run, form] of [
    ['\u0300\u0323', 'NFC'],
    ['\u0323\uFF9E', 'NFKC'],
    ['\u{1D165}\u0323', 'NFD'],
  ] as const) {
    const seen = normalText(`a${run.repeat(1_000)}b`, form)
    expect(Math.max(...seen.split(/[^\p{M}]|\u034F/u).map((each) => Array.from(each).length))).toBeLessThanOrEqual(60)
    expect(seen.replaceAll('\u034F', '').length).toBeGreaterThanOrEqual(2_000)
  }
})

test('nothing else in the portal puts texts in a normal form', () => {
  const root = join(import.meta.dirname, '../..')
  const files = readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/u.test(name) && !/\.test\.tsx?$|^generated\//u.test(name) && name !== 'platform/normal-text.ts',
  )
  expect(files.length).toBeGreaterThan(500)
  expect(files.filter((name) => /\.normalize\(/u.test(readFileSync(join(root, 'app', name), 'utf8')))).toEqual([])
})
