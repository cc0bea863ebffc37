import { normalText } from '#app/platform/normal-text.ts'

// Hiragana lies 0x60 below katakana, from ァ to ヶ and for the iteration marks.
const katakana = /[\u30A1-\u30F6\u30FD\u30FE]/gu

/**
 * Text as it is searched: case, width and kana make no difference, so ＴＯＴＯＲＯ finds Totoro and ととろ finds トトロ.
 * Use it for what is kept and for what is looked for alike.
 */
export function foldText(text: string): string {
  return normalText(text, 'NFKC')
    .toLowerCase()
    .replaceAll(katakana, (character) => String.fromCharCode(character.charCodeAt(0) - 0x60))
    .replaceAll(/\s+/gu, ' ')
    .trim()
}
