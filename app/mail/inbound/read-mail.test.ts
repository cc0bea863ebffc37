import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { brokenMails, type BrokenMail } from '#test/broken-mails.ts'
import { cpuMs, mailFile, mailFiles, mailOf } from '#test/mail-files.ts'
import { classifyMail } from './classify-mail.ts'
import { cutReply } from './cut-reply.ts'
import { readMail, type ReadMail } from './read-mail.ts'

async function readWhole(raw: Uint8Array): Promise<ReadMail> {
  const mail = await readMail(raw)
  classifyMail(mail)
  cutReply(mail.text)
  return mail
}

function isStorable(mail: ReadMail): boolean {
  const written = JSON.stringify([mail.headerList, mail.from, mail.to, mail.subject, mail.text, mail.references])
  const names = mail.attachments.map(({ name, type, contentId }) => `${name} ${type} ${contentId}`)
  return mail.text.isWellFormed() && !`${written}${names.join('')}`.includes('\\u0000') && !mail.text.includes('\0')
}

test('headers, addresses, ids, text and parts are read', async () => {
  const mail = await readMail(
    mailOf(`Return-Path: <kei@vendor.example>
Delivered-To: notices+a1b2@caveat.example
X-Original-To: notices+a1b2@caveat.example
FROM: =?UTF-8?B?5LyK6Jek5oW2?= <kei@vendor.example>
To: "Notices, Caveat" <notices+a1b2@caveat.example>, team: a@b.example, c@d.example;
Cc: legal@vendor.example
Reply-To: desk@vendor.example
Subject: =?UTF-8?Q?Re:_=E9=80=9A=E7=9F=A5?=
 CV-7
Message-ID: <1@vendor.example>
In-Reply-To: <n7@caveat.example>
References: <n1@caveat.example>
 <n7@caveat.example>
Date: Mon, 23 Nov 2026 09:15:00 +0900 (JST)
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="=_x"

--=_x
Content-Type: multipart/alternative; boundary="=_y"

--=_y
Content-Type: text/plain; charset=utf-8

Agreed.
--=_y
Content-Type: text/html; charset=utf-8

<p>Agreed, <b>in HTML</b>.</p>
--=_y--
--=_x
Content-Type: application/pdf
Content-Disposition: attachment; filename*=UTF-8''%E5%9B%9E%E7%AD%94.pdf
Content-ID: <f1>
Content-Transfer-Encoding: base64

JVBERg==
--=_x--
`),
  )
  expect(mail).toMatchObject({
    from: { name: '伊藤慶', address: 'kei@vendor.example' },
    to: [
      { name: 'Notices, Caveat', address: 'notices+a1b2@caveat.example' },
      { name: '', address: 'a@b.example' },
      { name: '', address: 'c@d.example' },
    ],
    cc: [{ name: '', address: 'legal@vendor.example' }],
    replyTo: [{ name: '', address: 'desk@vendor.example' }],
    deliveredTo: ['notices+a1b2@caveat.example'],
    originalTo: ['notices+a1b2@caveat.example'],
    subject: 'Re: 通知 CV-7',
    messageId: '<1@vendor.example>',
    inReplyTo: ['<n7@caveat.example>'],
    references: ['<n1@caveat.example>', '<n7@caveat.example>'],
    date: new Date('2026-11-23T00:15:00Z'),
    text: 'Agreed.\n',
    defects: [],
  })
  expect(mail.attachments).toEqual([
    { name: '回答.pdf', type: 'application/pdf', bytes: new Uint8Array([37, 80, 68, 70]), contentId: '<f1>' },
  ])
  expect(mail.headers.get('from')).toBe(mail.headerList.find(({ name }) => name === 'from')?.value)
})

test('where there is no plain text the HTML is read, its quotes marked', async () => {
  const mail = await readMail(
    mailOf(`From: kei@vendor.example
Content-Type: text/html; charset=utf-8

<html><head><style>p { color: red }</style><title>no</title></head><body><p>We agree &amp; sign &#8212; today.</p>
<ul><li>one<li>two</ul>a<br>b<!-- hidden > --><blockquote>old<blockquote>older</blockquote></blockquote>1 &lt; 2 < 3</body></html>
`),
  )
  expect(mail.text).toBe('We agree & sign — today.\n\n- one\n- two\n\na\nb\n\n> old\n>\n>> older\n\n1 < 2 < 3')
})

