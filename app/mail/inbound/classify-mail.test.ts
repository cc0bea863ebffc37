import { describe, expect, test } from 'vitest'
import { mailFile, mailFiles, mailOf } from '#test/mail-files.ts'
import { absences } from './absences.ts'
import { classifyMail } from './classify-mail.ts'
import { readMail } from './read-mail.ts'
import type { MailKind } from './verdict.ts'

const judged = async (name: string) => classifyMail(await readMail(mailFile(name)))

// Per recipient: address, action, status, reply code, reason, and whether only another address helps.
const reports: Record<string, [MailKind, ...string[]]> = {
  'dsn-no-such-user': ['bounce', 'rights@vendor.example failed 5.1.1 550 no-such-user hard'],
  'dsn-mailbox-full': ['bounce', 'rights@vendor.example failed 5.2.2 552 mailbox-full soft'],
  'dsn-policy': ['bounce', 'rights@vendor.example failed 5.7.1 550 unauthenticated soft'],
  'dsn-takes-no-mail': ['bounce', 'rights@web-only.example failed 5.1.10 556 takes-no-mail hard'],
  'dsn-filtered-after-text': ['bounce', 'rights@carrier.example failed 5.0.0 550 filtered soft'],
  'dsn-unverified-for-now': ['bounce', 'rights@vendor.example failed 4.1.1 450 no-such-user soft'],
  'dsn-international': ['bounce', '権利@ベンダー.example failed 5.1.2 550 no-such-host hard'],
  'dsn-without-final-recipient': ['bounce', 'rights@vendor.example failed - 550 no-such-user hard'],
  'dsn-two-recipients': [
    'bounce',
    'gone@vendor.example failed 5.1.6 550 moved hard',
    'rights@vendor.example delivered 2.0.0 - unclear soft',
  ],
  'dsn-delivered': ['delivered', 'rights@vendor.example delivered 2.1.5 - unclear soft'],
  'dsn-relayed': ['delivered', 'rights@vendor.example relayed 2.0.0 - unclear soft'],
  'dsn-expanded': ['delivered', 'legal-list@vendor.example expanded 2.0.0 - unclear soft'],
  'dsn-delayed': ['delayed', 'rights@vendor.example delayed 4.4.1 - network soft'],
  'written-qmail': [
    'bounce',
    'rights@vendor.example failed 5.1.1 550 no-such-user hard',
    'legal@vendor.example failed 5.2.2 552 mailbox-full soft',
  ],
  'written-exim': ['bounce', 'rights@vendor.example failed - 550 no-such-host hard'],
  'written-exim-later': ['delayed', 'rights@vendor.example delayed - 451 expired soft'],
  'written-exchange': ['bounce', 'rights@vendor.example failed 5.1.1 550 no-such-user hard'],
  'written-domino': ['bounce', 'rights@vendor.example failed - - no-such-user hard'],
  'written-sendmail': [
    'bounce',
    'legal@other.example failed - 501 blocked soft',
    'rights@vendor.example failed - 550 no-such-user hard',
  ],
  'written-google': ['delayed', 'rights@vendor.example delayed 4.2.2 450 mailbox-full soft'],
  'written-yahoo': ['bounce', 'rights@vendor.example failed - - expired soft'],
  'written-russian': ['bounce', 'rights@vendor.example failed 5.1.1 550 no-such-user hard'],
  'written-french': ['bounce', 'rights@vendor.example failed - - no-such-user hard'],
  'written-carrier': ['bounce', 'rights@carrier.example failed - 550 no-such-user hard'],
  'written-gateway': ['bounce', 'rights@vendor.example failed 5.7.1 550 spam soft'],
  'written-x400': ['bounce', 'rights@vendor.example failed - - no-such-user hard'],
  'written-no-address': ['bounce', ' failed - - mailbox-full soft'],
  'sns-bounce': ['bounce', 'rights@vendor.example failed 5.1.1 550 no-such-user hard'],
  'sns-delivery': ['delivered', 'rights@vendor.example delivered - - unclear soft'],
  'sns-complaint': ['complaint', 'rights@vendor.example delivered - - unclear soft'],
  'complaint-arf': ['complaint', 'rights@vendor.example delivered - - unclear soft'],
  'complaint-older': ['complaint', 'rights@vendor.example delivered - - unclear soft'],
}

describe('a report says which mail did not reach whom, and why', () => {
  test.for(mailFiles('reports'))('%s', async (name) => {
    const { kind, bounce, answerable } = await judged(name)
    const said = (bounce?.recipients ?? []).map(({ address, action, status, replyCode, reason, hard }) =>
      [address, action, status ?? '-', replyCode ?? '-', reason, hard ? 'hard' : 'soft'].join(' '),
    )
    expect([kind, ...said]).toEqual(reports[name.slice('reports/'.length)])
    expect(answerable).toBe(false)
  })
})

