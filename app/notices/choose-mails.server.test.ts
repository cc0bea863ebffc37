import { assert, constantFrom, integer, property } from 'fast-check'
import PostalMime from 'postal-mime'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { openOutbox } from '#app/mail/run-outbox.server.ts'
import { setClock } from '#app/platform/clock.server.ts'
import { smtpTransport } from '#app/platform/smtp.server.ts'
import { testDatabase } from '#test/database.ts'
import { aPair, aSentNotice, type Pair } from '#test/notices.ts'
import { smtpSink } from '#test/smtp-sink.ts'
import { acknowledgeNotice } from './acknowledge-notice.server.ts'
import { digestDay, type MailChoicesForm } from './mail-topics.ts'
import { noticeMailHandlers } from './notice-mail-handlers.server.ts'
import { oweSummaries } from './owe-summaries.server.ts'
import { morningOf } from './reminders.ts'
import { findMailChoices, readUnsubscribing, saveMailChoices, setUnsubscribed } from './save-mail-choices.server.ts'
import { asMember } from './taker.server.ts'
import { dayOf } from './working-days.ts'

const db = await testDatabase()
const sink = await smtpSink()
const transport = smtpTransport(sink.url, { connections: 1 })
const outbox = openOutbox({ transport, handlers: noticeMailHandlers })
afterEach(() => setClock(null))
afterAll(async () => {
  await transport.close()
  await sink.stop()
})

async function sentAt(instant: string) {
  setClock(new Date(instant))
  sink.mails.length = 0
  await oweSummaries()
  while ((await outbox.pass()) > 0);
  return Promise.all(sink.mails.map(async ({ raw, to }) => ({ ...(await PostalMime.parse(raw)), rcpt: to[0] ?? '' })))
}

async function sentNotice(pair: Pair) {
  const notice = await aSentNotice(db.owner, pair)
  // Served by the builder: it has no letter that a mail could carry.
  await db.owner.query(`update mail_duty set cancelled_at = now() where notice_id = $1 and kind = 'notice-served'`, [
    notice.id,
  ])
  return notice
}

/** A pair whose filer works in Tokyo and has chosen. */
async function aChooser(form: MailChoicesForm) {
  const pair = await aPair(db.owner)
  await db.owner.query(`update person set time_zone = 'Asia/Tokyo' where id = $1`, [pair.holder.person.id])
  await saveMailChoices(pair.holder.member, form)
  const heard = async (instant: string) =>
    (await sentAt(instant)).filter(({ rcpt }) => rcpt === pair.holder.person.email)
  return { pair, heard }
}

