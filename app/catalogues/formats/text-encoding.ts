/** The encodings that can be chosen for a file; others are read when they are detected. */
export const textEncodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'shift_jis',
  'euc-jp',
  'iso-2022-jp',
  'windows-1252',
] as const

/** The code of an encoding, as the Encoding Standard names it. */
export type TextEncoding = (typeof textEncodings)[number]

/** Whether `text` is the code of an encoding, in any case and with `_` or `-`. */
export function readEncoding(text: string): TextEncoding | undefined {
  const plain = text.toLowerCase().replaceAll('_', '-')
  const alias = {
    utf8: 'utf-8',
    'utf-16': 'utf-16le',
    sjis: 'shift-jis',
    cp932: 'shift-jis',
    'windows-31j': 'shift-jis',
    eucjp: 'euc-jp',
    latin1: 'windows-1252',
    'iso-8859-1': 'windows-1252',
  }
  const code = Object.entries(alias).find(([name]) => name === plain)?.[1] ?? plain
  return textEncodings.find((encoding) => encoding.replaceAll('_', '-') === code)
}

/**
 * Which encoding the bytes above ASCII speak for, when they are not valid UTF-8.
 *
 * @param sample whole lines, all or most of them with such bytes
 * @see https://encoding.spec.whatwg.org/ for the decoders
 */
export function guessLegacyEncoding(sample: Uint8Array): TextEncoding {
  const text = new TextDecoder('utf-8').decode(sample)
  // A few broken bytes in a file of UTF-8 do not make it another encoding.
  const broken = count(text, /\uFFFD/gu)
  if (broken * 50 < count(text, /\P{ASCII}/gu)) return 'utf-8'
  const candidates = (['shift_jis', 'euc-jp'] as const).flatMap((encoding) => {
    const decoded = decodeWhole(sample, encoding)
    return decoded === undefined || !isJapanese(decoded) ? [] : [{ encoding, rare: rareShare(decoded) }]
  })
  return candidates.toSorted((a, b) => a.rare - b.rare)[0]?.encoding ?? 'windows-1252'
}

function decodeWhole(sample: Uint8Array, encoding: TextEncoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(sample)
  } catch {
    return undefined
  }
}

// Japanese letters stand in runs. Accents of other languages stand alone among Latin letters, and a Japanese decoder
// makes of each a lone rare character.
function isJapanese(text: string): boolean {
  const letters = count(text, /\P{ASCII}/gu)
  const inRuns = count(text, /\P{ASCII}{2,}/gu, (run) => run.length)
  return inRuns * 10 > letters * 6
}

// Shift_JIS read as EUC-JP, or the reverse, gives half-width katakana and characters that hardly any text has.
function rareShare(text: string): number {
  const letters = count(text, /\P{ASCII}/gu)
  const usual = count(text, /[\u3000-\u30FF\uFF01-\uFF5E\u4E00-\u9FFF]/gu) + count(text, /[\u3041-\u30FF]/gu)
  return 1 - usual / (letters * 2)
}

function count(text: string, pattern: RegExp, weight: (match: string) => number = () => 1): number {
  return (text.match(pattern) ?? []).reduce((total, match) => total + weight(match), 0)
}
