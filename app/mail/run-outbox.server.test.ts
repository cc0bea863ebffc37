import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { retryMailCommand } from '#app/commands/mail.server.ts'
import { now, setClock } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { smtpTransport, type MailTransport } from '#app/platform/smtp.server.ts'
import { testDatabase } from '#test/database.ts'
import { listeningHandlers, outboxRows, oweMails } from '#test/outbox.ts'
import { type Behaviour, smtpSink, type SmtpSink } from '#test/smtp-sink.ts'
import { resolveDuties } from './resolve-duties.server.ts'
import { openOutbox, type Outbox, type OutboxOptions } from './run-outbox.server.ts'
import { compareDuties, sweepOutbox } from './sweep-outbox.server.ts'

const db = await testDatabase()
let sink: SmtpSink
let transport: MailTransport
let handlers: ReturnType<typeof listeningHandlers>

const open = (given: Partial<OutboxOptions> = {}): Outbox => openOutbox({ transport, handlers, ...given })
const later = (seconds: number) => setClock(new Date(now().getTime() + seconds * 1000))
const sweep = () => withWorker((tx) => sweepOutbox(tx, { at: now() }))
const compare = (atOnce?: number) => withWorker((tx) => compareDuties(tx, atOnce))
const resolve = () => withWorker((tx) => resolveDuties(tx, { handlers, at: now(), most: 30 }))
const sha256 = (raw: Buffer) => createHash('sha256').update(raw).digest('hex')

beforeAll(async () => {
  sink = await smtpSink()
  transport = smtpTransport(sink.url, { connections: 3, connectSeconds: 1, silenceSeconds: 1, wholeSeconds: 3 })
})
beforeEach(() => void (handlers = listeningHandlers()))
afterEach(async () => {
  setClock(null)
  sink.always()
  sink.mails.length = 0
  await db.owner.query('truncate mail_attempt, mail_raw, outgoing_mail, mail_duty cascade')
})
afterAll(async () => {
  await transport.close()
  await sink.stop()
})

test('what is owed is composed, sent once to each, and marked with the server’s words', async () => {
  await oweMails(db.owner, 120)
  expect(await open().pass()).toBe(120)
  const rows = await outboxRows(db.owner)
  expect(rows).toHaveLength(120)
  for (const row of rows)
    expect(row).toMatchObject({ status: 'accepted', results: ['accepted'], response: expect.stringMatching(/^250 /u) })
  const sent = new Map(sink.mails.map((mail) => [mail.to[0], mail]))
  expect(sink.mails).toHaveLength(120)
  for (const row of rows) expect(sha256(sent.get(row.to)?.raw ?? Buffer.alloc(0))).toBe(row.sha256)
  expect(handlers.told.accepted.toSorted()).toEqual(rows.map(({ to }) => to).toSorted())
  expect(await open().pass(), 'run twice it sees the marks and stops').toBe(0)
})

test('no mail holds the words of another, however many are composed at once', async () => {
  await oweMails(db.owner, 150)
  await Promise.all([open().pass(), open().pass(), open().pass()])
  expect(sink.mails).toHaveLength(150)
  for (const { to, raw } of sink.mails) {
    const number = /person-(\d+)@/u.exec(to[0] ?? '')?.[1]
    const canaries = new Set(
      [
        ...raw
          .toString('latin1')
          .replaceAll('=\r\n', '')
          .matchAll(/canary-(\d+)/gu),
      ].map(([, each]) => each),
    )
    expect([...canaries]).toEqual([number])
  }
})

test('a duty before its time, or cancelled, sends nothing', async () => {
  const [early, cancelled] = await oweMails(db.owner, 2)
  await db.owner.query('update mail_duty set not_before = $2 where id = $1', [
    early,
    new Date(now().getTime() + 60_000),
  ])
  await db.owner.query('update mail_duty set cancelled_at = now() where id = $1', [cancelled])
  expect(await open().pass()).toBe(0)
  later(61)
  expect(await open().pass()).toBe(1)
})

test('a duty that is cancelled after its mail was made is not sent, and the sweep says so', async () => {
  const [duty] = await oweMails(db.owner, 1)
  sink.always({ at: 'rcpt', say: '450 Later' })
  await withWorker((tx) => resolveDuties(tx, { handlers, at: now(), most: 10 }))
  await db.owner.query('update mail_duty set cancelled_at = now() where id = $1', [duty])
  expect(await open().pass()).toBe(0)
  expect(await sweep()).toMatchObject({ cancelled: 1 })
  expect((await outboxRows(db.owner))[0]).toMatchObject({ status: 'cancelled', results: [] })
})

