import PostalMime, { type Email } from 'postal-mime'
import { afterAll, afterEach, expect, test } from 'vitest'
import { openOutbox } from '#app/mail/run-outbox.server.ts'
import { setClock } from '#app/platform/clock.server.ts'
import { smtpTransport } from '#app/platform/smtp.server.ts'
import { testDatabase } from '#test/database.ts'
import { aPair, aSentNotice, type Pair } from '#test/notices.ts'
import { smtpSink } from '#test/smtp-sink.ts'
import { acknowledgeNotice } from './acknowledge-notice.server.ts'
import { noticeMailHandlers } from './notice-mail-handlers.server.ts'
import { oweSummaries } from './owe-summaries.server.ts'
import { remindDue } from './remind.server.ts'
import { asMember } from './taker.server.ts'
import { verifyLedger } from './verify-ledger.server.ts'

const db = await testDatabase()
const sink = await smtpSink()
const transport = smtpTransport(sink.url, { connections: 3 })
const outbox = openOutbox({ transport, handlers: noticeMailHandlers })
const secondOutbox = openOutbox({ transport, handlers: noticeMailHandlers })

afterEach(() => setClock(null))
afterAll(async () => {
  await transport.close()
  await sink.stop()
})

type Mail = Email & { rcpt: string }

/** What a worker does when it looks at the dates, with the mails that came of it. */
async function round(): Promise<Mail[]> {
  sink.mails.length = 0
  await oweSummaries()
  await remindDue()
  while ((await outbox.pass()) > 0);
  return Promise.all(sink.mails.map(async ({ raw, to }) => ({ ...(await PostalMime.parse(raw)), rcpt: to[0] ?? '' })))
}

/** Lets a worker look at the dates at this hour of every day, and once more a little later, when gathered mails go out. */
async function days(
  from: string,
  until: string,
): Promise<{ day: string; to: string; subject: string; text: string }[]> {
  const heard = []
  for (let at = Date.parse(from); at <= Date.parse(until); at += 86_400_000) {
    for (const minutes of [0, 2]) {
      setClock(new Date(at + minutes * 60_000))
      for (const { rcpt, subject = '', text = '' } of await round())
        heard.push({ day: new Date(at).toISOString().slice(0, 10), to: rcpt, subject, text })
    }
  }
  return heard
}

// Ten in the morning of a Monday in Los Angeles.
const served = new Date('2026-11-02T18:00:00Z')

async function servedNotice(pair: Pair) {
  setClock(served)
  const notice = await aSentNotice(db.owner, pair)
  // Served by the builder: it has no letter that a mail could carry.
  await db.owner.query(`update mail_duty set cancelled_at = now() where notice_id = $1`, [notice.id])
  return notice
}

test('an unanswered notice is reminded of, chased five times in thirty days, and then called unresponsive', async () => {
  const pair = await aPair(db.owner)
  const notice = await servedNotice(pair)
  // Just after eight in the morning in Los Angeles.
  const heard = await days('2026-11-03T16:05:00Z', '2026-12-20T16:05:00Z')
  const toContact = heard.filter(({ to }) => to === pair.vendor.contact.address)
  const chasers = toContact.filter(({ subject }) => subject.includes(notice.reference))
  expect(chasers.map(({ day, subject }) => `${day} ${subject.split(':')[0]}`)).toEqual([
    '2026-11-04 To acknowledge',
    // Due on the 9th. Veterans Day, Thanksgiving and the day after do not count.
    '2026-11-10 Acknowledgement overdue',
    '2026-11-18 Acknowledgement overdue',
    '2026-11-25 Acknowledgement overdue',
    '2026-12-04 Acknowledgement overdue',
    '2026-12-11 Acknowledgement overdue',
  ])
  const summaries = toContact.filter(({ subject }) => subject.startsWith('This week'))
  expect(summaries.map(({ day }) => day)).toEqual([
    '2026-11-09',
    '2026-11-16',
    '2026-11-23',
    '2026-11-30',
    '2026-12-07',
    '2026-12-14',
  ])
  expect(toContact).toHaveLength(chasers.length + summaries.length)
  expect(chasers[0]?.text.replaceAll(/\s+/gu, ' ')).toContain(
    '9 Nov 2026, 23:59 in Los Angeles; 10 Nov 2026, 16:59 in Tokyo',
  )
  const toHolder = heard.filter(({ to }) => to === pair.holder.person.email)
  expect(toHolder.map(({ subject }) => subject.split(':')[0])).toEqual([
    'Acknowledgement overdue',
    'Decision overdue',
    'No answer after five reminders',
  ])
  const { rows } = await db.owner.query('select unresponsive_at from notice where id = $1', [notice.id])
  expect(rows[0].unresponsive_at.toISOString()).toMatch(/^2026-12-18T16:05/u)
  expect(await verifyLedger({ reference: notice.reference })).toMatchObject({ notices: 1, broken: [] })
})

