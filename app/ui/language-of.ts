/**
 * The language of a title or a name, told by its script, for the `lang` attribute: shared characters take their
 * Japanese forms, and screen readers change voice. Ideographs alone count as Japanese here.
 *
 * @returns nothing for Latin and other scripts, whose language cannot be told
 */
export function languageOf(text: string): 'ja' | 'ko' | undefined {
  if (/\p{sc=Hang}/u.test(text)) return 'ko'
  return /[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}]/u.test(text) ? 'ja' : undefined
}

/**
 * The name that a reader can read: of a name and its form in the other script, the one in the script of `locale`.
 *
 * @param other null when only one form is known
 */
export function nameIn(locale: 'en' | 'ja', name: string, other: string | null): string {
  if (other === null || other === '') return name
  const wanted = locale === 'ja' ? 'ja' : undefined
  return languageOf(name) === wanted || languageOf(other) !== wanted ? name : other
}

/** Each language, named in itself. */
export const languageNames = { en: 'English', ja: '日本語' } as const
