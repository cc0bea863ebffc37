import { normalText } from '#app/platform/normal-text.ts'

/** What a person typed, made safe to stand in a legal letter: no trick of control or direction characters survives. */

// Controls, direction and zero-width characters, tags: invisible in a letter, useful only to deceive. Joiners stay: scripts need them.
const invisible =
  /(?!\n)[\p{Cc}\p{Bidi_Control}\u00AD\u180E\u200B\u2060-\u2065\u206A-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu
const lineBreaks = /\r\n?|[\v\f\u0085\u2028\u2029]/gu

/** The text with every line ending as LF and nothing invisible left; lone surrogates become U+FFFD. */
function visible(text: string): string {
  const seen = text.toWellFormed().replace(lineBreaks, '\n').replaceAll('\t', ' ').replace(invisible, '')
  return normalText(seen, 'NFC')
}

/** One line: a name, a number, a title. Line breaks become spaces, so a name cannot write a paragraph of its own. */
export function oneLine(text: string): string {
  return visible(text)
    .replace(/[\s\u3164\u115F\u1160]+/gu, ' ')
    .trim()
}

/** Several lines, as in an address or a paragraph; empty lines at the ends and runs of them are dropped. */
export function linesOf(text: string): string[] {
  return visible(text)
    .split('\n')
    .map((line) => oneLine(line))
    .filter((line) => line !== '')
}

/** Paragraphs, parted where the writer left an empty line. */
export function paragraphsOf(text: string): string[][] {
  return visible(text)
    .split(/\n[^\S\n]*\n\s*/u)
    .map((paragraph) => linesOf(paragraph))
    .filter((lines) => lines.length > 0)
}

/** The language a title should be read in: Japanese where it has kana or Han characters, so that shared characters take Japanese forms. */
export function scriptLanguage(text: string): 'ja' | undefined {
  return /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text) ? 'ja' : undefined
}
