import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { DNSResolver } from 'mailauth'
import { linkIdOf } from '#app/platform/db.server.ts'
import { keepObject } from '#app/platform/objects.server.ts'
import { authenticateMail } from './authenticate-mail.server.ts'
import type { Authentication } from './authentication.ts'
import { messageDomain } from './compose.server.ts'
import { classifyMail } from './inbound/classify-mail.ts'
import { cutReply } from './inbound/cut-reply.ts'
import { readMail, type ReadMail } from './inbound/read-mail.ts'
import type { Verdict } from './inbound/verdict.ts'
import type { KeptPart } from './inbound-handlers.ts'
import { isLoop } from './loops.ts'
import { veil } from './veil-link.ts'
import { veilSeals } from './veil-secrets.server.ts'

/** What SMTP said of a mail. */
export type Envelope = { from: string; remoteAddress: string | null; helo: string | null }

/** A mail that was read, with all that can be known of it without asking what it is about. */
export type Reading = {
  verdict: Verdict
  from: { name: string; address: string }
  subject: string
  messageId: string | null
  answers: readonly string[]
  /** Of everything after the headers: a second copy differs in the lines of the servers that it passed. */
  bodySha256: string
  fresh: string
  quoted: string
  loop: boolean
  attachments: readonly KeptPart[]
  /** Links of ours whose secret stands in the mail, because it quotes the mail that brought it. */
  linkIds: readonly string[]
  authentication: Authentication | null
}

const longestText = 100_000

/** Reads a mail and keeps its attachments by their hashes. Asks DNS about its sender; changes nothing else. */
export async function readInbound(bytes: Buffer, envelope: Envelope, resolver?: DNSResolver): Promise<Reading> {
  const mail = await readMail(bytes)
  const verdict = classifyMail(mail, envelope.from)
  const { fresh, quoted } = cutReply(mail.text)
  const from = { name: mail.from?.name ?? '', address: (mail.from?.address ?? '').toLowerCase() }
  return {
    verdict,
    from,
    subject: mail.subject,
    messageId: mail.messageId,
    answers: [...mail.inReplyTo, ...mail.references],
    bodySha256: createHash('sha256').update(bodyOf(bytes)).digest('hex'),
    fresh: readable(fresh),
    quoted: readable(quoted),
    loop: isLoop(mail, messageDomain()),
    attachments: await keepAttachments(mail),
    linkIds: linksIn([bytes.toString('latin1').replaceAll(/=\r?\n/g, ''), mail.text]),
    authentication: await authenticateMail({ bytes, ...envelope, fromAddress: from.address }, resolver),
  }
}

// Ids are UUIDs of version 7, of this millennium: most of what else is written in hexadecimal digits need not be judged.
const tokens = /0[0-9a-f]{11}7[0-9a-f]{3}[89ab][0-9a-f]{15}[\w-]{22}/g

// A token costs a hash to judge: whoever writes more of them than any mail of ours holds hides none but his own.
const mostTokens = 5_000

// Whoever reads the mail must not be able to answer in the name of the one whose link it quotes.
function readable(text: string): string {
  // What is cut off is veiled with what is kept: else half a secret would be left.
  return veilSeals(text.slice(0, longestText + 200))
    .replaceAll(tokens, (token) => (linkIdOf(token) === null ? token : token.slice(0, -veil.length) + veil))
    .slice(0, longestText)
}

function linksIn(texts: readonly string[]): string[] {
  const found = new Set<string>()
  for (const text of texts) for (const [token] of text.matchAll(tokens)) if (found.size < mostTokens) found.add(token)
  return [...new Set([...found].map((token) => linkIdOf(token)).filter((id) => id !== null))]
}

function bodyOf(bytes: Buffer): Buffer {
  const end = bytes.indexOf('\r\n\r\n')
  return end === -1 ? bytes : bytes.subarray(end + 4)
}

async function keepAttachments({ attachments }: ReadMail): Promise<KeptPart[]> {
  const kept: KeptPart[] = []
  for (const { name, type, bytes } of attachments) {
    const stored = await keepObject(Readable.from([bytes]), bytes.length)
    kept.push({ name: fileName(name), mediaType: type.slice(0, 200), bytes: stored.bytes, sha256: stored.sha256 })
  }
  return kept
}

// What the sender calls a part, without anything that a path or a header could be made of.
function fileName(name: string | null): string {
  const plain = (name ?? '').replaceAll(/[\p{C}\\/:"<>|?*]/gu, '_').trim()
  return plain === '' ? 'attachment' : plain.slice(0, 200)
}
