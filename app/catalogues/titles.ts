/** What may be wrong with a title; a person decides, and until then it stays as written. */
export type TitleDoubt = 'entities' | 'lost-character'

// Letters with a star put where a heart, a note or an accent stood: `手塚*治虫`, `DRAGON BALL Z*`; and the signs for no glyph.
const lostCharacter = /(?<=[\p{L}\p{So}])\*|[\uFFFD〓]/gu
const entity =
  /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos|nbsp|eacute|egrave|agrave|ouml|uuml|auml|szlig|ccedil|ntilde|hellip|mdash|ndash|lsquo|rsquo|ldquo|rdquo|hearts|copy|reg|trade));/giu
const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ouml: 'ö',
  uuml: 'ü',
  auml: 'ä',
  szlig: 'ß',
  ccedil: 'ç',
  ntilde: 'ñ',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  hearts: '♥',
  copy: '©',
  reg: '®',
  trade: '™',
}

/** What a person should decide about `title`. */
export function doubtsAbout(title: string): TitleDoubt[] {
  const doubts: TitleDoubt[] = []
  if (title.search(entity) !== -1) doubts.push('entities')
  if (title.search(lostCharacter) !== -1) doubts.push('lost-character')
  return doubts
}

/** `21 &amp; Over` as `21 & Over`. An unknown entity stays. */
export function decodeEntities(title: string): string {
  return title.replaceAll(entity, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named[name.toLowerCase()] ?? whole
    const code = Number.parseInt(decimal ?? hex ?? '', decimal === undefined ? 16 : 10)
    const isCharacter = code >= 0x20 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    return isCharacter ? String.fromCodePoint(code) : whole
  })
}

/** The title without the marks that `doubtsAbout` calls a lost character. */
export function removeLostMarks(title: string): string {
  return title.replaceAll(lostCharacter, '').trim()
}

/** Where those marks stand, as pieces of the title, for a page that shows them. */
export function splitAtLostMarks(title: string): { text: string; isMark: boolean }[] {
  const pieces: { text: string; isMark: boolean }[] = []
  let from = 0
  for (const match of title.matchAll(lostCharacter)) {
    pieces.push({ text: title.slice(from, match.index), isMark: false }, { text: match[0], isMark: true })
    from = match.index + match[0].length
  }
  return [...pieces, { text: title.slice(from), isMark: false }].filter(({ text }) => text !== '')
}
