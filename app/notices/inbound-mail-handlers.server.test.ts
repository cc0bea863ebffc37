import { afterAll, expect, test } from 'vitest'
import { takeInMail } from '#app/mail/take-in-mail.server.ts'
import { setClock } from '#app/platform/clock.server.ts'
import { linkToken, withPerson } from '#app/platform/db.server.ts'
import { forgetEnvironment } from '#app/platform/env.server.ts'
import { newId } from '#app/platform/id.ts'
import { noticeInboundHandlers } from './inbound-mail-handlers.server.ts'
import { aHolder, aPerson } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { addressIn, inboundRows } from '#test/inbound.ts'
import { plainMail } from '#test/mail-texts.ts'
import { arrive, messagesOf, servedNotice, stateOf, type Served } from '#test/served-notice.ts'

const db = await testDatabase()
process.env['MAIL_IN_DOMAIN'] = 'reply.caveat.test'
forgetEnvironment()
afterAll(() => {
  delete process.env['MAIL_IN_DOMAIN']
  forgetEnvironment()
})

function reply({ mail, pair }: Pick<Served, 'mail' | 'pair'>, body: string, more: Record<string, string> = {}): Buffer {
  return plainMail(
    {
      From: `Dana Whitfield <${pair.vendor.contact.address}>`,
      To: addressIn(mail, 'Reply-To'),
      Subject: 'Re: your notice',
      'Message-ID': `<${newId()}@vendor.test>`,
      'In-Reply-To': addressIn(mail, 'Message-ID'),
      ...more,
    },
    body,
  )
}

test('a reply to the notice is kept with it, told to the holder, and changes no stage', async () => {
  const given = await servedNotice(db.owner)
  const { notice, post, mail, pair } = given
  const before = await stateOf(db.owner, notice.id)
  const body = `We are looking into it.\n\nDana\n\nOn Mon, 9 Nov 2026 at 10:00, Caveat <notices@caveat.example> wrote:\n> You may answer`
  await arrive(addressIn(mail, 'Reply-To'), reply(given, body))
  expect(await post.takeIn()).toBe(1)

  expect(await messagesOf(db.owner, notice.id)).toMatchObject([
    { side: 'vendor', channel: 'mail', address: pair.vendor.contact.address, automatic: false, held: null, told: true },
  ])
  const [message] = await messagesOf(db.owner, notice.id)
  expect(message.fresh).toContain('We are looking into it.')
  expect(message.fresh).not.toContain('You may answer')
  expect(message.quoted).toContain('You may answer')
  const after = await stateOf(db.owner, notice.id)
  expect(after.stage).toBe(before.stage)
  expect(after.last_sequence).toBe(before.last_sequence + 1)

  await post.send()
  const told = post.to(pair.holder.person.email).find(({ text }) => text.includes('replied by mail'))
  expect(told?.text).toContain('We are looking into it.')
  expect(told?.text).not.toContain('You may answer')
  expect(addressIn(told ?? mail, 'Reply-To')).toMatch(/^n-.*@reply\.caveat\.test$/)
})

test('the same mail twice, and the same mail by another way, are one event', async () => {
  const given = await servedNotice(db.owner)
  const { notice, post, mail } = given
  const bytes = reply(given, 'Once.')
  const to = addressIn(mail, 'Reply-To')
  await arrive(to, bytes)
  await arrive(to, bytes)
  await post.takeIn()
  await arrive(to, Buffer.concat([Buffer.from('Received: from relay (relay [192.0.2.9])\r\n'), bytes]))
  await post.takeIn()
  expect(await messagesOf(db.owner, notice.id)).toHaveLength(1)
  expect((await inboundRows(db.owner)).filter((row) => row.to === to.toLowerCase())).toMatchObject([
    { place: 'notice' },
    { place: 'aside', tags: ['duplicate'] },
  ])
})

