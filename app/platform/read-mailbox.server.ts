import PostalMime, { type Address } from 'postal-mime'
import { env } from './env.server.ts'
import { listMailbox, readBoxedMail, type BoxedMail } from './mailbox.server.ts'

/** A mail of the built-in mailbox, as a mail program would show it. */
export type OpenedMail = {
  from: string
  to: string
  subject: string
  date: string | null
  replyTo: string | null
  text: string
  html: string | null
  attachments: { name: string; bytes: number }[]
}

/** Whether this portal has the mailbox page: with the built-in mailbox, and never in production. */
export function hasMailboxPage(): boolean {
  const { MAIL_URL, NODE_ENV, CAVEAT_DEMO } = env()
  return MAIL_URL === undefined && (NODE_ENV !== 'production' || CAVEAT_DEMO)
}

/** The newest mails of the built-in mailbox with their subjects. */
export async function listBoxedMails(most: number): Promise<(BoxedMail & { subject: string })[]> {
  const mails = await listMailbox(most)
  return Promise.all(mails.map(async (mail) => ({ ...mail, subject: await subjectOf(mail.name) })))
}

// The head alone is read: bodies and attachments are large.
async function subjectOf(name: string): Promise<string> {
  const raw = await readBoxedMail(name)
  const head = raw?.subarray(0, Math.max(0, raw.indexOf('\r\n\r\n'))) ?? Buffer.alloc(0)
  return (await PostalMime.parse(head)).subject ?? ''
}

/** Opens a mail of the built-in mailbox, or answers null when there is none of that name. */
export async function openBoxedMail(name: string): Promise<OpenedMail | null> {
  const raw = await readBoxedMail(name)
  if (raw === null) return null
  const mail = await PostalMime.parse(raw)
  return {
    from: mail.from === undefined ? '' : written(mail.from),
    to: (mail.to ?? []).map((who) => written(who)).join(', '),
    subject: mail.subject ?? '',
    date: mail.date ?? null,
    replyTo: mail.replyTo === undefined ? null : mail.replyTo.map((who) => written(who)).join(', '),
    text: mail.text ?? '',
    html: mail.html ?? null,
    attachments: mail.attachments.map(({ filename, content }) => ({ name: filename ?? '', bytes: sizeOf(content) })),
  }
}

function written(who: Address): string {
  return who.name ? `${who.name} <${who.address ?? ''}>` : (who.address ?? '')
}

function sizeOf(content: string | ArrayBuffer | Uint8Array): number {
  return typeof content === 'string' ? content.length : content.byteLength
}
