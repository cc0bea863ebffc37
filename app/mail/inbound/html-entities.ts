import { normalText } from '#app/platform/normal-text.ts'

// The names that mail programs write; all others they write as numbers or as themselves.
const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
  copy: '©',
  reg: '®',
  trade: '™',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  laquo: '«',
  raquo: '»',
  bull: '•',
  middot: '·',
  euro: '€',
  pound: '£',
  yen: '¥',
  sect: '§',
  para: '¶',
  deg: '°',
  times: '×',
  zwnj: '',
  zwj: '',
  shy: '',
  szlig: 'ß',
  aring: 'å',
  Aring: 'Å',
  aelig: 'æ',
  AElig: 'Æ',
  oslash: 'ø',
  Oslash: 'Ø',
  ccedil: 'ç',
  Ccedil: 'Ç',
  iexcl: '¡',
  iquest: '¿',
}
const accents: Record<string, string> = {
  uml: '\u0308',
  acute: '\u0301',
  grave: '\u0300',
  circ: '\u0302',
  tilde: '\u0303',
  cedil: '\u0327',
  caron: '\u030C',
}

/** The text that HTML source stands for; unknown names stay as written. */
export function decodeEntities(source: string): string {
  return source.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z][a-z0-9]{1,7}));?/gi, (whole, hex, decimal, name) => {
    if (typeof name === 'string') return named[name] ?? accented(name) ?? whole
    return ofCode(typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal))
  })
}

function accented(name: string): string | undefined {
  const accent = accents[name.slice(1)]
  return accent === undefined ? undefined : normalText(`${name.slice(0, 1)}${accent}`, 'NFC')
}

function ofCode(code: number): string {
  return code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\uFFFD' : String.fromCodePoint(code)
}
