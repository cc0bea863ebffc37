import { decodedBytes } from './decode-bytes.ts'
import { fieldGroups } from './delivery-status.ts'
import type { ReadMail } from './read-mail.ts'

type Headers = ReadonlyMap<string, string>

// Headers that a returned mail begins with; a report's own lines ("Reason:", "Status:") are not among them.
const telling = new Set(
  'received return-path message-id date from to subject mime-version content-type dkim-signature reply-to sender delivered-to x-mailer'.split(
    ' ',
  ),
)
const returnedTypes = new Set([
  'message/rfc822',
  'message/global',
  'text/rfc822-headers',
  'message/global-headers',
  'message/partial',
])
const field = /^([A-Za-z][A-Za-z0-9-]{0,60}):/

/** A report cut into what the machine says and the mail it gives back. */
export function splitReport(text: string): { report: string; returned: string } {
  const lines = text.split('\n')
  const at = returnedFrom(lines)
  return at === -1
    ? { report: text, returned: '' }
    : { report: lines.slice(0, at).join('\n'), returned: lines.slice(at).join('\n') }
}

/** Where three or more header lines begin, at least two of them telling: no wording is needed to see a returned mail. */
function returnedFrom(lines: readonly string[]): number {
  let start = -1
  let fields = 0
  let known = 0
  for (const [at, line] of lines.entries()) {
    const name = field.exec(line)?.[1]?.toLowerCase()
    if (name !== undefined) {
      if (start === -1) start = at
      fields += 1
      known += telling.has(name) ? 1 : 0
      if (fields >= 3 && known >= 2) return start
    } else if (start !== -1 && /^[ \t]+\S/.test(line)) {
      continue
    } else {
      start = -1
      fields = 0
      known = 0
    }
  }
  return -1
}

/** The headers of our mail that a report carries, from its parts or from its text; empty if there are none. */
export function returnedHeaders(mail: ReadMail, returned: string): Headers {
  const part = mail.attachments.find(({ type }) => returnedTypes.has(type)) ?? mail.attachments.find(isHeaderFile)
  const source = part === undefined ? returned : decodedBytes(part.bytes).trimStart()
  const head = source.split(/\r?\n[ \t]*\r?\n/, 1)[0] ?? ''
  return fieldGroups(head)[0] ?? new Map()
}

// Some systems attach the headers as a plain file.
function isHeaderFile({ type, bytes }: ReadMail['attachments'][number]): boolean {
  return type === 'text/plain' && returnedFrom(decodedBytes(bytes.subarray(0, 4000)).split(/\r?\n/)) !== -1
}

/** The Message-ID among headers that came back. */
export function messageIdIn(headers: Headers): string | null {
  return /<[^<>\s]{1,900}>/.exec(headers.get('message-id') ?? '')?.[0] ?? null
}