test('two workers at once, and a round after a week without any, remind once', async () => {
  const pair = await aPair(db.owner)
  const notices = [await servedNotice(pair), await servedNotice(pair)]
  // Nobody worked from before the reminder until well after the date: one mail, about what is true now.
  setClock(new Date('2026-11-19T18:00:00Z'))
  await Promise.all([remindDue(), remindDue(), oweSummaries(), oweSummaries()])
  setClock(new Date('2026-11-19T18:02:00Z'))
  sink.mails.length = 0
  await Promise.all([outbox.pass(), secondOutbox.pass(), remindDue()])
  await outbox.pass()
  const mails = await Promise.all(sink.mails.map(async ({ raw, to }) => ({ ...(await PostalMime.parse(raw)), to })))
  const toContact = mails.filter(({ to }) => to.includes(pair.vendor.contact.address))
  expect(toContact.map(({ subject }) => subject)).toEqual([expect.stringMatching(/^2 notices to .* wait/u)])
  for (const { reference } of notices) expect(toContact[0]?.text).toContain(reference)
  const { rows } = await db.owner.query(
    `select count(*)::int as lines from notice_event where type = 'reminder.due' and notice_id = any($1)`,
    [notices.map(({ id }) => id)],
  )
  expect(rows[0].lines).toBe(2)
})

test('what was answered before the mail goes out is not in it, and a mail about nothing else is not sent', async () => {
  const pair = await aPair(db.owner)
  const [answered, silent] = [await servedNotice(pair), await servedNotice(pair)]
  const acknowledge = (id: string) =>
    asMember(pair.vendor.member, (tx, taker) => acknowledgeNotice(tx, { taker, noticeIds: [id] }))
  setClock(new Date('2026-11-10T16:05:00Z'))
  await round()
  await acknowledge(answered.id)
  setClock(new Date('2026-11-10T16:07:00Z'))
  const first = (await round()).filter(
    ({ rcpt, subject }) => rcpt === pair.vendor.contact.address && !subject?.startsWith('Receipt'),
  )
  expect(first.map(({ subject }) => subject)).toEqual([expect.stringContaining(silent.reference)])
  expect(first[0]?.text).not.toContain(answered.reference)

  setClock(new Date('2026-11-18T16:05:00Z'))
  await round()
  await acknowledge(silent.id)
  setClock(new Date('2026-11-18T16:07:00Z'))
  const last = (await round())
    .map(({ subject = '' }) => subject)
    .filter((subject) => subject.includes(silent.reference))
  expect(last.length).toBeGreaterThan(0)
  expect(last.filter((subject) => subject.includes('overdue'))).toEqual([])
})

test.each([
  [
    'escalated',
    `insert into notice_private select id, holder_organisation_id, null, 'regulator' from notice where id = $1`,
  ],
  ['undeliverable', 'update notice set undeliverable_at = now() where id = $1'],
])('a notice that is %s reminds of nothing, and is looked at again', async (_name, sql) => {
  const pair = await aPair(db.owner)
  const notice = await servedNotice(pair)
  await db.owner.query(sql, [notice.id])
  const heard = await days('2026-11-10T16:05:00Z', '2026-11-14T16:05:00Z')
  expect(heard.filter(({ text }) => text.includes(notice.reference))).toEqual([])
  await db.owner.query(`update notice_private set escalation = 'none' where notice_id = $1`, [notice.id])
  await db.owner.query('update notice set undeliverable_at = null where id = $1', [notice.id])
  const after = await days('2026-11-16T16:05:00Z', '2026-11-17T16:05:00Z')
  expect(after.filter(({ text }) => text.includes(notice.reference)).length).toBeGreaterThan(0)
})
