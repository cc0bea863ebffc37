import { bytewise, endOfLine, headerEnd, joined } from './bytes.ts'

// Tried in turn, strictly: what decodes without an error and looks like writing is taken.
const guesses = ['utf-8', 'shift_jis', 'euc-jp', 'windows-1252'] as const

const escape = '\u001B$'
const sampleBytes = 100_000
/** Longer mail keeps the charset it declares. */
const maxMendedBytes = 2_000_000

/**
 * The mail with its charsets named as they really are, or null if there is nothing to mend: text parts are declared anew,
 * headers are rewritten in UTF-8 (RFC 6532).
 *
 * For mail that names a wrong charset or none, as old phones, mail gateways and hand-written programs do.
 *
 * @param shown what came out when the charsets were believed
 */
export function mendCharset(bytes: Uint8Array, shown: { headers: string; text: string }): Uint8Array | null {
  if (bytes.length > maxMendedBytes || !(isGarbled(shown.headers) || isGarbled(shown.text))) return null
  const end = headerEnd(bytes)
  const head = bytes.subarray(0, end)
  const headCharset = isGarbled(shown.headers) ? charsetOf(head, shown.headers) : null
  const readable = headCharset === null ? bytes : joined([inUtf8(head, headCharset), bytes.subarray(end)])
  const textCharset = isGarbled(shown.text) ? charsetOf(bytes.subarray(end, end + sampleBytes), shown.text) : null
  if (textCharset === null) return headCharset === null ? null : readable
  return declare(readable, textCharset)
}

function isGarbled(shown: string): boolean {
  return shown.includes(escape) || shown.includes('\uFFFD')
}

function charsetOf(sample: Uint8Array, shown: string): string | null {
  // ISO-2022-JP is the one that announces itself (RFC 1468).
  return shown.includes(escape) ? 'iso-2022-jp' : guessCharset(sample)
}

function inUtf8(bytes: Uint8Array, charset: string): Uint8Array {
  return new TextEncoder().encode(new TextDecoder(charset).decode(bytes))
}

function guessCharset(sample: Uint8Array): string | null {
  if (sample.every((byte) => byte < 0x80)) return null
  const fitting = guesses
    .map((guess) => ({ guess, text: new TextDecoder(guess).decode(sample) }))
    // The sample may end within a character.
    .filter(({ text }) => !text.slice(0, -4).includes('\uFFFD'))
  if (fitting.some(({ guess }) => guess === 'utf-8')) return 'utf-8'
  // Nearly any bytes are valid Shift_JIS and EUC-JP: only kana shows that they were meant.
  const japanese = fitting
    .filter(({ guess }) => guess !== 'windows-1252')
    .map(({ guess, text }) => ({ guess, kana: (text.match(/[\u3041-\u3096\u30A1-\u30FA]/g) ?? []).length }))
    .toSorted((one, other) => other.kana - one.kana)[0]
  return japanese !== undefined && japanese.kana >= 2 ? japanese.guess : 'windows-1252'
}

/** Writes the charset into the header of the mail and of each text part; bytes of the text are not touched. */
function declare(bytes: Uint8Array, guess: string): Uint8Array {
  const pieces: Uint8Array[] = []
  let keptFrom = 0
  let at = 0
  while (at < bytes.length) {
    let end = endOfLine(bytes, at)
    if ((bytes[at] === 67 || bytes[at] === 99) && /^content-type:/i.test(bytewise(bytes.subarray(at, at + 13)))) {
      while (bytes[end] === 32 || bytes[end] === 9) end = endOfLine(bytes, end)
      const header = redeclared(bytewise(bytes.subarray(at, Math.min(end, at + 2000))), guess)
      if (header !== null) {
        pieces.push(bytes.subarray(keptFrom, at), new TextEncoder().encode(header))
        keptFrom = end
      }
    }
    at = end
  }
  const none = pieces.length === 0 ? [new TextEncoder().encode(`Content-Type: text/plain; charset=${guess}\r\n`)] : []
  return joined([...none, ...pieces, bytes.subarray(keptFrom)])
}

function redeclared(header: string, guess: string): string | null {
  const [, type, rest] = /^content-type:\s*(text\/[a-z0-9.+-]{1,40})([^]*)$/i.exec(header) ?? []
  if (type === undefined || rest === undefined) return null
  const others = rest.replace(/;\s*charset\s*=\s*(?:"[^"]*"|[^;\s]*)/gi, '').trimEnd()
  return `Content-Type: ${type}; charset=${guess}${others}\r\n`
}
