import { createHash } from 'node:crypto'
import { normalAddress } from '#app/accounts/address.ts'
import { env } from '#app/platform/env.server.ts'
import { withLocale } from '#app/platform/locale.server.ts'
import { type DrawnMail, drawMail, type MailName } from '#emails/mails.ts'
import { displayName, headerText } from '#emails/header-text.ts'
import type { MailWording } from './mail-handlers.ts'
import { mimeText } from '#app/platform/mime-text.server.ts'
import { loopHeader } from './loops.ts'
import { servesNotices } from './serving-mails.ts'
import { dkimKey, signDkim } from './sign-dkim.server.ts'

/** A mail that is to be composed. `thread` holds the Message-IDs of the mails before it, oldest first. */
export type Uncomposed = {
  kind: MailName
  toAddress: string
  locale: 'en' | 'ja'
  messageId: string
  thread: readonly string[]
  wording: MailWording
}

/** The bytes that go over the wire on every attempt, and their SHA-256 in lower hex. */
export type ComposedMail = { raw: Buffer; sha256: string }

/** The address that mails come from. */
export function senderAddress(): string {
  return env().MAIL_FROM
}

/** The Message-ID of a mail: the same for ever, whatever is tried. */
export function messageIdOf(mailId: string): string {
  return `<${mailId}@${messageDomain()}>`
}

/** The domain of our Message-IDs: a mail that comes in with it is one of our own. */
export function messageDomain(): string {
  return env().MAIL_FROM.split('@').at(-1)?.toLowerCase() ?? 'caveat.example'
}

/**
 * Composes a mail, once: the date, the boundaries, every word and the signature are fixed in the bytes.
 *
 * @param at the instant that the Date field names
 * @throws ZodError if the facts are not those of this mail, Error if an address is none
 */
export function composeMail(mail: Uncomposed, at: Date): ComposedMail {
  const drawn = withLocale(mail.locale, () => drawMail(mail.kind, mail.wording.facts))
  const unsigned = mimeBytes(mail, drawn, at)
  const key = dkimKey()
  const raw = key === null ? unsigned : Buffer.from(signDkim(unsigned.toString('latin1'), key, at), 'latin1')
  return { raw, sha256: createHash('sha256').update(raw).digest('hex') }
}

/** The RFC 5322 bytes of a mail that was drawn. Nothing in `drawn` or `mail` can add a field or a recipient. */
export function mimeBytes(mail: Uncomposed, drawn: DrawnMail, at: Date): Buffer {
  const { fromName, replyTo } = mail.wording
  const sender = displayName(fromName ?? '')
  const fields = {
    from: { name: sender === '' ? 'Caveat' : `${sender} via Caveat`, address: strict(senderAddress()) },
    to: { name: '', address: strict(mail.toAddress) },
    ...(replyTo === null ? {} : { 'reply-to': { name: '', address: strict(replyTo) } }),
    subject: headerText(drawn.subject),
    'message-id': mail.messageId,
    ...threadFields(mail.thread),
    date: at,
    // RFC 3834: a legal notice is a letter that a person signed, all other mails are automatic.
    [loopHeader]: mail.messageId.slice(1, -1),
    ...(servesNotices(mail.kind) ? {} : { 'auto-submitted': 'auto-generated' }),
    ...unsubscribeFields(mail.wording),
  }
  const body = { text: drawn.text, html: drawn.html, files: drawn.attachments }
  return Buffer.from(mimeText(mail.messageId, fields, body), 'latin1')
}

// What another program wrote as its Message-ID may hold what no header may (RFC 5322, 3.6.4), or be longer than a line.
const plainId = /^<(?!.*=\?)[!-;=?-~]{1,250}>$/

function threadFields(ids: readonly string[]) {
  const thread = ids.filter((id) => plainId.test(id))
  const last = thread.at(-1)
  if (last === undefined) return {}
  // The first and the latest are enough for a reader to thread by; the field stays short.
  const named = thread.length > 10 ? [...thread.slice(0, 1), ...thread.slice(-9)] : [...thread]
  return { 'in-reply-to': last, references: named.join(' ') }
}

// RFC 8058: the reader's mail program posts to the address, without asking anybody to open it.
function unsubscribeFields({ unsubscribeUrl }: MailWording) {
  if (unsubscribeUrl === undefined) return {}
  return { 'list-unsubscribe': `<${unsubscribeUrl}>`, 'list-unsubscribe-post': 'List-Unsubscribe=One-Click' }
}

function strict(address: string): string {
  const normal = normalAddress(address)
  if (normal === undefined) throw new Error('A mail was addressed to what is not an address.')
  return normal
}
