// Tried in turn, strictly: the first that decodes without an error and looks like writing is taken.
const guesses = ['utf-8', 'iso-2022-jp', 'shift_jis', 'euc-jp', 'windows-1252'] as const
type Guess = (typeof guesses)[number]

const sampleBytes = 200_000

/**
 * The mail with its text parts declared in the charset they are really in, or null if there is nothing to mend.
 *
 * For mail that names a wrong charset or none, as old phones, mail gateways and hand-written programs do.
 *
 * @param text what came out when the charsets were believed
 */
export function mendCharset(bytes: Uint8Array, text: string): Uint8Array | null {
  const escaped = text.includes('\u001B$')
  if (!escaped && !text.includes('\uFFFD')) return null
  const sample = bytes.subarray(0, sampleBytes)
  const guess = escaped ? 'iso-2022-jp' : guessCharset(sample)
  return guess === null ? null : declare(bytes, guess)
}

function guessCharset(sample: Uint8Array): Guess | null {
  if (sample.every((byte) => byte < 0x80)) return null
  const fitting = guesses.filter((guess) => guess !== 'iso-2022-jp' && fits(sample, guess))
  // Nearly any bytes are valid Shift_JIS and EUC-JP: only kana shows that they were meant.
  const japanese = fitting.filter((guess) => guess !== 'utf-8' && guess !== 'windows-1252')
  const best = japanese.toSorted((one, other) => kanaIn(sample, other) - kanaIn(sample, one))[0]
  if (fitting.includes('utf-8')) return 'utf-8'
  if (best !== undefined && kanaIn(sample, best) >= 2) return best
  return 'windows-1252'
}

function fits(sample: Uint8Array, guess: Guess): boolean {
  return !decoded(sample, guess).slice(0, -4).includes('\uFFFD')
}

function kanaIn(sample: Uint8Array, guess: Guess): number {
  return (decoded(sample, guess).match(/[\u3041-\u3096\u30A1-\u30FA]/g) ?? []).length
}

function decoded(sample: Uint8Array, guess: Guess): string {
  return new TextDecoder(guess).decode(sample)
}

/** Writes the charset into the header of the mail and of each text part; bytes of the text are not touched. */
function declare(bytes: Uint8Array, guess: Guess): Uint8Array {
  // One character a byte, so that nothing but the ASCII of the headers changes.
  const source = new TextDecoder('windows-1252').decode(bytes)
  const bytewise = source.length === bytes.length ? asBytewise(bytes) : source
  const mended = /^content-type:/im.test(bytewise)
    ? bytewise.replace(
        /^content-type:[ \t]*(text\/[a-z0-9.+-]{1,40})((?:[^\r\n]|\r?\n[ \t]){0,500})/gim,
        (_whole, type: string, rest: string) =>
          `Content-Type: ${type}; charset=${guess}${rest.replace(/;\s*charset\s*=\s*("[^"]*"|[^;\s]*)/gi, '')}`,
      )
    : `Content-Type: text/plain; charset=${guess}\r\n${bytewise}`
  return Uint8Array.from(mended, (character) => character.charCodeAt(0))
}

function asBytewise(bytes: Uint8Array): string {
  let source = ''
  for (let at = 0; at < bytes.length; at += 8192) {
    source += String.fromCharCode(...bytes.subarray(at, at + 8192))
  }
  return source
}
