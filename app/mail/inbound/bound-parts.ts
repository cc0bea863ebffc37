import { bytewise, endOfLine, isBlank } from './bytes.ts'

const maxLines = 600_000
// The parser keeps each line of text that is not in base64 or quoted-printable by itself, at some microseconds a line.
const maxPlainLines = 40_000
const maxParts = 12_000
const maxBoundaryLength = 1_000
const maxHeaderLines = 20_000
const maxHeaderLength = 250_000

type Place = {
  /** Whether the lines are a part's header. */
  inHeader: boolean
  /** The header of the part so far. */
  header: string
  /** Whether the part's lines are text as they stand, or a mail within the mail. */
  plain: boolean
}

/**
 * The mail without what is more than can be read in well under a second, in pieces; null if it is all within the limits.
 *
 * It is cut part by part: a long text or a returned mail loses its end, and the parts after it stay.
 */
export function boundParts(bytes: Uint8Array): Uint8Array[] | null {
  const kept: Uint8Array[] = []
  const boundaries = new Set<string>()
  const place: Place = { inHeader: true, header: '', plain: true }
  const count = { lines: 0, plain: 0, parts: 0, header: 0 }
  let keptFrom = 0
  let at = 0
  let cut = false
  while (at < bytes.length) {
    const end = endOfLine(bytes, at)
    count.lines += 1
    const delimiter = isDelimiter(bytes, at, end, boundaries)
    if (delimiter) count.parts += 1
    if (count.lines > maxLines || count.parts > maxParts)
      return [...kept, bytes.subarray(keptFrom, Math.max(keptFrom, at))]
    follow({ place, bytes, at, end, delimiter, boundaries })
    if (place.inHeader) count.header += 1
    else if (place.plain) count.plain += 1
    const over = place.inHeader ? count.header > maxHeaderLines : place.plain && count.plain > maxPlainLines
    if (over && !delimiter) {
      if (keptFrom < at) kept.push(bytes.subarray(keptFrom, at))
      keptFrom = end
      cut = true
    }
    at = end
  }
  return cut ? [...kept, bytes.subarray(keptFrom)] : null
}

type Step = { place: Place; bytes: Uint8Array; at: number; end: number; delimiter: boolean; boundaries: Set<string> }

function follow({ place, bytes, at, end, delimiter, boundaries }: Step): void {
  if (delimiter) {
    place.inHeader = true
    place.header = ''
    place.plain = true
  } else if (place.inHeader && isBlank(bytes, at, end)) {
    place.inHeader = false
    place.plain = !/^content-transfer-encoding:[^\r\n]*(?:base64|quoted-printable)/im.test(place.header)
    for (const [, quoted, token] of place.header.matchAll(
      /boundary\s*=\s*(?:"([^"\r\n]{1,1000})"|([^\s";]{1,1000}))/gi,
    )) {
      boundaries.add(quoted ?? token ?? '')
    }
  } else if (place.inHeader && place.header.length < maxHeaderLength) {
    place.header += bytewise(bytes.subarray(at, Math.min(end, at + maxHeaderLength)))
  }
}

/** Whether a line is `--` with a boundary that a header named (RFC 2046 section 5.1.1). */
function isDelimiter(bytes: Uint8Array, at: number, end: number, boundaries: ReadonlySet<string>): boolean {
  if (bytes[at] !== 45 || bytes[at + 1] !== 45 || boundaries.size === 0) return false
  const line = bytewise(bytes.subarray(at + 2, Math.min(end, at + 2 + maxBoundaryLength))).trimEnd()
  return boundaries.has(line) || (line.endsWith('--') && boundaries.has(line.slice(0, -2)))
}