const passing: [Behaviour, string][] = [
  [{ at: 'mail', say: '421 4.3.2 Shutting down' }, 'deferred'],
  [{ at: 'rcpt', say: '450 4.2.0 Greylisted' }, 'deferred'],
  [{ at: 'rcpt', say: '451 4.3.0 Local error' }, 'deferred'],
  [{ at: 'rcpt', say: '452 4.2.2 No room' }, 'deferred'],
  [{ at: 'text', close: true }, 'ambiguous'],
  [{ at: 'dot', say: '451 4.3.0 Later' }, 'deferred'],
  [{ at: 'dot', close: true }, 'ambiguous'],
  [{ at: 'dot', waitMs: 1500 }, 'ambiguous'],
]

test.for(passing)(
  '%j: tried again with the same bytes, and the first attempt stays visible as %s',
  async ([fault, result]) => {
    await oweMails(db.owner, 1)
    sink.once(fault)
    const outbox = open()
    await outbox.pass()
    expect((await outboxRows(db.owner))[0]).toMatchObject({ status: 'deferred', results: [result] })
    expect(handlers.told).toEqual({ accepted: [], failed: [] })
    expect(await outbox.pass(), 'not before its time').toBe(0)
    later(61)
    await outbox.pass()
    const [row] = await outboxRows(db.owner)
    expect(row).toMatchObject({ status: 'accepted', results: [result, 'accepted'] })
    expect(new Set(sink.mails.map(({ raw }) => sha256(raw)))).toEqual(new Set([row?.sha256]))
    expect(handlers.told.accepted).toHaveLength(1)
  },
)

test.for(['550 5.1.1 No such user', '552 5.2.2 Full', '553 5.1.3 Bad name', '554 5.7.1 Refused'])(
  '%s: failed at once, and its owner is told',
  async (say) => {
    await oweMails(db.owner, 1)
    sink.once({ at: 'rcpt', say })
    await open().pass()
    expect((await outboxRows(db.owner))[0]).toMatchObject({
      status: 'failed',
      results: ['refused'],
      response: expect.stringContaining(say.slice(0, 3)),
    })
    expect(handlers.told).toEqual({ accepted: [], failed: ['person-0@vendor.test'] })
    later(3600)
    expect(await open().pass()).toBe(0)
  },
)

test('one of three recipients is refused: only that one', async () => {
  await oweMails(db.owner, 3)
  sink.always({ at: 'rcpt', to: 'person-1@vendor.test', say: '550 5.1.1 No such user' })
  await open().pass()
  expect((await outboxRows(db.owner)).map(({ status }) => status)).toEqual(['accepted', 'failed', 'accepted'])
})

test('a server that is gone for an hour: nothing is lost, nothing storms, all is sent within a minute of its return', async () => {
  await oweMails(db.owner, 30)
  const outbox = open()
  await sink.stop()
  for (let minutes = 0; minutes < 60; minutes += 1) {
    await outbox.pass()
    later(60)
  }
  await sink.start()
  const attempts = (await outboxRows(db.owner)).reduce((sum, row) => sum + row.attempts, 0)
  expect(attempts, 'one connection is tried, not every mail').toBeLessThanOrEqual(30)
  later(31)
  await outbox.pass()
  const rows = await outboxRows(db.owner)
  expect(rows.map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 'accepted'))
  expect(sink.mails).toHaveLength(30)
})

test('a mail that nobody takes is given up after five days, not before', async () => {
  await oweMails(db.owner, 1)
  sink.always({ at: 'rcpt', say: '450 4.2.0 Greylisted for ever' })
  const outbox = open()
  const started = now().getTime()
  let failedAfterHours = 0
  for (let hours = 0; hours < 130 && failedAfterHours === 0; hours += 1) {
    await outbox.pass()
    if ((await outboxRows(db.owner))[0]?.status === 'failed') failedAfterHours = (now().getTime() - started) / 3_600_000
    later(3600)
  }
  expect(failedAfterHours).toBeGreaterThanOrEqual(120)
  expect(failedAfterHours).toBeLessThan(126)
  expect(handlers.told.failed).toEqual(['person-0@vendor.test'])
}, 60_000)

test('a mail that lay for six days has its five days from its first attempt, and again when it is tried once more', async () => {
  await oweMails(db.owner, 1)
  await withWorker((tx) => resolveDuties(tx, { handlers, at: now(), most: 10 }))
  later(6 * 86_400)
  sink.always({ at: 'rcpt', say: '451 4.7.1 Greylisted' })
  const status = async () => (await outboxRows(db.owner))[0]?.status
  await open().pass()
  expect(await status()).toBe('deferred')
  later(6 * 86_400)
  await open().pass()
  expect(await status()).toBe('failed')
  await retryMailCommand({ all: true })
  await open().pass()
  expect(await status()).toBe('deferred')
})

