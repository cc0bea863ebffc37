import { boundParts } from './bound-parts.ts'
import { endOfLine, isBlank, joined } from './bytes.ts'

/** What was cut from a mail before it was read. */
export type Cut = 'mail-cut' | 'lines-cut' | 'headers-cut'

/** The largest mail read whole; 25 MB of attachments grow by a third in base64 (RFC 2045 section 6.8). */
export const maxMailBytes = 36_000_000
// RFC 5322 section 2.1.1 allows 998; Outlook's thread headers and long recipient lists go far beyond.
const maxHeaderLineBytes = 10_000
const maxHeaderBytes = 250_000

/**
 * The same mail, no longer, deeper or broader than can be read in well under a second. What is missing is named in `cuts`.
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
  const parts = boundParts(bytes)
  if (parts !== null) {
    bytes = joined(parts.pieces)
    if (parts.cut) cuts.push('lines-cut')
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
    if (isBlank(bytes, at, lineEnd)) break
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
