import { absences } from './absences.ts'
import type { ReadMail } from './read-mail.ts'
import { hasNullSender } from './written-bounce.ts'

const noReply =
  /^(?:no-?_?\.?repl(?:y|ies)|do-?_?\.?not-?_?\.?reply|noresponse|no-?antwort|ne-?pas-?repondre|nicht-?antworten|noresponder|nao-?responda|mailer-?daemon|mail-?daemon|bounces?|bounce-\w+)(?:[+=@]|$)/i
// People write from these, too, but an answer to them may loop or go to everyone.
const offices = /^(?:postmaster|listserv|majordomo|owner-[^@]+|[^@]+-(?:request|bounces?))(?:[+=@]|$)/i
const bulk = /^(?:bulk|junk|list|auto_reply)\b/i
const listHeader = /^list-/

/**
 * Whether a machine may answer this mail at all: never a report, a list, another machine or an address that takes none.
 *
 * Silence does no harm and loops do: in doubt it is not answerable.
 *
 * @param envelopeFrom what SMTP's `MAIL FROM` said, without brackets; empty for the null sender
 * @see RFC 3834 section 2, RFC 2919, RFC 2369, MS-OXCMAIL 2.2.3.2.14 (X-Auto-Response-Suppress)
 */
export function isAnswerable(mail: ReadMail, envelopeFrom?: string): boolean {
  const { headers } = mail
  if (hasNullSender(mail, envelopeFrom)) return false
  const answersGo = mail.replyTo[0] ?? mail.from
  if (answersGo === null || answersGo.address === '' || mail.from === null) return false
  if (
    [answersGo.address, mail.from.address, envelopeFrom ?? ''].some(
      (address) => noReply.test(address) || offices.test(address),
    )
  )
    return false
  if (isAutoSubmitted(headers) || bulk.test(headers.get('precedence') ?? '')) return false
  if (mail.headerList.some(({ name }) => listHeader.test(name) || autoHeaders.has(name))) return false
  const suppress = (headers.get('x-auto-response-suppress') ?? 'none').trim().toLowerCase()
  return suppress === 'none'
}

/** Whether a machine wrote it: out of office, a ticket opened, a receipt, a newsletter. */
export function isMachineWritten(mail: ReadMail, envelopeFrom?: string): boolean {
  const { headers, headerList } = mail
  if (isAutoSubmitted(headers) || hasNullSender(mail, envelopeFrom)) return true
  if (headerList.some(({ name }) => autoHeaders.has(name))) return true
  if (/^auto_reply\b/i.test(headers.get('precedence') ?? '')) return true
  if (/report-type\s*=\s*"?disposition-notification/i.test(headers.get('content-type') ?? '')) return true
  if (noReply.test(mail.from?.address ?? '')) return true
  const answers = mail.inReplyTo.length > 0 || mail.references.length > 0
  const many = bulk.test(headers.get('precedence') ?? '') || headerList.some(({ name }) => listHeader.test(name))
  return (many && !answers) || isAbsence(mail)
}

/** Whether it says that someone is away, by the words such notices begin with. */
export function isAbsence(mail: ReadMail): boolean {
  const beginning = mail.text.trimStart().slice(0, 300)
  return absences.some(({ subjects, texts }) => subjects.test(mail.subject) || texts.test(beginning))
}

// RFC 3834 section 5; `no` is what people's programs may write.
function isAutoSubmitted(headers: ReadMail['headers']): boolean {
  const value = headers.get('auto-submitted')
  return value !== undefined && !/^\s*no\b/i.test(value)
}

// Written by Exchange, cPanel's Exim, Plesk, Lotus Domino, FirstClass, Novell and others before RFC 3834 was followed.
const autoHeaders: ReadonlySet<string> = new Set([
  'x-autoreply',
  'x-autorespond',
  'x-autoresponse',
  'x-autoreply-from',
  'x-auto-reply-from',
  'x-mail-autoreply',
  'x-vacation',
  'x-fc-machinegenerated',
  'x-out-of-office',
  'x-ms-exchange-inbox-rules-loop',
])
