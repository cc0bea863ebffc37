import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { nameField } from '#app/accounts/names.ts'
import { sixDigits } from '#app/accounts/second-factor-forms.ts'
import { shapeOf } from '#app/catalogues/formats/cell-values.ts'
import { xmlEvents } from '#app/catalogues/formats/xml-events.ts'
import { proposeMapping } from '#app/catalogues/mapping.ts'
import { fields } from '#app/catalogues/fields.ts'
import { readRow } from '#app/catalogues/read-row.ts'
import { workFormFor } from '#app/catalogues/work-form.ts'
import { keptName } from '#app/evidence/file-name.ts'
import { boundMail } from '#app/mail/inbound/bound-mail.ts'
import { cutReply } from '#app/mail/inbound/cut-reply.ts'
import { fieldGroups } from '#app/mail/inbound/delivery-status.ts'
import { htmlText } from '#app/mail/inbound/html-text.ts'
import { judgeFailure } from '#app/mail/inbound/judge-failure.ts'
import { linesAboutEach } from '#app/mail/inbound/report-lines.ts'
import { authenticateMail } from '#app/mail/authenticate-mail.server.ts'
import { signDkim } from '#app/mail/sign-dkim.server.ts'
import { veil, veilIn } from '#app/mail/veil-link.ts'
import { fileNameOf } from '#app/notices/exports/export.ts'
import { mimeText } from '#app/platform/mime-text.server.ts'

// Whoever reads such a text in one pass needs milliseconds; whoever begins anew at each of its signs needs many seconds.
const most = 1_500
const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 1024 })

const long = (part: string, characters = 200_000) => part.repeat(Math.ceil(characters / part.length))

function rowOf(cell: string): void {
  for (const field of fields) {
    const mapping = { ...proposeMapping([], 'rows.csv'), columns: [{ header: 'x', field }] }
    readRow([cell], mapping)
  }
}

function judge(report: string): void {
  judgeFailure({ address: 'a@b.test', action: 'failed', status: null, diagnostic: report, report })
}

async function readXml(text: string): Promise<void> {
  async function* source() {
    yield Buffer.from(text)
  }
  try {
    for await (const events of xmlEvents(source())) void events
  } catch {
    // What is no workbook is refused.
  }
}

const nobody = () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }))

// A line without end would be held together again and again, and each of a million fields looked at.
async function checkSender(): Promise<void> {
  const signature = 'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=a.com; s=s; h=from; bh=YQ==; b=YQ==\r\n'
  const claimed = { from: 'kei@a.com', fromAddress: 'kei@a.com', remoteAddress: null, helo: null }
  for (const rest of [`\r\n${long(' ', 5_000_000)}a`, long('a: b\r\n', 5_000_000)]) {
    const bytes = Buffer.from(`${signature}From: kei@a.com\r\n${rest}`)
    expect(await authenticateMail({ ...claimed, bytes }, nobody)).toMatchObject({ domain: 'a.com', aligned: false })
  }
}

const recipients = Array.from({ length: 200 }, (_, index) => `a${index}@b.test`)

const readings: readonly (readonly [what: string, read: () => unknown])[] = [
  ['a name of marks', () => nameField().safeParse(long('\u0300\u0323'))],
  ['a code of marks', () => sixDigits().safeParse(long('\u0300\u0323'))],
  ['a cell of marks', () => rowOf(long('\u0300\u0323'))],
  ['a cell of blanks', () => rowOf(`a${long(' ')}b\nc`)],
  ['a cell of tabs', () => rowOf(`a${long('\t')}b\nc`)],
  ['a cell of tabs before a line that ends otherwise', () => rowOf(`[a]${long('\t')}b\u2028c`)],
  ['a cell of hashes', () => rowOf(`a.test/${long('#')}\u2028b`)],
  ['a cell of times', () => rowOf(`${long(' 0:00')}\u2028`)],
  ['an address of digits', () => rowOf(`http://imdb.com/title/tt${long('0')}\u2028a`)],
  ['a line of an identifier', () => workFormFor(null).safeParse({ identifiers: `ISBN${long('\t')}\u2028a` })],
  ['a format of brackets', () => shapeOf(200, long('['))],
  ['a tag without end', () => readXml(`<${long('a', 65_000)}`)],
  ['a tag without attributes', () => readXml(`<a${long(' ', 65_000)}b>`)],
  ['a file name of dots', () => keptName(`a${long('.')}b`)],
  ['a name within an archive', () => fileNameOf(`a${long('.')}b`)],
  [
    'a header that breaks off again and again',
    () => boundMail(Buffer.from(`a: b\r${long('content-transfer-encoding:\r')}\n\nx`)),
  ],
  ['a head that says base64 again and again', () => veilIn(long('content-transfer-encoding: base64\r\n'), [veil])],
  ['a text of the beginnings of a secret', () => veilIn(long('only-for-the-', 5_000_000), [veil])],
  ['the headers and the text of a sender who is checked', () => checkSender()],
  ['a field of tabs', () => fieldGroups(`a:${long('\t')}\u2028`)],
  ['a talk without end', () => judge(long('\u2028>>> RCPT'))],
  ['one long word before an opening', () => cutReply(`${long('a')}\nOn 3 May at 10:12 Kei wrote:\n> a`)],
  ['rules of blanks', () => cutReply(long(`--${' '.repeat(116)}a\n`, 2_000_000))],
  ['paragraphs after a deep quote', () => htmlText(`${long('&gt;')}${long('<p>')}`)],
  [
    'two hundred recipients',
    () => recipients.map(linesAboutEach(long(`${'a'.repeat(1_990)}@\n`, 2_000_000), recipients)),
  ],
  [
    'a body of empty lines',
    () => signDkim(`From: a\r\n\r\n${long('\r\n')}a`, { domain: 'a', selector: 'a', key }, new Date(0)),
  ],
  ['a text of empty lines', () => mimeText('a', {}, { text: `${long('\n')}a`, html: '', files: [] })],
]

test.each(readings)('%s is read in one pass', async (_what, read) => {
  const before = process.cpuUsage()
  await read()
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1_000).toBeLessThan(most)
})