test('what is wanted once a day comes at eight in the morning, in one mail that one click can end', async () => {
  const { pair, heard } = await aChooser({ 'notice-sent': 'daily' })
  setClock(new Date('2026-11-04T03:00:00Z'))
  const notices = [await sentNotice(pair), await sentNotice(pair)]
  expect(await heard('2026-11-04T03:01:00Z')).toEqual([])
  expect(await heard('2026-11-04T22:59:00Z')).toEqual([])
  const [digest, ...more] = await heard('2026-11-04T23:00:30Z')
  expect(more).toEqual([])
  expect(digest?.subject).toBe('News of 2 notices')
  for (const { reference } of notices) expect(digest?.text).toContain(reference)

  const field = (name: string) => digest?.headers.find(({ key }) => key === name)?.value ?? ''
  expect(field('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
  const token = /\/unsubscribe\/([^>]+)>/u.exec(field('list-unsubscribe'))?.[1] ?? ''
  expect(readUnsubscribing(token)).toEqual({ topic: 'notices-digest', hasAccount: true })
  expect(await findMailChoices(pair.holder.member)).toMatchObject({ 'notice-sent': 'daily' })
  await setUnsubscribed(token, true)
  expect(await findMailChoices(pair.holder.member)).toEqual({
    'notice-sent': 'never',
    'notice-delivered': 'at_once',
    'review-started': 'at_once',
    'vendor-week': 'weekly',
    'association-week': 'weekly',
    'collective-answered': 'at_once',
  })
  expect(await setUnsubscribed(`${token}x`, true)).toBeNull()
})

test('a digest leaves out what is over, and is not sent when nothing is left', async () => {
  const { pair, heard } = await aChooser({ 'notice-sent': 'weekly' })
  setClock(new Date('2026-11-04T03:00:00Z'))
  const [answered, waiting] = [await sentNotice(pair), await sentNotice(pair)]
  await heard('2026-11-04T03:01:00Z')
  await asMember(pair.vendor.member, (tx, taker) => acknowledgeNotice(tx, { taker, noticeIds: [answered.id] }))
  // Sunday evening in UTC is Monday morning in Tokyo.
  const told = await heard('2026-11-08T23:00:30Z')
  const digest = told.find(({ subject }) => subject?.startsWith('News'))
  expect(digest?.text).toContain(waiting.reference)
  expect(digest?.text).not.toContain(answered.reference)

  setClock(new Date('2026-11-10T03:00:00Z'))
  const last = await sentNotice(pair)
  await heard('2026-11-10T03:01:00Z')
  await asMember(pair.vendor.member, (tx, taker) => acknowledgeNotice(tx, { taker, noticeIds: [last.id, waiting.id] }))
  expect((await heard('2026-11-15T23:00:30Z')).filter(({ subject }) => subject?.startsWith('News'))).toEqual([])
})

test('never is never, and what may not be missed comes all the same', async () => {
  const { pair, heard } = await aChooser({
    'notice-sent': 'never',
    'notice-delivered': 'never',
    'review-started': 'never',
  })
  setClock(new Date('2026-11-04T03:00:00Z'))
  const notice = await sentNotice(pair)
  expect(await heard('2026-11-04T03:01:00Z')).toEqual([])
  await asMember(pair.vendor.member, (tx, taker) => acknowledgeNotice(tx, { taker, noticeIds: [notice.id] }))
  expect((await heard('2026-11-04T03:02:00Z')).map(({ subject }) => subject)).toEqual([
    expect.stringContaining('acknowledged your notice'),
  ])
})

test('a contact without an account ends the summary of its address alone, and may want it again', async () => {
  const pair = await aPair(db.owner)
  const contact = pair.vendor.contact.address
  setClock(new Date('2026-11-04T18:00:00Z'))
  await sentNotice(pair)
  const readers = [contact, pair.vendor.person.email]
  const week = async (instant: string) =>
    (await sentAt(instant))
      .filter(({ subject, rcpt }) => subject?.startsWith('This week') && readers.includes(rcpt))
      .map(({ rcpt, text }) => ({ rcpt, text }))
  const first = await week('2026-11-09T16:05:00Z')
  expect(first.map(({ rcpt }) => rcpt).toSorted()).toEqual(readers.toSorted())
  const text = first.find(({ rcpt }) => rcpt === contact)?.text ?? ''
  const token = /\/unsubscribe\/(\S+)/u.exec(text)?.[1] ?? ''
  expect(await setUnsubscribed(token, true)).toEqual({ topic: 'vendor-week', hasAccount: false })
  expect((await week('2026-11-16T16:05:00Z')).map(({ rcpt }) => rcpt)).toEqual([pair.vendor.person.email])
  await setUnsubscribed(token, false)
  expect(await week('2026-11-23T16:05:00Z')).toHaveLength(2)
})

describe('the morning of a digest', () => {
  test('is the next one, or the next Monday’s, in every zone', () => {
    assert(
      property(
        integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2028, 0, 1) }),
        constantFrom('daily' as const, 'weekly' as const),
        constantFrom(...Intl.supportedValuesOf('timeZone')),
        (ms, choice, timeZone) => {
          const at = new Date(ms).toISOString()
          const { day, from } = digestDay(choice, at, timeZone)
          expect(from > at).toBe(true)
          expect(from).toBe(morningOf(day, timeZone))
          expect(dayOf(from, { timeZone })).toBe(day)
          const days = (Date.parse(from) - ms) / 86_400_000
          expect(days).toBeLessThanOrEqual((choice === 'daily' ? 1 : 7) + 1 / 12)
          expect(choice === 'daily' ? 1 : new Date(day).getUTCDay()).toBe(1)
        },
      ),
      { numRuns: 500 },
    )
  })
})
