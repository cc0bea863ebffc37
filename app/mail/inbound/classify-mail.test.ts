import { expect, test } from 'vitest'
import { classifyMail } from './classify-mail.ts'
import { readMail } from './read-mail.ts'

const read = (source: string) => readMail(new TextEncoder().encode(source.replaceAll('\n', '\r\n')))

test('a person answering is a reply that may be answered', async () => {
  const mail = await read(`From: "Ito, Kei" <kei@vendor.example>
To: notices+abc@caveat.example
Subject: =?utf-8?B?UmU6IOmAmuefpQ==?=
Message-ID: <1@vendor.example>
In-Reply-To: <n1@caveat.example>

We have removed the works.
`)
  expect(mail.from).toEqual({ name: 'Ito, Kei', address: 'kei@vendor.example' })
  expect(mail.subject).toBe('Re: 通知')
  expect(mail.inReplyTo).toEqual(['<n1@caveat.example>'])
  expect(classifyMail(mail, 'kei@vendor.example')).toEqual({ kind: 'reply', answerable: true })
})

test('the null sender is never answered', async () => {
  const mail = await read('From: someone@vendor.example\nSubject: Hello\n\nHello\n')
  expect(classifyMail(mail, '')).toEqual({ kind: 'auto', answerable: false })
})
