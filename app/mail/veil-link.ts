/** What stands in a copy where a secret stood: as long as the secret, so that nothing else moves. */
export const veil = 'only-for-the-recipient'

/**
 * A copy of a mail in which secrets are made unusable: whoever keeps a mail to somebody else must not be able to answer in
 * their name. They are found in plain, quoted-printable (soft line breaks may cut them) and base64 parts, in one pass for all.
 *
 * @param raw the mail as it was sent, as a binary string
 * @param secrets the last characters of links' tokens and the seals of addresses, each as long as `veil`
 */
export function veilIn(raw: string, secrets: readonly string[]): string {
  if (secrets.some(({ length }) => length !== veil.length)) throw new Error('A veil is as long as what it hides.')
  if (secrets.length === 0) return raw
  const wanted = { secrets: new Set(secrets), beginnings: beginningsOf(secrets) }
  const pieces: string[] = []
  let kept = 0
  for (const { from, to } of base64Bodies(raw)) {
    const body = raw.slice(from, to)
    const text = binaryOf(body)
    const hidden = hide(text, wanted)
    if (hidden === text) continue
    pieces.push(raw.slice(kept, from), linesOf(btoa(hidden), /^[^\r\n]+/.exec(body)?.[0].length ?? 76))
    kept = to
  }
  return hide([...pieces, raw.slice(kept)].join(''), wanted)
}

/** The texts of a mail's base64 parts, as binary strings. */
export function base64Texts(raw: string): string[] {
  return Array.from(base64Bodies(raw), ({ from, to }) => binaryOf(raw.slice(from, to)))
}

/** Where the lines of base64 stand: after the empty line that ends a head which says base64. Each head is looked at once. */
function* base64Bodies(raw: string): Generator<{ from: number; to: number }> {
  const encoding = /content-transfer-encoding:[ \t]*base64/gi
  const headEnd = /\r?\n\r?\n/g
  const lines = /(?:[A-Za-z0-9+/=]+\r?\n?)+/y
  while (encoding.test(raw)) {
    headEnd.lastIndex = encoding.lastIndex
    if (!headEnd.test(raw)) return
    const from = headEnd.lastIndex
    lines.lastIndex = from
    const to = lines.test(raw) ? lines.lastIndex : from
    if (to > from) yield { from, to }
    encoding.lastIndex = to
  }
}

type Wanted = {
  secrets: ReadonlySet<string>
  /** By three letters: whether a secret begins with them. */
  beginnings: Uint8Array
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const codes = Int32Array.from({ length: 256 }, (_, code) => letters.indexOf(String.fromCharCode(code)))

function beginningsOf(secrets: readonly string[]): Uint8Array {
  const beginnings = new Uint8Array(letters.length ** 3)
  for (const secret of secrets) beginnings[beginningAt(secret, 0)] = 1
  return beginnings
}

/** The number of the three letters that stand here, negative if they are none. */
function beginningAt(text: string, at: number): number {
  return (codeAt(text, at) << 12) | (codeAt(text, at + 1) << 6) | codeAt(text, at + 2)
}

function codeAt(text: string, at: number): number {
  return codes[text.charCodeAt(at) & 255] ?? -1
}

function hide(text: string, wanted: Wanted): string {
  const pieces: string[] = []
  let kept = 0
  for (let at = 0; at < text.length; at += 1) {
    const beginning = beginningAt(text, at)
    // A soft line break may stand after the first letter, or after the second.
    if (beginning < 0 ? !isCut(text, at) : wanted.beginnings[beginning] === 0) continue
    const end = secretEnd(text, at, wanted)
    if (end === -1) continue
    pieces.push(text.slice(kept, at), veiled(text.slice(at, end)))
    kept = end
    at = end - 1
  }
  return kept === 0 ? text : [...pieces, text.slice(kept)].join('')
}

function isCut(text: string, at: number): boolean {
  return codeAt(text, at) >= 0 && (softBreak(text, at + 1) > 0 || softBreak(text, at + 2) > 0)
}

/** Where a secret ends that begins here, -1 if none does. */
function secretEnd(text: string, from: number, { secrets }: Wanted): number {
  const uncut = text.slice(from, from + veil.length)
  if (!uncut.includes('=')) return secrets.has(uncut) ? from + veil.length : -1
  let secret = ''
  let end = from
  while (secret.length < veil.length) {
    if (secret !== '') end += softBreak(text, end)
    if (end >= text.length || codeAt(text, end) < 0) return -1
    secret += text.charAt(end)
    end += 1
  }
  return secrets.has(secret) ? end : -1
}

// A line of quoted-printable may end anywhere with = and go on in the next (RFC 2045, 6.7).
function softBreak(text: string, at: number): number {
  if (text.charCodeAt(at) !== 61) return 0
  if (text.startsWith('=\r\n', at)) return 3
  return text.startsWith('=\n', at) ? 2 : 0
}

function veiled(found: string): string {
  const left = Array.from(veil)
  return found.replaceAll(/=\r?\n|[^]/g, (piece) => (piece.length > 1 ? piece : (left.shift() ?? '')))
}

function binaryOf(base64: string): string {
  try {
    return atob(base64.replaceAll(/[^A-Za-z0-9+/=]/g, ''))
  } catch {
    // Not base64 after all: it is left as it is.
    return ''
  }
}

function linesOf(base64: string, width: number): string {
  return base64.replaceAll(new RegExp(`.{1,${width}}`, 'g'), '$&\r\n')
}
