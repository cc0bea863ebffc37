import { cutText } from '#app/ui/cut-text.ts'
import PostalMime, { addressParser, decodeWords, type Address, type Attachment, type Email } from 'postal-mime'
import { boundMail, type Cut } from './bound-mail.ts'
import { headerEnd } from './bytes.ts'
import { htmlText } from './html-text.ts'
import { mendCharset } from './mend-charset.ts'
import { parsedDate } from './parse-date.ts'

/** A mailbox as a header names it; `address` is empty when the header holds only a name. */
export type Mailbox = { name: string; address: string }

/** A part of a mail that is not its text. `name` is what the sender wrote, never a path to trust. */
export type MailPart = { name: string | null; type: string; bytes: Uint8Array; contentId: string | null }

/** What was wrong with a mail, or had to be cut. */
export type Defect =
  | Cut
  | 'unreadable-mime'
  | 'no-headers'
  | 'no-sender'
  | 'several-senders'
  | 'bad-date'
  | 'wrong-charset'
  | 'text-cut'
  | 'parts-cut'

/**
 * A mail as far as it can be read. No string holds U+0000 or half a surrogate pair, so all can be stored as they are.
 * Addresses and ids are the sender's claims: only what SMTP said is known.
 */
export type ReadMail = {
  /** The first value of each header by its lowercased name: unfolded, encoded words kept. */
  headers: ReadonlyMap<string, string>
  /** Every header in the mail's order, names lowercased. */
  headerList: readonly { name: string; value: string }[]
  from: Mailbox | null
  replyTo: readonly Mailbox[]
  to: readonly Mailbox[]
  cc: readonly Mailbox[]
  deliveredTo: readonly string[]
  originalTo: readonly string[]
  subject: string
  /** With its angle brackets, as our own outgoing ids are kept. */
  messageId: string | null
  inReplyTo: readonly string[]
  /** Oldest first. */
  references: readonly string[]
  /** When the mail says it was written: an instant, or null if it says nothing one can read. */
  date: Date | null
  /** The plain text, lines ended by LF; made from the HTML where there is no plain text. */
  text: string
  attachments: readonly MailPart[]
  defects: readonly Defect[]
}

/** Longest text kept, in UTF-16 units: a thousand pages. */
export const maxTextLength = 2_000_000
const maxParts = 500
const maxMailboxes = 1_000
const maxIds = 200
const maxSubjectLength = 2_000

/**
 * Reads a mail of any bytes: never throws, never takes long.
 *
 * What cannot be read is left out and named in `defects`; the raw bytes stay the truth and are kept elsewhere.
 *
 * @see RFC 5322, RFC 2045 to 2047
 */
export async function readMail(raw: Uint8Array): Promise<ReadMail> {
  const bounded = boundMail(raw)
  const defects = new Set<Defect>(bounded.cuts)
  const parsed = await parsedAsFarAsPossible(bounded.bytes, defects)
  const headerList = parsed.headers.map(({ key, value }) => ({ name: clean(key), value: clean(value) }))
  const headers = new Map(headerList.toReversed().map(({ name, value }) => [name, value]))
  if (headerList.length === 0) defects.add('no-headers')

  const senders = mailboxes(headerList, 'from')
  if (senders.length === 0) defects.add('no-sender')
  if (senders.length > 1) defects.add('several-senders')
  const date = parsedDate(headers.get('date') ?? '')
  if (date === null && headers.has('date')) defects.add('bad-date')
  if (parsed.attachments.length > maxParts) defects.add('parts-cut')

  return {
    headers,
    headerList,
    from: senders[0] ?? null,
    replyTo: mailboxes(headerList, 'reply-to'),
    to: mailboxes(headerList, 'to'),
    cc: mailboxes(headerList, 'cc'),
    deliveredTo: mailboxes(headerList, 'delivered-to').map(({ address }) => address),
    originalTo: mailboxes(headerList, 'x-original-to').map(({ address }) => address),
    subject: clean(decodeWords(headers.get('subject') ?? ''))
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, maxSubjectLength),
    messageId: ids(headers.get('message-id'))[0] ?? null,
    inReplyTo: ids(headers.get('in-reply-to')),
    references: ids(headers.get('references')),
    date,
    text: bestText(parsed, defects),
    attachments: parsed.attachments.slice(0, maxParts).map(asPart),
    defects: [...defects],
  }
}

async function parsedAsFarAsPossible(bytes: Uint8Array, defects: Set<Defect>): Promise<Email> {
  const whole = await parsedOrNull(bytes)
  if (whole !== null) {
    const headers = whole.headers.map(({ value }) => value).join('\n')
    const mended = mendCharset(bytes, { headers, text: `${whole.text ?? ''}${whole.html ?? ''}` })
    if (mended === null) return whole
    defects.add('wrong-charset')
    return (await parsedOrNull(mended)) ?? whole
  }
  // The parser refuses what is nested too deeply or has too many headers in its parts: then the parts stay source text.
  defects.add('unreadable-mime')
  const end = headerEnd(bytes)
  const heads = (await parsedOrNull(bytes.subarray(0, end))) ?? { headers: [], headerLines: [], attachments: [] }
  return { ...heads, attachments: [], html: undefined, text: new TextDecoder().decode(bytes.subarray(end)) }
}

async function parsedOrNull(bytes: Uint8Array): Promise<Email | null> {
  try {
    return await PostalMime.parse(bytes, { forceRfc822Attachments: true, maxNestingDepth: 100 })
  } catch {
    // The parser throws on mail beyond its limits only; the caller names it as a defect and reads what is left.
    return null
  }
}

function bestText(parsed: Email, defects: Set<Defect>): string {
  const own = parsed.text ?? ''
  // Some programs send an empty plain part beside the HTML.
  const text = own.trim() === '' && parsed.html !== undefined ? htmlText(parsed.html.slice(0, maxTextLength)) : own
  if (text.length > maxTextLength || (parsed.html ?? '').length > maxTextLength) defects.add('text-cut')
  return clean(text.slice(0, maxTextLength).replace(/\r\n?/g, '\n'))
}

function asPart({ filename, mimeType, content, contentId }: Attachment): MailPart {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)
  return {
    name: filename === null ? null : cutText(clean(filename), 500),
    type: clean(mimeType).slice(0, 200),
    bytes,
    contentId: contentId === undefined ? null : clean(contentId).slice(0, 500),
  }
}

function mailboxes(headerList: ReadMail['headerList'], name: string): Mailbox[] {
  return headerList
    .filter((header) => header.name === name)
    .flatMap(({ value }) => addressParser(value).flatMap(membersOf))
    .filter((box) => box.address !== '' || box.name !== '')
    .slice(0, maxMailboxes)
    .map((box) => ({ name: clean(box.name).trim(), address: clean(box.address).trim() }))
}

function membersOf(address: Address): Mailbox[] {
  return address.group ?? [address]
}

// RFC 5322 section 3.6.4; some programs leave out the brackets, and some fold a name or a sentence in.
function ids(value: string | undefined): string[] {
  if (value === undefined) return []
  // 800 characters of three bytes each still fit into an index of PostgreSQL.
  const bracketed = value.match(/<[^<>\s]{1,800}>/g)
  if (bracketed !== null) return bracketed.slice(0, maxIds)
  return value
    .split(/[\s,;]+/)
    .filter((word) => /^[^@\s]+@[^@\s]+$/.test(word) && word.length <= 800)
    .slice(0, maxIds)
    .map((word) => `<${word}>`)
}

function clean(value: string): string {
  return value.replaceAll('\u0000', '').toWellFormed()
}