test('two workers that take the same mail in come to one event', async () => {
  const given = await servedNotice(db.owner)
  await arrive(addressIn(given.mail, 'Reply-To'), reply(given, 'Once.'))
  await Promise.all([given.post.takeIn(), given.post.takeIn(), given.post.takeIn()])
  expect(await messagesOf(db.owner, given.notice.id)).toHaveLength(1)
})

test('a mail whose reader came to nothing holds up no other, and is taken up two minutes later', async () => {
  const given = await servedNotice(db.owner)
  const { post } = given
  await arrive(addressIn(given.mail, 'Reply-To'), reply(given, 'Once.'))
  const stuck = Promise.withResolvers<never>()
  const asked = Promise.withResolvers<void>()
  const resolver = () => {
    asked.resolve()
    return stuck.promise
  }
  const reading = takeInMail({ handlers: noticeInboundHandlers, resolver })
  await asked.promise
  expect(await post.takeIn()).toBe(0)
  try {
    setClock(new Date(Date.now() + 121_000))
    expect(await post.takeIn()).toBe(1)
  } finally {
    setClock(null)
  }
  stuck.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }))
  await reading
  expect(await messagesOf(db.owner, given.notice.id)).toHaveLength(1)
})

test('one mail to two notices is an event of each', async () => {
  const one = await servedNotice(db.owner)
  const two = await servedNotice(db.owner)
  await arrive([addressIn(one.mail, 'Reply-To'), addressIn(two.mail, 'Reply-To')], reply(one, 'To both.'))
  await one.post.takeIn()
  expect(await messagesOf(db.owner, one.notice.id)).toHaveLength(1)
  expect(await messagesOf(db.owner, two.notice.id)).toHaveLength(1)
})

test.each([
  ['an answer of a machine', { 'Auto-Submitted': 'auto-replied', Subject: 'Automatic reply: out of office' }],
  ['one of our own mails sent on', { 'X-Caveat-Mail': '0199@caveat.example' }],
  ['a mail with a Message-ID of ours', { 'Message-ID': `<${newId()}@caveat.example>` }],
])('%s is kept, and passed on to nobody', async (_, more) => {
  const given = await servedNotice(db.owner)
  const { notice, post, mail, pair } = given
  const before = await stateOf(db.owner, notice.id)
  await arrive(addressIn(mail, 'Reply-To'), reply(given, 'I am away until Monday.', more))
  await post.takeIn()
  const sentBefore = post.left.length
  await post.send()
  expect(post.left.slice(sentBefore).filter(({ to }) => to === pair.holder.person.email)).toEqual([])
  expect(await messagesOf(db.owner, notice.id)).toMatchObject([{ automatic: true }])
  expect((await stateOf(db.owner, notice.id)).stage).toBe(before.stage)
})

test('the holder answers by mail, and the vendor’s contact gets it in its thread', async () => {
  const given = await servedNotice(db.owner)
  const { notice, post, mail, pair } = given
  await arrive(addressIn(mail, 'Reply-To'), reply(given, 'Which works?'))
  await post.takeIn()
  await post.send()
  const told = post.to(pair.holder.person.email).find(({ text }) => text.includes('replied by mail')) ?? mail
  const answer = plainMail(
    {
      From: pair.holder.person.email,
      To: addressIn(told, 'Reply-To'),
      Subject: 'Re',
      'Message-ID': `<${newId()}@h.test>`,
    },
    'All of the annex.',
  )
  await arrive(addressIn(told, 'Reply-To'), answer, pair.holder.person.email)
  await post.takeIn()
  const count = post.left.length
  await post.send()
  const got = post.left.slice(count).find(({ to }) => to === pair.vendor.contact.address)
  expect(got?.text).toContain('All of the annex.')
  expect(addressIn(got ?? mail, 'Reply-To')).toBe(addressIn(mail, 'Reply-To'))
  expect(got?.text).toMatch(/^References:/im)
  expect(await messagesOf(db.owner, notice.id)).toMatchObject([{ side: 'vendor' }, { side: 'holder', held: null }])
})

