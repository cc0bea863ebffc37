import type { LetterLocale } from './basis.ts'
import { frameJa3, frameJa4 } from './house-words.ts'
import { frameEn1 } from './letter-frame-en-1.ts'
import { frameEn2 } from './letter-frame-en-2.ts'
import { frameJa1 } from './letter-frame-ja-1.ts'
import { frameJa2 } from './letter-frame-ja-2.ts'
import type { Frame } from './letter-frame.ts'

/** Every version of the common letter that was ever used. */
const frames: Readonly<Record<number, { readonly [locale in LetterLocale]: Frame }>> = {
  1: { en: frameEn1, ja: frameJa1 },
  2: { en: frameEn2, ja: frameJa2 },
  3: { en: frameEn1, ja: frameJa3 },
  4: { en: frameEn2, ja: frameJa4 },
}

/**
 * The common letter of a version, in one language.
 *
 * @throws if there never was such a version
 */
export function letterFrame(version: number, locale: LetterLocale): Frame {
  const found = frames[version]
  if (!found) throw new Error(`there is no common letter ${version}`)
  return found[locale]
}
