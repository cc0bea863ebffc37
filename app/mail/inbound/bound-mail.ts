/** What was cut from a mail before it was read. */
export type Cut = 'mail-cut' | 'lines-cut' | 'headers-cut'

/** The largest mail read whole; 25 MB of attachments grow by a third in base64 (RFC 2045 section 6.8). */
export const maxMailBytes = 36_000_000
const maxLines = 600_000
const maxDelimiterLines = 25_000
// RFC 5322 section 2.1.1 allows 998; Outlook's thread headers and long recipient lists go far beyond.
const maxHeaderLineBytes = 20_000
const maxHeaderBytes = 500_000

/**
 * The same mail, no longer, deeper or broader than can be read in well under a second.
 *
 * Ordinary mail comes back untouched (the very same bytes).
 */
export function boundMail(raw: Uint8Array): { bytes: Uint8Array; cuts: Cut[] } {
  const cuts: Cut[] = []
  let bytes = raw
  if (bytes.length > maxMailBytes) {
    bytes = bytes.subarray(0, maxMailBytes)
    cuts.push('mail-cut')
  }
  const header = boundedHeader(bytes)
  if (header !== null) {
    bytes = header
    cuts.push('headers-cut')
  }
  const end = boundedLines(bytes)
  if (end < bytes.length) {
    bytes = bytes.subarray(0, end)
    cuts.push('lines-cut')
  }
  return { bytes, cuts }
}

/** The mail with long header lines and headers beyond the limit left out, or null if it is within the limits. */
function boundedHeader(bytes: Uint8Array): Uint8Array | null {
  const kept: Uint8Array[] = []
  let keptBytes = 0
  let cut = false
  let at = 0
  while (at < bytes.length) {
    const lineEnd = endOfLine(bytes, at)
    const length = lineEnd - at
    if (length <= 2 && isBlank(bytes, at, lineEnd)) break
    const line = bytes.subarray(at, Math.min(lineEnd, at + maxHeaderLineBytes))
    if (keptBytes + line.length > maxHeaderBytes) {
      cut = true
    } else {
      kept.push(line)
      keptBytes += line.length
      if (line.length < length) {
        cut = true
        kept.push(new Uint8Array([13, 10]))
      }
    }
    at = lineEnd
  }
  return cut ? joined([...kept, bytes.subarray(at)]) : null
}

/** Where to stop: each line and each possible part costs the parser time. */
function boundedLines(bytes: Uint8Array): number {
  let lines = 0
  let delimiters = 0
  let at = 0
  while (at < bytes.length) {
    lines += 1
    if (bytes[at] === 45 && bytes[at + 1] === 45) delimiters += 1
    if (lines > maxLines || delimiters > maxDelimiterLines) return at
    at = endOfLine(bytes, at)
  }
  return bytes.length
}

function endOfLine(bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(10, from)
  return at === -1 ? bytes.length : at + 1
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  return bytes.subarray(from, to).every((byte) => byte === 10 || byte === 13)
}

function joined(pieces: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
