import { expect, test } from 'vitest'
import { languageOf, nameIn } from './language-of.ts'

test.each([
  ['ゲゲゲの鬼太郎 最強妖怪軍団!', 'ja'],
  ['地球へ…', 'ja'],
  ['白蛇伝', 'ja'],
  ['ＤＲＡＧＯＮ ＢＡＬＬ', undefined],
  ['BUDDHA 2 手塚治虫のブッダ', 'ja'],
  ['겨울왕국', 'ko'],
  ['ONE PIECE FILM GOLD', undefined],
])('the language of %s is %s', (text, language) => expect(languageOf(text)).toBe(language))

test.each([
  ['en', 'Hoshizora Animation', '星空アニメーション', 'Hoshizora Animation'],
  ['ja', 'Hoshizora Animation', '星空アニメーション', '星空アニメーション'],
  ['en', '星空アニメーション', 'Hoshizora Animation', 'Hoshizora Animation'],
  ['ja', '星空アニメーション', 'Hoshizora Animation', '星空アニメーション'],
  ['ja', 'Northlight AI', null, 'Northlight AI'],
  ['ja', 'Northlight AI', 'Northlight', 'Northlight AI'],
] as const)('a reader of %s reads %s or %s as %s', (locale, name, other, read) => {
  expect(nameIn(locale, name, other)).toBe(read)
})
