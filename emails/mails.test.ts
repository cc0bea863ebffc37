import { expect, test } from 'vitest'
import { mailKindWord } from '#app/operator/wording.ts'
import { withLocale } from '#app/platform/locale.server.ts'
import { mailSamples } from '#test/mail-samples.ts'
import { drawMail, isMailName, mails } from './mails.ts'
import { columnsOf } from './plain-text.ts'

const names = Object.keys(mails).filter(isMailName)
const locales = ['en', 'ja'] as const
const cases = names.flatMap((name) => locales.map((locale) => [name, locale] as const))
const draw = (name: (typeof names)[number], locale: (typeof locales)[number], facts: unknown = mailSamples[name]) =>
  withLocale(locale, () => drawMail(name, facts))

test.for(cases)('%s in %s: every word is there and nothing is fetched', ([name, locale]) => {
  const { subject, html, text } = draw(name, locale)
  for (const part of [subject, html, text]) {
    expect(part).not.toMatch(/mails_|undefined|\[object|NaN|Invalid Date/u)
  }
  expect(html).not.toMatch(/<img|<script|javascript:|url\(|@import|<link/iu)
  expect(html).toContain(`lang="${locale}"`)
  expect(/[ぁ-ん]/u.test(subject + text.slice(0, 200))).toBe(locale === 'ja')
})

test.for(cases)(
  '%s in %s: the text part is 76 columns wide and holds every link of the HTML part',
  ([name, locale]) => {
    const { html, text } = draw(name, locale)
    expect(text.split('\n').filter((line) => columnsOf(line) > 76 && !/^\S+$/u.test(line.trim()))).toEqual([])
    const links = [...html.matchAll(/href="([^"]+)"/gu)].map(([, href]) => (href ?? '').replaceAll('&amp;', '&'))
    expect(links.length).toBeGreaterThan(0)
    for (const link of links) expect(text).toContain(link)
  },
)

test.for(cases.filter(([name]) => 'reference' in mailSamples[name]))(
  '%s in %s: reference, code, address to type, and how the sender is verified',
  ([name, locale]) => {
    const { subject, html, text } = draw(name, locale)
    expect(subject).toMatch(/ \[CAV-7H3K-9Q2V\]$/u)
    for (const part of [html.replaceAll(/<[^>]+>/gu, ''), text.replaceAll('\n', ' ')]) {
      for (const fact of ['CAV-7H3K-9Q2V', '4F7K-92QM', 'caveat.example/verify', 'toei-anim.example']) {
        expect(part).toContain(fact)
      }
    }
    // Typed by hand: a link to the page that proves a mail genuine would prove nothing.
    expect(html).not.toMatch(/href="[^"]*\/verify/u)
  },
)

test('an organisation that is not verified is said to be so', () => {
  const facts = mailSamples['notice-served']
  const { text } = draw('notice-served', 'en', { ...facts, holder: { ...facts.holder, verified: null } })
  expect(text).toContain('Caveat has not verified Hoshizora Animation (demo).')
})

test('the mail that serves a notice holds the whole letter and attaches it byte for byte', () => {
  const { letters } = mailSamples['notice-served']
  const drawn = draw('notice-served', 'en')
  const squeezed = drawn.text.replaceAll(/\s+/gu, ' ')
  for (const paragraph of letters[0].text.split(/\n\n/u)) expect(squeezed).toContain(paragraph.replaceAll(/\s+/gu, ' '))
  expect(drawn.attachments).toEqual([
    { filename: 'CAV-7H3K-9Q2V-letter-en.txt', text: letters[0].text },
    { filename: 'CAV-7H3K-9Q2V-letter-ja.txt', text: letters[1]?.text },
  ])
  for (const letter of letters) expect(drawn.text).toContain(letter.sha256)
  expect(drawn.text).toContain('日本語の通知書を添付しています。')
})

test.for([
  ['url', 'javascript:alert(1)'],
  ['worksUrl', 'data:text/html,x'],
  ['acknowledgeBy', '17/11/2026'],
])('facts that are not the mail’s are refused: %s = %s', ([field, value]) => {
  expect(() => draw('notice-served', 'en', { ...mailSamples['notice-served'], [field ?? '']: value })).toThrow(field)
})

test('markup in names stays words', () => {
  const facts = { ...mailSamples['notice-acknowledged'], theirReference: '<img src=x onerror=alert(1)>' }
  const { html } = draw('notice-acknowledged', 'en', facts)
  expect(html).not.toContain('<img')
  expect(html).toContain('&lt;img src=x')
})

test.for(names)('%s has a name for the operator in each language', (name) => {
  const words = locales.map((locale) => withLocale(locale, () => mailKindWord(name)))
  expect(new Set([name, ...words]).size).toBe(3)
})

test('mails drawn in turn in two languages do not mix', () => {
  for (let at = 0; at < 40; at += 1) {
    const { html, text } = draw('notice-sent', at % 2 === 0 ? 'en' : 'ja')
    expect(/[ぁ-ん]/u.test(text)).toBe(at % 2 === 1)
    expect(html).toContain(at % 2 === 0 ? 'Open the notice' : '通知を開く')
  }
})