test('a mail that came back is sent again when an operator says so', async () => {
  await oweMails(db.owner, 1)
  await open().pass()
  await db.owner.query(`update outgoing_mail set status = 'bounced', failed_at = now()`)
  expect((await retryMailCommand({ all: true })).json).toEqual({ retried: 1 })
  expect(await open().pass()).toBe(1)
  expect((await outboxRows(db.owner))[0]).toMatchObject({ status: 'accepted', results: ['accepted', 'accepted'] })
})

test('a sender that ended without a word: the sweep gives its mail back, and the attempt says that nobody knows', async () => {
  await oweMails(db.owner, 1)
  // What a killed process leaves: a lease, a line that says running, and perhaps a mail at the other side.
  const dead: MailTransport = {
    connections: 1,
    send: () => new Promise(() => {}),
    answers: async () => true,
    close: async () => {},
  }
  void open({ transport: dead, lanes: 1 }).pass()
  await expect.poll(async () => (await outboxRows(db.owner))[0]?.results).toEqual(['running'])
  expect(await open().pass(), 'under lease it belongs to one').toBe(0)
  expect(await sweep()).toMatchObject({ reclaimed: 0 })
  later(151)
  expect(await sweep()).toMatchObject({ reclaimed: 1 })
  await open().pass()
  expect((await outboxRows(db.owner))[0]).toMatchObject({ status: 'accepted', results: ['ambiguous', 'accepted'] })
})

test('an owner that stumbles over one mail does not undo the truth about the others', async () => {
  await oweMails(db.owner, 5)
  const told: string[] = []
  const stumbling = {
    ...handlers,
    accepted: async (_tx: unknown, mails: readonly { toAddress: string }[]) => {
      if (mails.some(({ toAddress }) => toAddress === 'person-3@vendor.test')) throw new Error('stumbled')
      told.push(...mails.map(({ toAddress }) => toAddress))
    },
  }
  await open({ handlers: stumbling }).pass()
  expect((await outboxRows(db.owner)).map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'accepted'))
  expect(new Set(told)).toEqual(new Set([0, 1, 2, 4].map((number) => `person-${number}@vendor.test`)))
  expect(sink.mails).toHaveLength(5)
})

test('a mail that cannot be composed waits where it is seen, and keeps no other back', async () => {
  const [bad] = await oweMails(db.owner, 3)
  await db.owner.query(`update mail_duty set facts = '{"name": "x"}' where id = $1`, [bad])
  await open().pass()
  const rows = await outboxRows(db.owner)
  expect(rows.map(({ status }) => status).toSorted()).toEqual(['accepted', 'accepted', 'deferred'])
  expect(rows.find(({ status }) => status === 'deferred')?.response).toMatch(/^Not composed: /u)
})

test('a mail that waited for days has five to be composed in', async () => {
  const [bad] = await oweMails(db.owner, 1)
  await db.owner.query(`update mail_duty set facts = '{"name": "x"}' where id = $1`, [bad])
  await withWorker((tx) => resolveDuties(tx, { handlers, at: now(), most: 10 }))
  const statusAfter = async (days: number) => {
    later(days * 24 * 60 * 60)
    await open().pass()
    return (await outboxRows(db.owner)).map(({ status }) => status)
  }
  expect(await statusAfter(6)).toEqual(['deferred'])
  expect(await statusAfter(4)).toEqual(['deferred'])
  expect(await statusAfter(1)).toEqual(['failed'])
})

test('a duty whose mails have vanished is found and sent by one sweep: 100 of 100', async () => {
  await oweMails(db.owner, 100)
  await withWorker((tx) => resolveDuties(tx, { handlers, at: now(), most: 200 }))
  await db.owner.query('delete from outgoing_mail')
  expect(await open().pass()).toBe(0)
  expect(await compare()).toBe(100)
  expect(await open().pass()).toBe(100)
})

test('of many duties each comparison looks at the newest and a part of all, which comes round', async () => {
  await oweMails(db.owner, 30)
  const opened: number[] = []
  for (const lost of [[], [0, 29], [], [], [1, 12], [], [28]]) {
    await resolve()
    const addresses = lost.map((number) => `person-${number}@vendor.test`)
    await db.owner.query('delete from outgoing_mail where to_address = any($1)', [addresses])
    opened.push(await compare(10))
  }
  // The last at once, the first when the walk begins anew, the one in the middle by its part.
  expect([opened, await resolve()]).toEqual([[0, 1, 0, 0, 2, 1, 1], 1])
})

test('two processes at once never send the same mail twice', async () => {
  await oweMails(db.owner, 200)
  await Promise.all(Array.from({ length: 4 }, () => open({ lanes: 2, batch: 10 }).pass()))
  expect(new Set(sink.mails.map(({ to }) => to[0])).size).toBe(200)
  expect(sink.mails).toHaveLength(200)
})

test('the sweep counts what is late', async () => {
  await oweMails(db.owner, 2)
  later(61)
  expect(await sweep()).toMatchObject({ late: 2 })
})