test('a report leads to our mail wherever its Message-ID stands', async () => {
  const names = mailFiles('reports')
  const without = new Set(
    ['carrier', 'domino', 'exim-later', 'gateway', 'no-address', 'x400'].map((name) => `reports/written-${name}`),
  )
  for (const name of names) {
    const { bounce } = await judged(name)
    expect([name, bounce?.originalMessageId]).toEqual([name, without.has(name) ? null : '<notice-7@caveat.example>'])
  }
  const { bounce } = await judged('reports/written-qmail')
  expect(bounce?.originalHeaders.get('subject')).toBe('Notice CV-7')
})

describe('a machine is never taken for a person, and never answered', () => {
  test.for(mailFiles('machines'))('%s', async (name) => {
    expect(await judged(name)).toEqual({ kind: 'auto', answerable: false })
  })
})

// Those that came through a list or ask for silence are read, not answered.
const unanswerable = new Set(['people/through-a-list', 'people/suppresses-answers'])

describe('a person is never taken for a machine', () => {
  test.for(mailFiles('people'))('%s', async (name) => {
    expect(await judged(name)).toEqual({ kind: 'reply', answerable: !unanswerable.has(name) })
  })
})

const plain = (headers: string, text = 'Hello.') =>
  readMail(mailOf(`From: Kei <kei@vendor.example>\nTo: notices@caveat.example\n${headers}\n${text}\n`))

test('the null sender of the envelope outweighs what the mail says of itself', async () => {
  const mail = await plain('Subject: Hello\nReturn-Path: <kei@vendor.example>\n')
  expect(classifyMail(mail)).toEqual({ kind: 'reply', answerable: true })
  expect(classifyMail(mail, 'kei@vendor.example')).toEqual({ kind: 'reply', answerable: true })
  expect(classifyMail(mail, '')).toEqual({ kind: 'auto', answerable: false })
})

test.for([
  'Auto-Submitted: auto-replied',
  'Auto-Submitted: Auto-Generated; owner=x',
  'Precedence: bulk',
  'Precedence: junk',
  'Precedence: LIST',
  'List-Id: <x.vendor.example>',
  'List-Anything: x',
  'X-Auto-Response-Suppress: All',
  'X-Autoreply: yes',
  'Reply-To: no-reply@vendor.example',
  'Reply-To: do_not_reply@vendor.example',
  'Reply-To: noreply+17@vendor.example',
  'Reply-To: mailer-daemon@vendor.example',
  'Reply-To: Postmaster@vendor.example',
  'Reply-To: legal-bounces@vendor.example',
  'Return-Path: <>',
])('nothing answers a mail with %s', async (header) => {
  expect(classifyMail(await plain(`Subject: Hello\n${header}\n`)).answerable).toBe(false)
})

test.for([
  'Auto-Submitted: no',
  'X-Auto-Response-Suppress: None',
  'Reply-To: norman.reply@vendor.example',
  'Precedence: normal',
])('a mail with %s can be answered', async (header) => {
  expect(classifyMail(await plain(`Subject: Hello\n${header}\n`))).toEqual({ kind: 'reply', answerable: true })
})

const awaySubjects: Record<string, string> = {
  en: 'Out of Office: Re: Notice CV-7',
  ja: '不在通知: 通知 CV-7',
  de: 'Abwesenheitsnotiz: Hinweis CV-7',
  fr: 'Absence du bureau : avis CV-7',
  es: 'Fuera de la oficina: aviso CV-7',
  pt: 'Resposta automática: aviso CV-7',
  it: 'Risposta automatica: avviso CV-7',
  nl: 'Automatisch antwoord: bericht CV-7',
  pl: 'Odpowiedź automatyczna: zawiadomienie CV-7',
  ru: 'Автоматический ответ: уведомление CV-7',
  sv: 'Autosvar: meddelande CV-7',
  zh: '自动回复：通知 CV-7',
  ko: '자동 회신: 통지 CV-7',
}

test.for(absences.map(({ language }) => language))('an absence is known by its subject alone: %s', async (language) => {
  const subject = Buffer.from(awaySubjects[language] ?? '').toString('base64')
  expect(classifyMail(await plain(`Subject: =?utf-8?B?${subject}?=\n`)).kind).toBe('auto')
})

test('nothing to judge by is unknown, and not answered', async () => {
  expect(classifyMail(await readMail(new Uint8Array()))).toEqual({ kind: 'unknown', answerable: false })
  expect(classifyMail(await readMail(mailOf('Subject: Hello\n\nHello\n')))).toEqual({
    kind: 'unknown',
    answerable: false,
  })
})
