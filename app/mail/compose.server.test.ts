import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { mailSamples } from '#test/mail-samples.ts'
import { composeMail, mimeBytes, type Uncomposed } from './compose.server.ts'

const at = new Date('2026-11-10T01:04:05Z')
const served: Uncomposed = {
  kind: 'notice-served',
  toAddress: 'rights@northlight.example',
  locale: 'en',
  messageId: '<0199-1@caveat.example>',
  thread: [],
  wording: {
    facts: mailSamples['notice-served'],
    fromName: 'Hoshizora Animation (demo)',
    replyTo: 'kenji.ono@toei-anim.example',
  },
}
const parse = (raw: Buffer) => PostalMime.parse(raw)
const fieldsOf = (mail: Awaited<ReturnType<typeof parse>>) => mail.headers.map(({ key }) => key).toSorted()

test('the notice: sender, recipient, reply address, fixed date and Message-ID, not marked automatic', async () => {
  const { raw, sha256 } = composeMail(served, at)
  const mail = await parse(raw)
  expect(mail.from).toMatchObject({ name: 'Hoshizora Animation (demo) via Caveat', address: 'notices@caveat.example' })
  expect(mail.to).toMatchObject([{ address: 'rights@northlight.example' }])
  expect(mail.replyTo).toMatchObject([{ address: 'kenji.ono@toei-anim.example' }])
  expect(mail.subject).toBe('Hoshizora Animation (demo) asks you not to train on 176 works [CAV-7H3K-9Q2V]')
  expect(mail.messageId).toBe('<0199-1@caveat.example>')
  expect(mail.date).toBe(at.toISOString())
  expect(fieldsOf(mail)).not.toContain('auto-submitted')
  expect(sha256).toBe(createHash('sha256').update(raw).digest('hex'))
  expect(raw.toString('latin1')).toMatch(/^[\t\r\n\x20-\x7e]*$/u)
  expect(raw.toString('latin1').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u)
  for (const line of raw.toString('latin1').split('\r\n')) expect(line.length).toBeLessThanOrEqual(998)
})

test('the letters arrive byte for byte, so that their printed hashes hold', async () => {
  const { attachments } = await parse(composeMail(served, at).raw)
  const { letters } = mailSamples['notice-served']
  expect(attachments.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([
    ['CAV-7H3K-9Q2V-letter-en.txt', 'text/plain'],
    ['CAV-7H3K-9Q2V-letter-ja.txt', 'text/plain'],
  ])
  const hashes = attachments.map(({ content }) =>
    createHash('sha256')
      .update(typeof content === 'string' ? content : new Uint8Array(content))
      .digest('hex'),
  )
  expect(hashes).toEqual(letters.map((letter) => letter.sha256))
})

test('every other mail is marked automatic and names the mails before it', async () => {
  const thread = Array.from({ length: 14 }, (_, number) => `<m${number}@caveat.example>`)
  const wording = { facts: mailSamples['notice-acknowledged'], fromName: null, replyTo: null }
  const { raw } = composeMail({ ...served, kind: 'notice-acknowledged', locale: 'ja', thread, wording }, at)
  const mail = await parse(raw)
  expect(mail.from).toMatchObject({ name: 'Caveat' })
  expect(mail.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated')
  expect(mail.inReplyTo).toBe('<m13@caveat.example>')
  expect(mail.references?.split(' ')).toHaveLength(10)
  expect(mail.references).toMatch(/^<m0@caveat\.example> <m5@/u)
  expect(mail.subject).toContain('受領を確認しました')
  expect(mail.text).toContain('通知を開く')
  expect(mail.html).toContain('lang="ja"')
})

test('no Message-ID that another program wrote breaks the header of an answer to it', async () => {
  const others = [
    '<通知@vendor.example>',
    '<a\u0001b@vendor.example>',
    `<${'x'.repeat(700)}@vendor.example>`,
    '<=?utf-8?q?=0A?=@v>',
  ]
  const wording = { facts: mailSamples['notice-acknowledged'], fromName: null, replyTo: null }
  const headOf = (thread: readonly string[]) => {
    const { raw } = composeMail({ ...served, kind: 'notice-acknowledged', thread, wording }, at)
    return raw.toString('latin1').split('\r\n\r\n', 1)[0] ?? ''
  }
  expect(headOf(['<1@vendor.example>', ...others])).toMatch(
    /^[\t\r\n -~]*\r\nIn-Reply-To: <1@vendor\.example>\r\n[\t\r\n -~]*$/u,
  )
  expect(headOf(others)).not.toMatch(/^(?:in-reply-to|references):/imu)
})

test.for([
  'a@b',
  'a b@c.example',
  'a@b.example, c@d.example',
  '"a@b.example" <c@d.example>',
  'a@b.example\r\nBcc: c@d.example',
  'a@@b.example',
  '',
  'ü@b.example',
])('what is not one plain address is refused as a recipient: %j', (toAddress) => {
  expect(() => composeMail({ ...served, toAddress }, at)).toThrow('not an address')
})

// Pieces that have broken mailers: line ends of every kind, encoded words, quotes, groups, comments, second addresses.
const nasty = fc.constantFrom(
  '\r\n',
  '\n',
  '\r',
  '\u2028',
  '\u0085',
  '\0',
  '\t',
  '"',
  '\\',
  '<',
  '>',
  ',',
  ';',
  ':',
  '(',
  ')',
  '@',
  '=?utf-8?q?',
  '?=',
  '\r\nBcc: evil@evil.example',
  '\nSubject: other',
  '" <evil@evil.example>',
  '=?utf-8?b?DQpCY2M6IGV2aWxAZXZpbC5leGFtcGxl?=',
  '=0D=0ABcc:',
  '\u202Emoc',
  '\ud800',
  '漢字',
  'é',
  '--',
  '\r\n\r\n',
  '.\r\n',
  '[CAV-0000-0000]',
  'undisclosed:;',
)
const hostile = fc
  .array(fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ maxLength: 12 })), { maxLength: 8 })
  .map((pieces) => pieces.join(''))
