import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { openOutbox } from '#app/mail/run-outbox.server.ts'
import { sweepOutbox } from '#app/mail/sweep-outbox.server.ts'
import { acknowledgeNotice } from '#app/notices/acknowledge-notice.server.ts'
import { remindDue } from '#app/notices/remind.server.ts'
import { asMember } from '#app/notices/taker.server.ts'
import { verifyLedger } from '#app/notices/verify-ledger.server.ts'
import { now, setClock } from '#app/platform/clock.server.ts'
import { linkToken, withLink, withWorker } from '#app/platform/db.server.ts'
import { smtpTransport } from '#app/platform/smtp.server.ts'
import { watchClock } from '#app/platform/watch-clock.server.ts'
import { dayFromNow, inForce, seeAll, seesNotice } from './associations.ts'
import { testDatabase } from './database.ts'
import { aPair, aSentNotice } from './notices.ts'
import { listeningHandlers, outboxRows, oweMails } from './outbox.ts'
import { smtpSink } from './smtp-sink.ts'

const db = await testDatabase()
const sink = await smtpSink()
const transport = smtpTransport(sink.url, { connections: 2 })
afterEach(() => setClock(null))
afterAll(async () => {
  await transport.close()
  await sink.stop()
})

const hour = 3_600_000
const day = 24 * hour
const sent = async (address: string) => (await outboxRows(db.owner)).find(({ to }) => to === address)
const jump = (ms: number) => setClock(new Date(now().getTime() + ms))

describe('a clock that is set', () => {
  test('back an hour writes no line of a ledger before the last one', async () => {
    const pair = await aPair(db.owner)
    const { id } = await aSentNotice(db.owner, pair)
    jump(-hour)
    const taken = await asMember(pair.vendor.member, (tx, taker) => acknowledgeNotice(tx, { taker, noticeIds: [id] }))
    expect(taken.failed).toEqual([])
    const { rows } = await db.owner.query<{ at: Date; type: string }>(
      'select at, type from notice_event where notice_id = $1 order by sequence',
      [id],
    )
    const instants = rows.map(({ at }) => at.getTime())
    expect(rows.map(({ type }) => type)).toContain('notice.acknowledged')
    expect(instants).toEqual(instants.toSorted((a, b) => a - b))
    expect((await verifyLedger({ noticeId: id })).broken).toEqual([])
  })

  test('forward ends a mandate for what its holder sees, before any worker has looked, and back opens it again', async () => {
    const { association, pair } = await inForce(db.owner, { ...seeAll, endsOn: dayFromNow(2) })
    const { id } = await aSentNotice(db.owner, pair)
    expect(await seesNotice(association.person.id, id)).toBe(true)
    jump(5 * day)
    expect(await seesNotice(association.person.id, id)).toBe(false)
    setClock(null)
    expect(await seesNotice(association.person.id, id)).toBe(true)
  })

  test('forward closes a link at its end, and not before', async () => {
    const { linkId } = await aSentNotice(db.owner, await aPair(db.owner))
    await db.owner.query('update notice_link set expires_at = $2 where id = $1', [linkId, new Date(Date.now() + day)])
    const opens = () => withLink(linkToken(linkId), async () => 'read')
    expect(await opens()).toEqual({ open: true, value: 'read' })
    jump(2 * day)
    expect(await opens()).toEqual({ open: false, because: 'expired' })
  })

  test('forward a week and back reminds once', async () => {
    await aSentNotice(db.owner, await aPair(db.owner))
    const week = now().getTime() + 7 * day
    setClock(new Date(week))
    expect(await remindDue()).toBeGreaterThan(0)
    expect(await remindDue()).toBe(0)
    setClock(null)
    expect(await remindDue()).toBe(0)
    setClock(new Date(week))
    expect(await remindDue()).toBe(0)
  })
})

const sweep = (leasesHold: boolean) => withWorker((tx) => sweepOutbox(tx, { at: now(), leasesHold }))

describe('a mail that is under way', () => {
  const handlers = listeningHandlers()

  test.each([
    ['forward a week', 7 * day],
    ['back an hour', -hour],
  ])('is sent once when the clock is set %s', async (how, ms) => {
    const address = `${how.replaceAll(' ', '-')}@vendor.test`
    await db.owner.query('update mail_duty set cancelled_at = now() where resolved_at is null')
    await oweMails(db.owner, 1, () => address)
    const wasClockSet = watchClock(150)
    sink.once({ at: 'dot', to: address, waitMs: 1_500 })
    const passing = openOutbox({ transport, handlers }).pass()
    await expect.poll(async () => (await sent(address))?.results, { timeout: 15_000 }).toEqual(['running'])
    jump(ms)
    const leasesHold = wasClockSet()
    expect(leasesHold).toBe(true)
    expect((await sweep(leasesHold)).reclaimed).toBe(0)
    await passing
    jump(1_000)
    await openOutbox({ transport, handlers }).pass()
    expect(await sent(address)).toMatchObject({ status: 'accepted', results: ['accepted'] })
    expect(sink.mails.filter(({ to }) => to.includes(address))).toHaveLength(1)
  })

  test('of a worker that is gone goes out again once its lease is over, and nobody set the clock lately', async () => {
    await db.owner.query('update mail_duty set cancelled_at = now() where resolved_at is null')
    await oweMails(db.owner, 1, () => 'gone@vendor.test')
    sink.once({ at: 'dot', to: 'gone@vendor.test', close: true })
    await openOutbox({ transport, handlers }).pass()
    await db.owner.query(
      `update outgoing_mail set status = 'sending', lease_until = $1 where to_address = 'gone@vendor.test'`,
      [new Date(Date.now() - 1_000)],
    )
    expect(watchClock(150)()).toBe(false)
    expect((await sweep(false)).reclaimed).toBe(1)
    await openOutbox({ transport, handlers }).pass()
    expect(await sent('gone@vendor.test')).toMatchObject({ status: 'accepted', results: ['ambiguous', 'accepted'] })
  })
})
