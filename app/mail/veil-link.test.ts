import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { linkToken } from '#app/platform/db.server.ts'
import { forgetEnvironment } from '#app/platform/env.server.ts'
import { mailSamples } from '#test/mail-samples.ts'
import { composeMail } from './compose.server.ts'
import { readInbound } from './read-inbound.server.ts'
import { sealedAddress } from './sealed-address.server.ts'
import { base64Texts, veil, veilIn } from './veil-link.ts'
import { veilSecrets } from './veil-secrets.server.ts'

process.env['MAIL_IN_DOMAIN'] = 'in.caveat.example'
process.env['SECRET_KEY'] = 'a secret that only tests use, 0123456789abcdef'
forgetEnvironment()
const token = linkToken('01a20309-3de0-76f1-a0fd-6b052fc26b84')
const secret = token.slice(-veil.length)
const url = `https://caveat.example/n/${token}`

const wrap = (encoding: string, body: string): string =>
  `MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}\r\n--b--\r\n`

test('the secret goes from plain, quoted-printable and base64 parts, wherever a line breaks it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('7bit', 'quoted-printable', 'base64'),
      fc.nat({ max: 80 }),
      fc.nat({ max: 60 }),
      (encoding, before, cutAt) => {
        const plain = `${'a'.repeat(before)} ${url} end`
        const at = before + 1 + (cutAt % url.length)
        const body =
          encoding === 'base64'
            ? btoa(plain).replaceAll(/.{76}/g, '$&\r\n')
            : encoding === 'quoted-printable'
              ? `${plain.slice(0, at)}=\r\n${plain.slice(at)}`
              : plain
        const raw = wrap(encoding, body)
        const copy = veilIn(raw, [secret])
        expect(copy).toHaveLength(raw.length)
        const seen =
          encoding === 'base64'
            ? atob(copy.slice(copy.indexOf('base64') + 10, copy.indexOf('\r\n--b--')).replaceAll(/\s/g, ''))
            : copy.replaceAll('=\r\n', '')
        expect(seen).not.toContain(secret)
        expect(seen).toContain(veil)
      },
    ),
  )
})

test.for(['en', 'ja'] as const)('a notice composed in %s opens for its recipient alone', async (locale) => {
  const facts = JSON.parse(JSON.stringify(mailSamples['notice-served']).replaceAll(/https:\/\/[^"]*\/n\/[^"/]*/g, url))
  const { raw } = composeMail(
    {
      kind: 'notice-served',
      toAddress: 'rights@vendor.test',
      locale,
      messageId: '<a@b.test>',
      thread: [],
      wording: { facts, fromName: 'Studio', replyTo: null },
    },
    new Date(0),
  )
  const before = await PostalMime.parse(raw)
  expect(`${before.text}${before.html}`, 'the sample must hold the link').toContain(secret)
  const copy = veilIn(raw.toString('latin1'), [secret])
  const after = await PostalMime.parse(Buffer.from(copy, 'latin1'))
  expect(`${after.text}${after.html}`).not.toContain(secret)
  expect(after.text?.replaceAll(veil, secret)).toBe(before.text)
  expect(after.html?.replaceAll(veil, secret)).toBe(before.html)
  expect(after.subject).toBe(before.subject)
})

test('of many secrets each is hidden, wherever it stands', () => {
  const ids = Array.from({ length: 300 }, (_, at) => `01a20309-3de0-76f1-a0fd-${String(at).padStart(12, '0')}`)
  const secrets = ids.map((id) => linkToken(id).slice(-veil.length))
  const body = ids.map((id, at) => `${'a'.repeat(at % 60)}/${linkToken(id)}`).join(' ')
  const raw =
    wrap('base64', btoa(body).replaceAll(/.{76}/g, '$&\r\n')) +
    wrap('quoted-printable', body.replaceAll(/.{71}/g, '$&=\r\n'))
  const copy = veilIn(raw, secrets)
  expect(copy).toHaveLength(raw.length)
  const seen = [...base64Texts(copy), copy.replaceAll('=\r\n', '')].join('')
  expect(seen.split(veil)).toHaveLength(601)
  expect(secrets.filter((each) => seen.includes(each))).toEqual([])
})

test('seals of our addresses go from base64 parts too', () => {
  const address = sealedAddress('reply', '01a20309-3de0-76f1-a0fd-6b052fc26b84') ?? ''
  const raw = wrap('base64', btoa(`To: ${address}`))
  const copy = Buffer.from(veilSecrets(Buffer.from(raw), []) ?? []).toString()
  expect(base64Texts(copy).join('')).toBe(`To: ${address.slice(0, 29)}${veil}${address.slice(51)}`)
})

test('what is read of a mail holds no secret, and no half of one where a text is cut', async () => {
  const others = Array.from({ length: 1_000 }, (_, at) => `0${String(at).padStart(11, '0')}7${'a'.repeat(41)}`)
  for (const before of [0, 99_960, 99_975, 99_990, 100_000]) {
    const text = `${'a'.repeat(before)} ${url} ${others.join(' ')}`
    const raw = Buffer.from(`From: kei@vendor.example\r\n\r\n${text}\r\n`)
    const reading = await readInbound(raw, { from: '', remoteAddress: null, helo: null })
    expect(reading.linkIds).toEqual(['01a20309-3de0-76f1-a0fd-6b052fc26b84'])
    expect(reading.fresh.length).toBeLessThanOrEqual(100_000)
    expect(reading.fresh).not.toContain(secret.slice(0, 3))
  }
})

test('a mail without the secret stays as it is', () => {
  const raw = wrap('base64', btoa('nothing secret here'))
  expect(veilIn(raw, [secret])).toBe(raw)
})
