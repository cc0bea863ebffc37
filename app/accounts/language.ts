import { locales, type Locale } from './forms.ts'

/** The language for somebody who is not signed in: the one they chose, else the first of their browser's that the portal speaks. */
export function localeFor({
  cookie,
  acceptLanguage,
}: {
  cookie: string | undefined
  acceptLanguage: string | null
}): Locale {
  const chosen = locales.find((locale) => locale === cookie)
  if (chosen) return chosen
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const quality = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean)
      return { language: tag.split('-')[0] ?? '', quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
  for (const { language } of wanted) {
    const spoken = locales.find((locale) => locale === language)
    if (spoken) return spoken
  }
  return 'en'
}
