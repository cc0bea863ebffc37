import { bytewise, endOfLine, isBlank } from './bytes.ts'

const hyphen = 45
const maxLines = 600_000
// The parser keeps each line of text that is not in base64 or quoted-printable by itself, at some microseconds a line.
const maxPlainLines = 20_000
const maxParts = 12_000
const maxBoundaryLength = 1_000
const maxHeaderLines = 20_000
const maxHeaderLength = 250_000
// The parser holds each line that begins with two hyphens against every boundary that is open, a hundred at most.
const maxComparisons = 2_000_000
const mostOpen = 100

// A mail made readable in well under a second, in pieces; `cut` says that something is missing.
type BoundedParts = { pieces: Uint8Array[]; cut: boolean }

type Place = {
  /** Whether the lines are a part's header. */
  inHeader: boolean
  /** The header of the part so far. */
  header: string
  headerFrom: number
  bodyFrom: number
  /** Whether the part's lines are text as they stand, or a mail within the mail. */
  plain: boolean
  /** Before the first part of several, or after the last: nobody reads it. */
  between: boolean
  lines: number
}

type Mail = {
  bytes: Uint8Array
  place: Place
  boundaries: Set<string>
  count: { lines: number; plain: number; parts: number; header: number; boundaries: number; comparisons: number }
  pieces: Uint8Array[]
  keptFrom: number
  cut: boolean
}

/**
 * The mail in another form, or without what is more than can be read in well under a second; null if it is all within the
 * limits. Long texts and mails within the mail are put in base64, which the parser reads at once: an attachment stays whole.
 */
export function boundParts(bytes: Uint8Array): BoundedParts | null {
  const mail: Mail = {
    bytes,
    place: placeAt(0, false),
    boundaries: new Set(),
    count: { lines: 0, plain: 0, parts: 0, header: 0, boundaries: 0, comparisons: 0 },
    pieces: [],
    keptFrom: 0,
    cut: false,
  }
  let at = 0
  while (at < bytes.length) {
    const end = endOfLine(bytes, at)
    mail.count.lines += 1
    const delimiter = delimiterAt(mail, at, end)
    if (isTooMuch(mail, delimiter !== null)) {
      endPart(mail, at)
      return { pieces: [...mail.pieces, bytes.subarray(mail.keptFrom, Math.max(mail.keptFrom, at))], cut: true }
    }
    if (delimiter !== null) {
      endPart(mail, at)
      mail.place = placeAt(end, delimiter === 'last')
    } else follow(mail, at, end)
    at = end
  }
  endPart(mail, at)
  return mail.keptFrom === 0 ? null : { pieces: [...mail.pieces, bytes.subarray(mail.keptFrom)], cut: mail.cut }
}

function placeAt(headerFrom: number, between: boolean): Place {
  return { inHeader: true, header: '', headerFrom, bodyFrom: headerFrom, plain: true, between, lines: 0 }
}

function isTooMuch({ count }: Mail, delimiter: boolean): boolean {
  if (delimiter) count.parts += 1
  return count.lines > maxLines || count.parts > maxParts || count.comparisons > maxComparisons
}

function follow(mail: Mail, at: number, end: number): void {
  const { bytes, place, count } = mail
  if (!place.inHeader) place.lines += 1
  else if (isBlank(bytes, at, end)) endHeader(mail, end)
  else {
    if (place.header.length < maxHeaderLength)
      place.header += bytewise(bytes.subarray(at, Math.min(end, at + maxHeaderLength)))
    count.header += 1
    if (count.header > maxHeaderLines) leaveOut(mail, at, end)
  }
}

function endHeader({ place, boundaries, count }: Mail, bodyFrom: number): void {
  place.inHeader = false
  place.bodyFrom = bodyFrom
  place.plain = !/^content-transfer-encoding:[^\r\n]*(?:base64|quoted-printable)/im.test(place.header)
  for (const [, quoted, token] of place.header.matchAll(
    /boundary\s*=\s*(?:"([^"\r\n]{1,1000})"|([^\s";]{1,1000}))/gi,
  )) {
    boundaries.add(quoted ?? token ?? '')
    count.boundaries += 1
    place.between = true
  }
}

/** A part has ended: long texts are put in base64. */
function endPart(mail: Mail, at: number): void {
  const { bytes, place, count } = mail
  if (place.inHeader || !place.plain) return
  if (count.plain + place.lines <= maxPlainLines) {
    count.plain += place.lines
    return
  }
  // A header that was cut is not written anew; what stands between parts is read by nobody.
  if (place.between || place.headerFrom < mail.keptFrom) return leaveOut(mail, place.bodyFrom, at)
  mail.pieces.push(bytes.subarray(mail.keptFrom, place.headerFrom), inBase64(mail, at))
  mail.keptFrom = at
}

function leaveOut(mail: Mail, from: number, to: number): void {
  if (mail.keptFrom < from) mail.pieces.push(mail.bytes.subarray(mail.keptFrom, from))
  mail.keptFrom = Math.max(mail.keptFrom, to)
  mail.cut = true
}

/** A part with its text in base64; its lines end in LF, as the parser would have ended them. */
function inBase64({ bytes, place }: Mail, at: number): Uint8Array {
  const header = bytewise(bytes.subarray(place.headerFrom, place.bodyFrom))
    .replace(/(?:\r?\n)*$/, '\r\n')
    .replaceAll(/^content-transfer-encoding:[^\n]*\n(?:[ \t][^\n]*\n)*/gim, '')
    .trimStart()
  const encoded = Buffer.from(endedByFeeds(bytes.subarray(place.bodyFrom, at))).toString('base64')
  return Buffer.from(`${header}Content-Transfer-Encoding: base64\r\n\r\n${encoded}\r\n`, 'latin1')
}

function endedByFeeds(bytes: Uint8Array): Uint8Array {
  const text = new Uint8Array(bytes.length + 1)
  let length = 0
  // Returns that may still prove to end a line.
  let returns = 0
  for (const byte of bytes) {
    if (byte === 10) length -= returns
    returns = byte === 13 ? returns + 1 : 0
    text[length] = byte
    length += 1
  }
  if (text[length - 1] !== 10) {
    text[length] = 10
    length += 1
  }
  return text.subarray(0, length)
}

/** Whether a line is `--` with a boundary that a header named, and whether it is the last of them (RFC 2046 section 5.1.1). */
function delimiterAt({ bytes, boundaries, count }: Mail, at: number, end: number): 'next' | 'last' | null {
  if (bytes[at] !== hyphen || bytes[at + 1] !== hyphen || boundaries.size === 0) return null
  count.comparisons += Math.min(count.boundaries, mostOpen)
  const line = bytewise(bytes.subarray(at + 2, Math.min(end, at + 2 + maxBoundaryLength))).trimEnd()
  if (boundaries.has(line)) return 'next'
  return line.endsWith('--') && boundaries.has(line.slice(0, -2)) ? 'last' : null
}