test('nobody but the holder’s own editor writes in its name: the mail is held, and the vendor never sees it', async () => {
  const given = await servedNotice(db.owner)
  const { notice, post, mail, pair } = given
  await arrive(addressIn(mail, 'Reply-To'), reply(given, 'Which works?'))
  await post.takeIn()
  await post.send()
  const told = post.to(pair.holder.person.email).find(({ text }) => text.includes('replied by mail')) ?? mail
  const stranger = await aPerson(db.owner, { organisationId: pair.holder.organisation.id, role: 'viewer' })
  for (const from of [stranger.email, 'evil@elsewhere.test']) {
    const forged = plainMail({ From: from, Subject: 'Re', 'Message-ID': `<${newId()}@x.test>` }, 'We withdraw.')
    await arrive(addressIn(told, 'Reply-To'), forged, from)
  }
  await post.takeIn()
  const count = post.left.length
  await post.send()
  expect(post.left.slice(count)).toEqual([])
  expect((await messagesOf(db.owner, notice.id)).slice(1)).toMatchObject([
    { side: 'holder', held: 'not-a-member', told: false },
    { side: 'holder', held: 'not-a-member', told: false },
  ])
  await db.owner.query('update vendor set organisation_id = $2 where id = $1', [
    pair.vendor.id,
    pair.vendor.organisation.id,
  ])
  const seen = await withPerson(pair.vendor.person.id, (tx) =>
    tx.noticeMessage.count({ where: { noticeId: notice.id } }),
  )
  expect(seen).toBe(1)
})

test('a link and an address that a reply quotes are veiled from whoever reads it', async () => {
  const given = await servedNotice(db.owner)
  const { notice, mail, post } = given
  const { rows } = await db.owner.query('select id from notice_link where notice_id = $1', [notice.id])
  const token = linkToken(String(rows[0].id))
  const address = addressIn(mail, 'Reply-To')
  await arrive(
    address,
    reply(given, `See https://caveat.example/n/${token}\n\nOn Monday X wrote:\n> /n/${token}\n> Reply-To: ${address}`),
  )
  await post.takeIn()
  const [message] = await messagesOf(db.owner, notice.id)
  expect(message.fresh + message.quoted).not.toContain(token)
  expect(message.fresh + message.quoted).not.toContain(address)
  expect(message.fresh + message.quoted).toContain('only-for-the-recipient')
})

test('another organisation sees nothing of what came in', async () => {
  const given = await servedNotice(db.owner)
  await arrive(addressIn(given.mail, 'Reply-To'), reply(given, 'Confidential.'))
  await given.post.takeIn()
  const stranger = await aHolder(db.owner)
  for (const [who, many] of [
    [stranger.person.id, 0],
    [given.pair.vendor.person.id, 0],
    [given.pair.holder.person.id, 1],
  ] as const) {
    const where = { noticeId: given.notice.id }
    const counts = await withPerson(who, async (tx) => [
      await tx.inboundMail.count({ where }),
      await tx.noticeMessage.count({ where }),
    ])
    expect(counts).toEqual([many, many])
  }
})

test('mail that names no notice waits with scored guesses, and none of them is applied', async () => {
  const { notice, post, pair } = await servedNotice(db.owner)
  const text = `About ${notice.reference.toLowerCase().replaceAll('-', ' ')}: please call us.`
  const stray = plainMail(
    { From: pair.vendor.contact.address, Subject: 'Your notice', 'Message-ID': `<${newId()}@vendor.test>` },
    text,
  )
  const [id] = await arrive('postmaster@reply.caveat.test', stray)
  await post.takeIn()
  expect((await inboundRows(db.owner)).find((row) => row.id === id)).toMatchObject({ place: 'queue', notice: null })
  expect(await messagesOf(db.owner, notice.id)).toEqual([])
  const { rows } = await db.owner.query('select notice_id, score, reasons from inbound_guess where inbound_id = $1', [
    id,
  ])
  expect(rows).toEqual([{ notice_id: notice.id, score: 99, reasons: ['reference', 'address', 'domain', 'recent'] }])
})
