import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Behaviour, smtpSink, type SmtpSink } from '#test/smtp-sink.ts'
import { type MailTransport, smtpTransport, type WireResult } from './smtp.server.ts'

let sink: SmtpSink
let transport: MailTransport
const raw = Buffer.from(
  `From: a@caveat.test\r\nTo: b@vendor.test\r\nSubject: x\r\n\r\n${'line of text\r\n'.repeat(40_000)}`,
)
const mail = { from: 'a@caveat.test', to: 'b@vendor.test', raw }

beforeAll(async () => {
  sink = await smtpSink()
  transport = smtpTransport(sink.url, { connections: 2, connectSeconds: 1, silenceSeconds: 1, wholeSeconds: 3 })
})
afterEach(() => {
  sink.always()
  sink.mails.length = 0
})
afterAll(async () => {
  await transport.close()
  await sink.stop()
})

test('a mail arrives byte for byte', async () => {
  expect(await transport.send(mail)).toMatchObject({ reached: 'answer', code: 250 })
  expect(sink.mails[0]?.raw.equals(raw)).toBe(true)
  expect(sink.mails[0]?.to).toEqual(['b@vendor.test'])
})

const faults: [Behaviour, Partial<WireResult>][] = [
  [
    { at: 'mail', say: '451 4.3.0 Try later' },
    { reached: 'envelope', code: 451 },
  ],
  [
    { at: 'rcpt', say: '450 4.2.0 Greylisted' },
    { reached: 'envelope', code: 450 },
  ],
  [
    { at: 'rcpt', say: '452 4.2.2 No room' },
    { reached: 'envelope', code: 452 },
  ],
  [
    { at: 'rcpt', say: '550 5.1.1 No such user' },
    { reached: 'envelope', code: 550 },
  ],
  [
    { at: 'rcpt', say: '553 5.1.3 Bad name' },
    { reached: 'envelope', code: 553 },
  ],
  [
    { at: 'dot', say: '451 4.3.0 Later' },
    { reached: 'dot', code: 451 },
  ],
  [
    { at: 'dot', say: '554 5.7.1 Refused' },
    { reached: 'dot', code: 554 },
  ],
  [
    { at: 'dot', close: true },
    { reached: 'dot', code: null },
  ],
  [
    { at: 'dot', waitMs: 1600 },
    { reached: 'dot', code: null },
  ],
]

test.for(faults)('%j ends as %j', async ([fault, expected]) => {
  sink.once(fault)
  expect(await transport.send(mail)).toMatchObject(expected)
  expect(await transport.send(mail), 'the next mail goes through').toMatchObject({ reached: 'answer' })
})

test.for<[Behaviour, Partial<WireResult>]>([
  [
    { at: 'greeting', say: '421 4.3.2 Too busy' },
    { reached: 'connection', code: 421 },
  ],
  [
    { at: 'greeting', say: '554 5.3.2 No service' },
    { reached: 'connection', code: 554 },
  ],
  [
    { at: 'greeting', waitMs: 5000 },
    { reached: 'connection', code: null },
  ],
  [
    { at: 'greeting', close: true },
    { reached: 'connection', code: null },
  ],
])('a new connection: %j ends as %j', async ([fault, expected]) => {
  const fresh = smtpTransport(sink.url, { connections: 1, connectSeconds: 1, silenceSeconds: 1, wholeSeconds: 3 })
  sink.always(fault)
  expect(await fresh.send(mail)).toMatchObject(expected)
  sink.always()
  expect(await fresh.send(mail)).toMatchObject({ reached: 'answer' })
  await fresh.close()
})

test('closed within a text that is too long for any buffer on the way: it was not handed over', async () => {
  const long = Buffer.concat([raw, Buffer.alloc(40_000_000, 'text '.repeat(13).concat('end\r\n'))])
  sink.once({ at: 'text', close: true })
  expect(await transport.send({ ...mail, raw: long })).toMatchObject({ reached: 'data', code: null })
  expect(sink.mails).toEqual([])
})

test('nobody listens: no connection, and after a restart the same pool sends', async () => {
  await sink.stop()
  await wait(50)
  expect(await transport.send(mail)).toMatchObject({ reached: 'connection', code: null })
  await sink.start()
  expect(await transport.send(mail)).toMatchObject({ reached: 'answer' })
})

test('a connection that died while it was idle costs nothing: the mail goes over a new one, whole and once', async () => {
  await transport.send(mail)
  await sink.stop()
  await sink.start()
  sink.mails.length = 0
  expect(await transport.send(mail)).toMatchObject({ reached: 'answer' })
  expect(sink.mails.map((each) => each.raw.equals(raw))).toEqual([true])
})

test('an answer that comes a byte at a time ends with the time for the whole', async () => {
  sink.once(
    { at: 'rcpt', waitMs: 900 },
    { at: 'text', waitMs: 900 },
    { at: 'dot', waitMs: 900 },
    { at: 'mail', waitMs: 900 },
  )
  const started = performance.now()
  const { reached } = await transport.send(mail)
  expect(['dot', 'data']).toContain(reached)
  expect(performance.now() - started).toBeLessThan(3500)
})
