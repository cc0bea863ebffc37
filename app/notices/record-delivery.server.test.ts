import { expect, test } from 'vitest'
import { newId } from '#app/platform/id.ts'
import { insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aNotice, aPair, aSentNotice } from '#test/notices.ts'
import { recordAccepted, recordBounced, recordReading } from './record-delivery.server.ts'
import { asMember, asSystem } from './taker.server.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const { holder, vendor } = pair

async function aMail(noticeId: string, status: string) {
  const { rows } = await db.owner.query("select id from mail_duty where notice_id = $1 and kind = 'notice-served'", [
    noticeId,
  ])
  const id = newId()
  const mail = {
    id,
    duty_id: rows[0].id,
    notice_id: noticeId,
    kind: 'notice-served',
    to_address: `${id}@vendor.example`,
    locale: 'en',
    message_id: `<${id}@caveat>`,
    raw_sha256: 'ab',
    status,
  }
  await insert(db.owner, 'outgoing_mail', { ...mail, next_attempt_at: new Date(), created_at: new Date() })
  await db.owner.query('update mail_duty set resolved_at = now() where id = $1', [rows[0].id])
  return {
    id,
    noticeId,
    toAddress: mail.to_address,
    at: new Date('2026-11-20T18:00:00.123Z'),
    response: '250 2.0.0 Ok',
  }
}

async function noticeOf(id: string) {
  const { rows } = await db.owner.query(
    'select stage, served_at, undeliverable_at, delivered_at, waiting_on, decide_by::text from notice where id = $1',
    [id],
  )
  return rows[0]
}

test('the first of two copies serves the notice, at the instant of the server’s word', async () => {
  const notice = await aNotice(db.owner, pair)
  const mails = [await aMail(notice.id, 'accepted'), await aMail(notice.id, 'accepted')]
  await asSystem((tx) => recordAccepted(tx, mails))
  await expect(noticeOf(notice.id)).resolves.toMatchObject({
    stage: 'sent',
    served_at: mails[0]?.at,
    decide_by: '2026-12-22',
  })
  const { rows } = await db.owner.query(
    "select at, payload from notice_event where notice_id = $1 and type = 'message.accepted' order by sequence",
    [notice.id],
  )
  expect(rows.map(({ payload }) => [payload.mail, payload.sha256, payload.clocks?.length])).toEqual([
    [mails[0]?.id, 'ab', 2],
    [mails[1]?.id, 'ab', undefined],
  ])
  expect(rows[0].at).toEqual(mails[0]?.at)
})

test('one that comes back makes it undeliverable only when no copy is left', async () => {
  const notice = await aNotice(db.owner, pair)
  const [one, two] = [await aMail(notice.id, 'failed'), await aMail(notice.id, 'deferred')]
  await asSystem((tx) => recordBounced(tx, [one]))
  await expect(noticeOf(notice.id)).resolves.toMatchObject({ stage: 'queued', undeliverable_at: null })
  await db.owner.query("update outgoing_mail set status = 'failed' where id = $1", [two.id])
  await asSystem((tx) => recordBounced(tx, [two]))
  await expect(noticeOf(notice.id)).resolves.toMatchObject({ undeliverable_at: two.at, waiting_on: 'holder' })
})

test('both copies that come back together leave none', async () => {
  const notice = await aNotice(db.owner, pair)
  const mails = [await aMail(notice.id, 'failed'), await aMail(notice.id, 'failed')]
  await asSystem((tx) => recordBounced(tx, mails))
  await expect(noticeOf(notice.id)).resolves.toMatchObject({ undeliverable_at: mails[0]?.at })
})

test('a member of the vendor who reads it delivers it, once', async () => {
  const notice = await aSentNotice(db.owner, pair)
  const read = () => asMember(vendor.member, (tx, taker) => recordReading(tx, { taker, noticeIds: [notice.id] }))
  await expect(read()).resolves.toMatchObject({ succeeded: [{ stage: 'delivered', sequence: 3 }] })
  await expect(read()).resolves.toMatchObject({ succeeded: [{ stage: 'delivered', sequence: null }] })
  await expect(
    asMember(holder.member, (tx, taker) => recordReading(tx, { taker, noticeIds: [notice.id] })),
  ).resolves.toMatchObject({ failed: [{ because: 'not-yours' }] })
})