const long = fc.tuple(hostile, fc.nat(10_000)).map(([piece, times]) => `${piece}x`.repeat(times % 400))

const fixed = [
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'reply-to',
  'subject',
  'to',
  'x-caveat-mail',
]

test('no name and no subject adds a field, a recipient or a sender: 12,000 mails read by another parser', async () => {
  const drawn = { html: '<p>x</p>', text: 'x', attachments: [] }
  await fc.assert(
    fc.asyncProperty(fc.oneof(hostile, long), fc.oneof(hostile, long), async (fromName, subject) => {
      const raw = mimeBytes(
        { ...served, wording: { ...served.wording, fromName } },
        { ...drawn, subject: `${subject} [CAV-7H3K-9Q2V]` },
        at,
      )
      const mail = await parse(raw)
      expect(fieldsOf(mail)).toEqual(fixed)
      expect(mail.from).toEqual({
        name: expect.stringMatching(/^Caveat$| via Caveat$/u),
        address: 'notices@caveat.example',
      })
      expect(mail.to).toEqual([{ name: '', address: 'rights@northlight.example' }])
      expect(mail.replyTo).toEqual([{ name: '', address: 'kenji.ono@toei-anim.example' }])
      expect(mail.subject ?? '').not.toMatch(/[\r\n\u2028\u2029\u0085\0]/u)
      expect(mail.text).toBe('x\n')
    }),
    { numRuns: 12_000 },
  )
}, 240_000)

test('no fact of a notice breaks out of its place: 1,500 whole mails read by another parser', async () => {
  const facts = mailSamples['notice-served']
  await fc.assert(
    fc.asyncProperty(hostile, hostile, hostile, hostile, async (holder, vendor, title, letter) => {
      const given = {
        ...facts,
        holder: { ...facts.holder, name: holder },
        vendor: { name: vendor },
        samples: [{ title, lang: null, year: null }],
        signedBy: { name: holder, capacity: title },
        letters: [{ ...facts.letters[0], text: letter }],
      }
      const { raw } = composeMail({ ...served, wording: { ...served.wording, facts: given, fromName: holder } }, at)
      const mail = await parse(raw)
      expect(fieldsOf(mail)).toEqual(fixed)
      expect(mail.to).toEqual([{ name: '', address: 'rights@northlight.example' }])
      expect(mail.subject).toMatch(/ \[CAV-7H3K-9Q2V\]$/u)
      expect(mail.attachments.map(({ filename }) => filename)).toEqual(['CAV-7H3K-9Q2V-letter-en.txt'])
      expect(mail.html).not.toMatch(/<(?:script|img|iframe|a [^>]*href="(?!https:\/\/caveat\.example\/))/iu)
    }),
    { numRuns: 1500 },
  )
}, 240_000)
