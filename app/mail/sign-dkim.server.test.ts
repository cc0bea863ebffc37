import { generateKeyPairSync } from 'node:crypto'
import { authenticate } from 'mailauth'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { forgetEnvironment } from '#app/platform/env.server.ts'
import { mailSamples } from '#test/mail-samples.ts'
import { composeMail, type Uncomposed } from './compose.server.ts'
import { dkimKey, forgetDkimKey } from './sign-dkim.server.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const record = `v=DKIM1; k=rsa; p=${publicKey.replaceAll(/-----[^-]+-----|\s/g, '')}`
const names = ['MAIL_DKIM_DOMAIN', 'MAIL_DKIM_SELECTOR', 'MAIL_DKIM_KEY'] as const
const at = new Date('2026-11-10T01:04:05Z')

function resolver(domain: string, type: string): Promise<string[][]> {
  if (domain === 'a1._domainkey.caveat.example' && type === 'TXT') return Promise.resolve([[record]])
  if (domain === '_dmarc.caveat.example' && type === 'TXT') return Promise.resolve([['v=DMARC1; p=reject']])
  return Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }))
}

function given(values: Partial<Record<(typeof names)[number], string>>): void {
  for (const name of names) delete process.env[name]
  Object.assign(process.env, values)
  forgetEnvironment()
  forgetDkimKey()
}

beforeEach(() =>
  given({
    MAIL_DKIM_DOMAIN: 'caveat.example',
    MAIL_DKIM_SELECTOR: 'a1',
    MAIL_DKIM_KEY: privateKey.replaceAll('\n', '\\n'),
  }),
)
afterEach(() => given({}))

const base: Uncomposed = {
  kind: 'notice-served',
  toAddress: 'rights@northlight.example',
  locale: 'ja',
  messageId: '<0199-1@caveat.example>',
  thread: ['<0199-0@caveat.example>'],
  wording: { facts: mailSamples['notice-served'], fromName: '星空アニメーション', replyTo: 'n-x@reply.caveat.example' },
}

async function verified(raw: Buffer) {
  const { dkim, dmarc } = await authenticate(raw, { resolver, disableArc: true, disableBimi: true })
  return { dkim: dkim.results.map(({ status }) => status.result), dmarc: dmarc !== false && dmarc?.status.result }
}

test.each(['notice-served', 'notice-acknowledged', 'confirm-address'] as const)(
  'another program verifies the signature of %s, and it aligns with the sender',
  async (kind) => {
    const { raw } = composeMail({ ...base, kind, wording: { ...base.wording, facts: mailSamples[kind] } }, at)
    expect(await verified(raw)).toEqual({ dkim: ['pass'], dmarc: 'pass' })
  },
)

test.each([
  ['a letter of the body', (text: string) => text.replace(/(\r\n\r\n[^]*?)e/, '$1a')],
  ['the subject', (text: string) => text.replace(/\r\nSubject: /, '\r\nSubject: Re: ')],
  ['a second sender in front', (text: string) => `From: <evil@caveat.example>\r\n${text}`],
])('the signature breaks with %s', async (_, change) => {
  const { raw } = composeMail(base, at)
  const changed = Buffer.from(change(raw.toString('latin1')), 'latin1')
  expect(changed.equals(raw)).toBe(false)
  expect((await verified(changed)).dkim).not.toContain('pass')
})

test('without a key mails go out unsigned', async () => {
  given({})
  expect(dkimKey()).toBeNull()
  expect(composeMail(base, at).raw.toString('latin1')).not.toMatch(/DKIM-Signature/i)
})

test('half a key is refused at the start, and so is what is no key', () => {
  given({ MAIL_DKIM_DOMAIN: 'caveat.example' })
  expect(() => dkimKey()).toThrow('MAIL_DKIM_SELECTOR')
  given({ MAIL_DKIM_DOMAIN: 'caveat.example', MAIL_DKIM_SELECTOR: 'a1', MAIL_DKIM_KEY: '/nowhere/key.pem' })
  expect(() => dkimKey()).toThrow('MAIL_DKIM_KEY')
})
