import { createHash, createPrivateKey, createSign, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { env } from '#app/platform/env.server.ts'

/** With which key a domain signs; the public half stands in DNS at `<selector>._domainkey.<domain>`. */
export type DkimKey = { domain: string; selector: string; key: KeyObject }

// RFC 6376, section 5.4.1: what a reader sees and what tells a mail's place in its thread.
const signedFields = [
  'from',
  'to',
  'reply-to',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'mime-version',
  'content-type',
  'auto-submitted',
]

let known: DkimKey | null | undefined

/**
 * The key of the environment, or null when mails go out unsigned. MAIL_DKIM_KEY is a PEM text, its line ends as `\n` if need
 * be, or the path of a file that holds one.
 *
 * @throws Error if it is no RSA private key
 */
export function dkimKey(): DkimKey | null {
  known ??= readKey()
  return known
}

/** Reads the key anew at the next call of `dkimKey`. For tests. */
export function forgetDkimKey(): void {
  known = undefined
}

/**
 * Signs a whole mail (rsa-sha256, relaxed/relaxed) and puts the signature in front: what is kept is what is sent.
 *
 * @param raw ASCII, every line ended by CR LF
 * @see RFC 6376
 */
export function signDkim(raw: string, { domain, selector, key }: DkimKey, at: Date): string {
  const split = raw.indexOf('\r\n\r\n')
  const fields = fieldsOf(raw.slice(0, split))
  const signed = signedFields.filter((name) => fields.has(name))
  // From is named once more than it is there: a second one put in front would break the signature (RFC 6376, 8.15).
  const names = ['from', ...signed]
  const bodyHash = createHash('sha256')
    .update(relaxedBody(raw.slice(split + 4)), 'latin1')
    .digest('base64')
  const head =
    `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=${selector};\r\n` +
    ` t=${Math.floor(at.getTime() / 1000)}; h=${names.join(':')};\r\n bh=${bodyHash};\r\n b=`
  const lines = signed.map((name) => `${relaxedField(fields.get(name) ?? '')}\r\n`).join('')
  const signature = createSign('sha256')
    .update(`${lines}${relaxedField(head)}`, 'latin1')
    .sign(key, 'base64')
  return `${head}${signature.replaceAll(/.{72}/g, '$&\r\n ').trim()}\r\n${raw}`
}

function readKey(): DkimKey | null {
  const { MAIL_DKIM_DOMAIN, MAIL_DKIM_SELECTOR, MAIL_DKIM_KEY } = env()
  if (MAIL_DKIM_DOMAIN === undefined || MAIL_DKIM_SELECTOR === undefined || MAIL_DKIM_KEY === undefined) return null
  const pem = MAIL_DKIM_KEY.startsWith('-----')
    ? MAIL_DKIM_KEY.replaceAll(String.raw`\n`, '\n')
    : fileText(MAIL_DKIM_KEY)
  const key = createPrivateKey(pem)
  if (key.asymmetricKeyType !== 'rsa') throw new Error('MAIL_DKIM_KEY: only an RSA key is offered.')
  return { domain: MAIL_DKIM_DOMAIN, selector: MAIL_DKIM_SELECTOR, key }
}

function fileText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new Error('MAIL_DKIM_KEY: there is neither a key nor a file of that name.', { cause: error })
  }
}

/** The last of each field counts, as a verifier reads from below. */
function fieldsOf(head: string): ReadonlyMap<string, string> {
  const unfolded = head.split(/\r\n(?![ \t])/)
  return new Map(unfolded.map((field) => [field.slice(0, field.indexOf(':')).trim().toLowerCase(), field]))
}

function relaxedField(field: string): string {
  const colon = field.indexOf(':')
  const name = field.slice(0, colon).trim().toLowerCase()
  return `${name}:${field
    .slice(colon + 1)
    .replaceAll('\r\n', '')
    .replaceAll(/[ \t]+/g, ' ')
    .trim()}`
}

function relaxedBody(body: string): string {
  const lines = body.replaceAll(/(?<![ \t])[ \t]+(?=\r\n)/g, '').replaceAll(/[ \t]+/g, ' ')
  const trimmed = lines.replace(/(?<!\n)(?:\r\n)+$/, '')
  return trimmed === '' ? '' : `${trimmed}\r\n`
}
