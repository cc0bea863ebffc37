import { afterAll, expect, test } from 'vitest'
import { forgetEnvironment } from '#app/platform/env.server.ts'
import { testDatabase } from '#test/database.ts'
import { inboundRows, type LeftMail } from '#test/inbound.ts'
import { deliveryReport } from '#test/mail-texts.ts'
import { arrive, servedNotice, stateOf } from '#test/served-notice.ts'
import { sealedAddress } from './sealed-address.server.ts'

const db = await testDatabase()
process.env['MAIL_IN_DOMAIN'] = 'reply.caveat.test'
forgetEnvironment()
afterAll(() => {
  delete process.env['MAIL_IN_DOMAIN']
  forgetEnvironment()
})

const mailOf = async ({ from }: LeftMail) =>
  (
    await db.owner.query(
      `select m.id, m.status, m.last_response as response, m.delayed_at from outgoing_mail m where m.id = $1`,
      [await mailIdOf(from)],
    )
  ).rows[0]
async function mailIdOf(envelopeFrom: string): Promise<string> {
  const { rows } = await db.owner.query('select id from outgoing_mail')
  return String(rows.map(({ id }) => String(id)).find((id) => sealedAddress('bounce', id) === envelopeFrom))
}

test('a hard bounce marks exactly its mail, its notice and its contact, once', async () => {
  const given = await servedNotice(db.owner)
  const other = await servedNotice(db.owner)
  const { notice, post, mail, pair } = given
  const report = deliveryReport({
    recipient: pair.vendor.contact.address,
    action: 'failed',
    status: '5.1.1',
    diagnostic: '550 5.1.1 No such user here',
  })
  await arrive(mail.from, report, '')
  await post.takeIn()
  await arrive(mail.from, Buffer.concat([Buffer.from('X-Again: yes\r\n'), report]), '')
  await post.takeIn()

  expect(await mailOf(mail)).toMatchObject({ status: 'bounced', response: expect.stringContaining('No such user') })
  expect(await stateOf(db.owner, notice.id)).toMatchObject({ stage: 'sent', undeliverable: true })
  expect(await stateOf(db.owner, other.notice.id)).toMatchObject({ undeliverable: false })
  expect(await mailOf(other.mail)).toMatchObject({ status: 'accepted' })
  const { rows } = await db.owner.query(
    `select count(*)::int as n from notice_event where notice_id = $1 and type = 'message.bounced'`,
    [notice.id],
  )
  expect(rows).toEqual([{ n: 1 }])
  const contact = await db.owner.query('select last_failed_at, last_failure from vendor_contact where id = $1', [
    pair.vendor.contact.id,
  ])
  expect(contact.rows[0]).toMatchObject({ last_failure: expect.stringContaining('5.1.1') })
  await post.send()
  expect(post.to(pair.holder.person.email).some(({ text }) => text.includes('No such user'))).toBe(true)
})

test('a bounce is read by the Message-ID that it returns where it has lost its address, and only for that recipient', async () => {
  const { notice, post, mail, pair } = await servedNotice(db.owner)
  const messageId = /^Message-ID: (<[^>]+>)/im.exec(mail.text)?.[1] ?? ''
  const about = (recipient: string) =>
    deliveryReport({ recipient, action: 'failed', status: '5.1.1', diagnostic: '550 No such user', messageId })
  await arrive('postmaster@reply.caveat.test', about('somebody@else.test'), '')
  await post.takeIn()
  expect(await stateOf(db.owner, notice.id)).toMatchObject({ undeliverable: false })
  await arrive('postmaster@reply.caveat.test', about(pair.vendor.contact.address), '')
  await post.takeIn()
  expect(await stateOf(db.owner, notice.id)).toMatchObject({ undeliverable: true })
})

test('a report without a mail of ours marks nothing and waits for an operator', async () => {
  const { notice, post, pair } = await servedNotice(db.owner)
  const report = deliveryReport({
    recipient: pair.vendor.contact.address,
    action: 'failed',
    status: '5.1.1',
    diagnostic: '550 No such user',
    messageId: '<forged@caveat.example>',
  })
  const [id] = await arrive('postmaster@reply.caveat.test', report, '')
  await post.takeIn()
  expect(await stateOf(db.owner, notice.id)).toMatchObject({ undeliverable: false })
  expect((await inboundRows(db.owner)).find((row) => row.id === id)).toMatchObject({ place: 'queue', notice: null })
})

test('a delay is noted and nothing else; an arrival is the delivery of the notice', async () => {
  const { notice, post, mail, pair } = await servedNotice(db.owner)
  const report = (action: 'delayed' | 'delivered', status: string) =>
    deliveryReport({ recipient: pair.vendor.contact.address, action, status, diagnostic: '' })
  await arrive(mail.from, report('delayed', '4.4.1'), '')
  await post.takeIn()
  expect(await mailOf(mail)).toMatchObject({ status: 'accepted', delayed_at: expect.any(Date) })
  expect(await stateOf(db.owner, notice.id)).toMatchObject({ stage: 'sent', undeliverable: false })
  await arrive(mail.from, report('delivered', '2.0.0'), '')
  await post.takeIn()
  expect(await mailOf(mail)).toMatchObject({ status: 'delivered' })
  expect(await stateOf(db.owner, notice.id)).toMatchObject({ stage: 'delivered', delivered_at: expect.any(Date) })
})
