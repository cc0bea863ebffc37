const head = 'From: Kei <kei@vendor.example>\r\nTo: notices@caveat.example\r\nSubject: Re: Notice\r\n'
const multipart = (boundary: string) => `Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n`

function nested(depth: number): string {
  const levels = Array.from({ length: depth }, (_, at) => `${multipart(`b${at}`)}--b${at}\r\n`)
  return `${head}${levels.join('')}\r\nAt the bottom.\r\n`
}

function nearlyBoundaries(depth: number, lines: number): string {
  const boundary = 'b'.repeat(60)
  const levels = Array.from({ length: depth }, () => `${multipart(boundary)}--${boundary}\r\n`)
  const encoding = 'Content-Transfer-Encoding: quoted-printable\r\n\r\n'
  return `${head}${levels.join('')}${encoding}${`--${'b'.repeat(59)}\r\n`.repeat(lines)}`
}

function withinMails(depth: number): string {
  return `${head}${'Content-Type: message/rfc822\r\n\r\nFrom: a@vendor.example\r\n'.repeat(depth)}\r\nAt the bottom.\r\n`
}

const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text))

/** Mails that break rules or try to wear us out, made when asked for: some are megabytes long. */
export const brokenMails = {
  nothing: () => new Uint8Array(),
  'one byte': () => bytesOf('F'),
  'no header at all': () => bytesOf('\r\nOnly words.\r\n'),
  'words where headers should be': () => bytesOf('Only words.\nAnd more words.\n'),
  'cut within a header': () => bytesOf('From: Kei <kei@vendor.exa'),
  'cut within a part': () => bytesOf(`${head}${multipart('b')}--b\r\nContent-Type: text/plain\r\n\r\nHalf a sen`),
  'cut within base64': () => bytesOf(`${head}Content-Transfer-Encoding: base64\r\n\r\nSGVsbG8sIHdvcmx`),
  'boundary that never comes': () => bytesOf(`${head}${multipart('b')}Words, but no parts.\r\n`),
  'same boundary twice over': () =>
    bytesOf(
      `${head}${multipart('b')}--b\r\n${multipart('b')}--b\r\n\r\nFirst.\r\n--b\r\n\r\nSecond.\r\n--b--\r\n--b--\r\n`,
    ),
  'empty boundary': () => bytesOf(`${head}${multipart('')}--\r\n\r\nText.\r\n----\r\n`),
  'nested 50 deep': () => bytesOf(nested(50)),
  'nested 5,000 deep': () => bytesOf(nested(5_000)),
  'lines that are nearly one of 99 boundaries': () => bytesOf(nearlyBoundaries(99, 500_000)),
  'mails within mails, 2,000 deep': () => bytesOf(withinMails(2_000)),
  '10,000 parts': () => bytesOf(`${head}${multipart('b')}${'--b\r\n\r\nA part.\r\n'.repeat(10_000)}--b--\r\n`),
  '100,000 attachments': () =>
    bytesOf(
      `${head}${multipart('b')}${'--b\r\nContent-Type: application/x-y; name=a\r\n\r\n1\r\n'.repeat(100_000)}--b--\r\n`,
    ),
  'header of 5 MB in one line': () => bytesOf(`X-Long: ${'x'.repeat(5_000_000)}\r\n${head}\r\nText.\r\n`),
  '200,000 headers': () => bytesOf(`${head}${'X-Many: 1\r\n'.repeat(200_000)}\r\nText.\r\n`),
  '20,000 recipients': () => bytesOf(`To: ${'a@vendor.example,\r\n '.repeat(20_000)}\r\n${head}\r\nText.\r\n`),
  'brackets without end': () => bytesOf(`From: ${'<'.repeat(300_000)}\r\nTo: ${'('.repeat(300_000)}\r\n\r\nText.\r\n`),
  'text of 30 MB': () => bytesOf(`${head}\r\n${'All of it in short lines.\r\n'.repeat(1_150_000)}`),
  'empty lines, 20 MB': () => bytesOf(`${head}\r\n${'\n'.repeat(20_000_000)}`),
  'attachment of 30 MB': () =>
    bytesOf(
      `${head}Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${`${'QUJD'.repeat(19)}\r\n`.repeat(385_000)}`,
    ),
  'longer than is read': () => bytesOf(`${head}\r\n${'x'.repeat(40_000_000)}`),
  'tags without end': () => bytesOf(`${head}Content-Type: text/html\r\n\r\n${'<a '.repeat(500_000)}`),
  'quotes within quotes': () => bytesOf(`${head}Content-Type: text/html\r\n\r\n${'<blockquote>x'.repeat(100_000)}`),
  'NUL bytes': () => bytesOf('From: K\0ei <kei@vendor.example>\r\nSubject: a\0b\r\nX-\0: 1\r\n\r\nBefore\0after.\r\n'),
  'base64 that is none': () => bytesOf(`${head}Content-Transfer-Encoding: base64\r\n\r\n*** not == base64 ===\r\n`),
  'half of a surrogate pair': () => bytesOf(`${head}Content-Type: text/html; charset=utf-16le\r\n\r\n\u00FF\u00D8`),
  'charset nobody knows': () => bytesOf(`${head}Content-Type: text/plain; charset=x-klingon\r\n\r\nText.\r\n`),
  'Shift_JIS that says it is UTF-8': () =>
    Uint8Array.from([
      ...bytesOf(`${head}Content-Type: text/plain; charset=utf-8\r\n\r\n`),
      // "こんにちは。"
      ...Buffer.from('82b182f182c982bf82cd81420d0a', 'hex'),
    ]),
  'ISO-2022-JP that says nothing': () => bytesOf(`${head}\r\n\u001B$B$3$s$K$A$O!#\u001B(B\r\n`),
  'headers in Latin-1': () =>
    Uint8Array.from([
      ...bytesOf('From: J'),
      ...Buffer.from('f6726e', 'hex'),
      ...bytesOf(' <j@vendor.example>\r\nSubject: Gr'),
      ...Buffer.from('fcdf65', 'hex'),
      ...bytesOf('\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGrüße.\r\n'),
    ]),
  'headers in ISO-2022-JP': () =>
    bytesOf('From: kei@vendor.example\r\nSubject: \u001B$B$3$s$K$A$O\u001B(B\r\n\r\nText.\r\n'),
  'Latin-1 that says nothing': () => Uint8Array.from([...bytesOf(`${head}\r\nGr`), 0xfc, 0xdf, 0x65, 13, 10]),
  'winmail.dat': () =>
    bytesOf(
      `${head}${multipart('b')}--b\r\n\r\nSee the file.\r\n--b\r\nContent-Type: application/ms-tnef; name="winmail.dat"\r\n` +
        `Content-Transfer-Encoding: base64\r\n\r\neJ8+IgEAAQAB\r\n--b--\r\n`,
    ),
  'two senders': () => bytesOf('From: a@vendor.example, b@vendor.example\r\n\r\nText.\r\n'),
  'a date that is none': () => bytesOf(`${head}Date: next Tuesday, 25:71\r\n\r\nText.\r\n`),
  'transcript without end': () =>
    bytesOf(
      `From: MAILER-DAEMON@x.example\r\nSubject: Undeliverable\r\n\r\n${'>>> RCPT TO:<a@b.example>\r\n<<< 550 no\r\n'.repeat(60_000)}`,
    ),
  'report with 50,000 recipients': () =>
    bytesOf(
      `From: MAILER-DAEMON@x.example\r\n${multipart('b').replace('mixed', 'report')}--b\r\n\r\nNot delivered.\r\n--b\r\n` +
        `Content-Type: message/delivery-status\r\n\r\n${'Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\n\r\n'.repeat(50_000)}--b--\r\n`,
    ),
  'openings without quotes': () =>
    bytesOf(`${head}\r\n${'On 1 May 2026 at 10:00 a@b.example wrote:\r\n'.repeat(100_000)}`),
  'header blocks without end': () => bytesOf(`${head}\r\n${'From: a\r\nSent: b\r\n'.repeat(100_000)}`),
} as const satisfies Record<string, () => Uint8Array>

/** The name of a broken mail. */
export type BrokenMail = keyof typeof brokenMails