test.for<[BrokenMail, Partial<Record<keyof ReadMail, unknown>>]>([
  ['nothing', { text: '', headerList: [], defects: ['no-headers', 'no-sender'] }],
  ['no header at all', { text: 'Only words.\n' }],
  ['cut within a header', { defects: [] }],
  ['cut within a part', { text: 'Half a sen\n' }],
  ['cut within base64', { text: 'Hello, worl' }],
  ['same boundary twice over', { text: 'First.\n\nSecond.\n' }],
  ['nested 50 deep', { text: 'At the bottom.\n', defects: [] }],
  ['nested 5,000 deep', { subject: 'Re: Notice', defects: ['unreadable-mime'] }],
  ['header of 5 MB in one line', { subject: 'Re: Notice', text: 'Text.\n', defects: ['headers-cut'] }],
  ['200,000 headers', { subject: 'Re: Notice', defects: ['headers-cut', 'lines-cut'] }],
  ['100,000 attachments', { defects: ['lines-cut', 'parts-cut'] }],
  ['longer than is read', { defects: ['mail-cut', 'text-cut'] }],
  ['NUL bytes', { from: { name: 'Kei', address: 'kei@vendor.example' }, subject: 'ab', text: 'Beforeafter.\n' }],
  ['charset nobody knows', { text: 'Text.\n' }],
  ['Shift_JIS that says it is UTF-8', { text: 'こんにちは。\n', defects: ['wrong-charset'] }],
  ['ISO-2022-JP that says nothing', { text: 'こんにちは。\n', defects: ['wrong-charset'] }],
  ['Latin-1 that says nothing', { text: 'Grüße\n', defects: ['wrong-charset'] }],
  [
    'headers in Latin-1',
    {
      from: { name: 'Jörn', address: 'j@vendor.example' },
      subject: 'Grüße',
      text: 'Grüße.\n',
      defects: ['wrong-charset'],
    },
  ],
  ['headers in ISO-2022-JP', { subject: 'こんにちは', text: 'Text.\n', defects: ['wrong-charset'] }],
  ['two senders', { from: { name: '', address: 'a@vendor.example' }, defects: ['several-senders'] }],
  ['a date that is none', { date: null, defects: ['bad-date'] }],
])('broken, and read all the same: %s', async ([name, expected]) => {
  expect(await readMail(brokenMails[name]())).toMatchObject(expected)
})

const manyLines = (lines: number) => `From: kei@vendor.example
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding:
 8bit

${'Größe.\n'.repeat(lines)}
--b
Content-Type: text/csv; name=rows.csv
Content-Transfer-Encoding: 7bit

${'1,2\n'.repeat(lines)}
--b
Content-Type: message/rfc822

Subject: An older mail

${'Words.\n'.repeat(lines)}
--b
Content-Type: text/csv; name=answers.csv
Content-Transfer-Encoding: base64

MSwy
--b--
`

test.each([100, 100_000])('texts and attachments of %i lines each are read whole', async (lines) => {
  const mail = await readMail(mailOf(manyLines(lines)))
  expect(mail.defects).toEqual([])
  expect(mail.text).toBe(`${'Größe.\n'.repeat(lines)}\n`)
  expect(mail.attachments.map(({ name, type, bytes }) => [name, type, Buffer.from(bytes).toString()])).toEqual([
    ['rows.csv', 'text/csv', `${'1,2\n'.repeat(lines)}\n`],
    [null, 'message/rfc822', `Subject: An older mail\n\n${'Words.\n'.repeat(lines)}\n`],
    ['answers.csv', 'text/csv', '1,2'],
  ])
})

test('what is more than 600,000 lines long loses its end, and says so', async () => {
  const mail = await readMail(mailOf(manyLines(250_000)))
  expect(mail.defects).toEqual(['lines-cut'])
  expect(mail.text).toBe(`${'Größe.\n'.repeat(250_000)}\n`)
  expect(mail.attachments.map(({ name }) => name)).toEqual(['rows.csv', null])
})

test('winmail.dat is kept as it came', async () => {
  const mail = await readMail(brokenMails['winmail.dat']())
  expect(mail.text.trim()).toBe('See the file.')
  expect(mail.attachments).toMatchObject([{ name: 'winmail.dat', type: 'application/ms-tnef' }])
})

describe('whatever comes, it is read in under a second of work', () => {
  test.for(Object.entries(brokenMails))('%s', { timeout: 60_000 }, async ([, make]) => {
    const raw = make()
    let mail: ReadMail | null = null
    const spent = await cpuMs(async () => {
      mail = await readWhole(raw)
    })
    expect(mail).not.toBeNull()
    expect(mail !== null && isStorable(mail)).toBe(true)
    expect(spent).toBeLessThan(1_000)
  })
})

test('any bytes are read', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3_000 }), async (raw) => {
      expect(isStorable(await readWhole(raw))).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

test('every mutation of every sample is read', { timeout: 120_000 }, async () => {
  const samples = (['reports', 'machines', 'people'] as const).flatMap(mailFiles).map(mailFile)
  const pieces = [
    '\n',
    '\r\n\r\n',
    '--=_cut',
    '--',
    '<',
    '>',
    '"',
    '\0',
    '\u001B$B',
    '550 ',
    'boundary="',
    'Content-Type: ',
    '=?',
    '>>> ',
  ]
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat(200),
    insert: fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc.constantFrom(...pieces).map((text) => new TextEncoder().encode(text)),
    ),
    times: fc.constantFrom(1, 1, 1, 50),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...samples),
      fc.array(change, { minLength: 1, maxLength: 6 }),
      async (sample, changes) => {
        let raw = [...sample]
        for (const { at, remove, insert, times } of changes) {
          const from = Math.floor(at * raw.length)
          raw = [
            ...raw.slice(0, from),
            ...Array.from({ length: times }, () => [...insert]).flat(),
            ...raw.slice(from + remove),
          ]
        }
        const mutated = Uint8Array.from(raw)
        let mail: ReadMail | null = null
        const spent = await cpuMs(async () => {
          mail = await readWhole(mutated)
        })
        expect(mail !== null && isStorable(mail)).toBe(true)
        expect(spent).toBeLessThan(1_000)
      },
    ),
    { numRuns: 2_000 },
  )
})
