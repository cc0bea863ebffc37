import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { linkToken } from '#app/platform/db.server.ts'
import { mailSamples } from '#test/mail-samples.ts'
import { composeMail } from './compose.server.ts'
import { veil, veilLink } from './veil-link.ts'

process.env['SECRET_KEY'] = 'a secret that only tests use, 0123456789abcdef'
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
        const copy = veilLink(raw, secret)
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
  const copy = veilLink(raw.toString('latin1'), secret)
  const after = await PostalMime.parse(Buffer.from(copy, 'latin1'))
  expect(`${after.text}${after.html}`).not.toContain(secret)
  expect(after.text?.replaceAll(veil, secret)).toBe(before.text)
  expect(after.html?.replaceAll(veil, secret)).toBe(before.html)
  expect(after.subject).toBe(before.subject)
})

test('a mail without the secret stays as it is', () => {
  const raw = wrap('base64', btoa('nothing secret here'))
  expect(veilLink(raw, secret)).toBe(raw)
})
