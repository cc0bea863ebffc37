import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { composeLetter } from '#app/notices/letter-composition.ts'
import { letterText } from '#app/notices/letter.ts'
import { completeLetter, everyPack } from '#test/complete-drafts.ts'
import { letterLocales } from './basis.ts'
import { currentPack } from './packs.ts'

const kept: Record<string, string> = JSON.parse(readFileSync(join(import.meta.dirname, 'letters/sha256.json'), 'utf8'))

const letters = everyPack.flatMap(({ kind, basis }) =>
  letterLocales.flatMap((locale) =>
    Array.from({ length: currentPack(basis).version }, (_, index) => ({ kind, basis, version: index + 1, locale })),
  ),
)

// What was used once is never edited: a new text is a new version of its pack or of the common letter, with lines of its own here.
test.for(letters)('the $kind on $basis version $version in $locale reads as it did', (which) => {
  const { kind, basis, version, locale } = which
  const facts = { ...completeLetter(kind, [basis]), bases: [{ basis, version }], locale }
  const text = letterText(composeLetter(facts))
  expect(createHash('sha256').update(text).digest('hex')).toBe(kept[`${kind} ${basis} ${version} ${locale}`])
})

test('no letter is kept that no pack writes', () => {
  const written = letters.map(({ kind, basis, version, locale }) => `${kind} ${basis} ${version} ${locale}`)
  expect(Object.keys(kept).toSorted()).toEqual(written.toSorted())
})

test.for(letterLocales)('the letter of a takedown on three bases reads as a whole in %s', async (locale) => {
  const facts = { ...completeLetter('takedown', ['EU_DSA_16', 'US_DMCA_512C', 'JP_CA_112']), locale }
  await expect(letterText(composeLetter(facts))).toMatchFileSnapshot(`./letters/takedown-on-three-bases.${locale}.txt`)
})

test.for(letterLocales)('the letter of a request on the bases of Europe reads as a whole in %s', async (locale) => {
  const facts = { ...completeLetter('exclusion', ['EU_CDSM_4_3', 'EU_GPAI_1_5', 'UK_CDPA_16']), locale }
  await expect(letterText(composeLetter(facts))).toMatchFileSnapshot(`./letters/exclusion-in-europe.${locale}.txt`)
})

// docs/decisions/028: its article and what else it allows are not confirmed.
test('no letter names the article of the Japanese injunction', () => {
  for (const locale of letterLocales) {
    const text = letterText(composeLetter({ ...completeLetter('takedown', ['JP_CA_112']), locale }))
    expect(text).not.toMatch(/Article 11[24]|第11[24]条/u)
  }
})
