import fc from 'fast-check'
import * as qp from 'nodemailer/lib/qp'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { quotedPrintable } from './quoted-printable.ts'

const unit = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 200 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  fc.constantFrom('\r\n', ' \r\n', '\t\r\n', '=', '==', '=3D', '.', '“we”', '東京', '\u0000', 'x'.repeat(75), ' '),
)
const texts = fc
  .array(unit, { maxLength: 12 })
  .map((parts) => parts.join('').replaceAll(/\r\n?|\n/gu, '\r\n'))
  .map((text) => text.toWellFormed())

// Readers write line ends their own way and add one at the end.
function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/\n$/u, '')
}

async function read(encoded: string): Promise<string> {
  const mail = `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${encoded}`
  return (await PostalMime.parse(mail)).text ?? ''
}

test('what was encoded is read again by another program, and no line is too long', async () => {
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const encoded = quotedPrintable(text)
      expect(encoded).toMatch(/^[\t\r\n\x20-\x7e]*$/u)
      for (const line of encoded.split('\r\n')) {
        expect(line.length).toBeLessThanOrEqual(76)
        expect(line).not.toMatch(/[\t ]$/u)
      }
      expect(plain(await read(encoded))).toBe(plain(text))
    }),
    { numRuns: 500 },
  )
})

test('lines that need no encoding are those of nodemailer', () => {
  const text = `${'a word '.repeat(10)}end\r\n\r\n1 + 1 = 2\r\n“we”\r\n`
  expect(quotedPrintable(text)).toBe(qp.wrap(qp.encode(text)))
})

test.for([
  ['a space at the end of a line', 'a \r\nb\t', 'a=20\r\nb=09'],
  ['half a surrogate pair', 'a\ud800b', 'a=EF=BF=BDb'],
  ['a control character', 'a\u0000\u007f', 'a=00=7F'],
])('%s is written out', ([, text, encoded]) => {
  expect(quotedPrintable(text ?? '')).toBe(encoded)
})

test('no escape is torn apart', () => {
  for (let lead = 60; lead < 80; lead += 1)
    for (const line of quotedPrintable(`${'x'.repeat(lead)}é${'y'.repeat(80)}`).split('\r\n')) {
      expect(line).not.toMatch(/=[0-9A-F]$/u)
      expect(line.length).toBeLessThanOrEqual(76)
    }
})
