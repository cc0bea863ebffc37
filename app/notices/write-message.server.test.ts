import { buffer } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { findInboundMail } from '#app/mail/find-inbound-mail.server.ts'
import { findSentMail } from '#app/mail/find-sent-mail.server.ts'
import { openSealed } from '#app/mail/sealed-address.server.ts'
import { linkToken, withPerson } from '#app/platform/db.server.ts'
import { forgetEnvironment } from '#app/platform/env.server.ts'
import { newId } from '#app/platform/id.ts'
import { readObject } from '#app/platform/objects.server.ts'
import { aHolder, aPerson } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { addressIn } from '#test/inbound.ts'
import { plainMail } from '#test/mail-texts.ts'
import { memberOf } from '#test/members.ts'
import { arrive, messagesOf, servedNotice, stateOf } from '#test/served-notice.ts'
import { findConversation } from './find-conversation.server.ts'
import { findMessageFile, readMessageFile } from './find-message-file.server.ts'
import { writeMessage } from './write-message.server.ts'

const db = await testDatabase()
process.env['MAIL_IN_DOMAIN'] = 'reply.caveat.test'
forgetEnvironment()
afterAll(() => {
  delete process.env['MAIL_IN_DOMAIN']
  forgetEnvironment()
})

test('what the holder writes on the page is mailed to the contact once, however often the form is sent', async () => {
  const { pair, notice, post } = await servedNotice(db.owner)
  const message = { key: newId(), text: 'Please answer by Friday.' }
  const write = () => writeMessage({ member: pair.holder.member, reference: notice.reference, message })
  const before = await stateOf(db.owner, notice.id)
  expect(await Promise.all([write(), write()])).toEqual([{ done: true }, { done: true }])
  expect(await write()).toEqual({ done: true })
  const count = post.left.length
  await post.send()
  const [mail, ...others] = post.left.slice(count)
  expect(others).toEqual([])
  expect(mail?.to).toBe(pair.vendor.contact.address)
  expect(mail?.text).toContain('Please answer by Friday.')
  expect(mail?.text).toMatch(/^In-Reply-To:/im)
  expect((await stateOf(db.owner, notice.id)).stage).toBe(before.stage)
  expect(await messagesOf(db.owner, notice.id)).toMatchObject([{ side: 'holder', channel: 'portal' }])
})

test('nobody else writes: another holder, a viewer, the vendor', async () => {
  const { pair, notice } = await servedNotice(db.owner)
  const stranger = await aHolder(db.owner)
  const viewer = await aPerson(db.owner, { organisationId: pair.holder.organisation.id, role: 'viewer' })
  const message = { key: newId(), text: 'Hello' }
  const asked = { reference: notice.reference, message }
  expect(await writeMessage({ member: memberOf(stranger.person, stranger.organisation), ...asked })).toBeNull()
  expect(await writeMessage({ member: pair.vendor.member, ...asked })).toBeNull()
  const seen = memberOf(viewer, pair.holder.organisation, { role: 'viewer' })
  expect(await writeMessage({ member: seen, ...asked })).toMatchObject({
    done: false,
    untaken: { because: 'role-too-low' },
  })
  expect(await messagesOf(db.owner, notice.id)).toEqual([])
})

test('a mail that came is had as it came, without what answers in the vendor’s name; its files too', async () => {
  const { pair, notice, post, mail } = await servedNotice(db.owner)
  const { rows: links } = await db.owner.query('select id from notice_link where notice_id = $1', [notice.id])
  const token = linkToken(String(links[0].id))
  const to = addressIn(mail, 'Reply-To')
  const body = [
    '--x',
    'Content-Type: text/plain',
    '',
    `Our answer.`,
    '',
    `> http://127.0.0.1:3000/n/${token}`,
    '--x',
    'Content-Type: text/plain; name="../../list.txt"',
    'Content-Disposition: attachment; filename="../../list.txt"',
    '',
    `A list. /n/${token} ${to}`,
    '--x--',
  ].join('\n')
  const fields = {
    From: pair.vendor.contact.address,
    To: to,
    'Message-ID': `<${newId()}@v.test>`,
    'MIME-Version': '1.0',
    'Content-Type': 'multipart/mixed; boundary="x"',
  }
  const bytes = plainMail(fields, body)
  const [inboundId = ''] = await arrive(to, bytes)
  await post.takeIn()
  const { person } = pair.holder
  const { messages } = await withPerson(person.id, (tx) =>
    findConversation(tx, { noticeId: notice.id, before: undefined }),
  )
  expect(messages).toMatchObject([{ inboundId, files: [{ position: 0, name: '.._.._list.txt' }] }])

  const copy = await findInboundMail(person.id, inboundId)
  const text = Buffer.from(copy?.bytes ?? []).toString('latin1')
  expect(copy?.veiled).toBe(true)
  expect(text).toHaveLength(bytes.length)
  expect(text).not.toContain(token)
  expect(text).not.toContain(to)
  const asked = { id: messages[0]?.id ?? '', position: 0 }
  const found = await withPerson(person.id, (tx) => findMessageFile(tx, asked))
  const file = found && (await readMessageFile(found))
  expect(Buffer.from(file?.bytes ?? []).toString()).toContain('A list.')
  expect(Buffer.from(file?.bytes ?? []).toString()).not.toContain(token)
  const forVendor = await readMessageFile({
    ...(found ?? { name: '', sha256: '', bytes: 0, live: [] }),
    isHolder: false,
  })
  expect(Buffer.from(forVendor.bytes).toString()).not.toContain(to)
  expect((await buffer(readObject(file?.sha256 ?? ''))).toString()).toContain(token)

  const stranger = await aHolder(db.owner)
  expect(await findInboundMail(stranger.person.id, inboundId)).toBeNull()
  expect(await withPerson(stranger.person.id, (tx) => findMessageFile(tx, asked))).toBeNull()
})

test('the copy of the notice’s own mail does not tell its reply address while its link answers', async () => {
  const { pair, mail, notice } = await servedNotice(db.owner)
  const to = addressIn(mail, 'Reply-To')
  expect(openSealed(to)).toMatchObject({ kind: 'reply' })
  const { rows } = await db.owner.query(
    `select id from outgoing_mail where notice_id = $1 and kind = 'notice-served'`,
    [notice.id],
  )
  const copy = await findSentMail(pair.holder.person.id, String(rows[0].id))
  expect(Buffer.from(copy?.bytes ?? []).toString('latin1')).not.toContain(to)
})
