import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { linkToken } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { testDatabase } from '#test/database.ts'
import { aPair, aSentNotice } from '#test/notices.ts'
import { findSentMail } from './find-sent-mail.server.ts'
import { veil } from './veil-link.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const stranger = await aPair(db.owner)

async function aSentMail() {
  const notice = await aSentNotice(db.owner, pair)
  const { rows } = await db.owner.query<{ id: string }>(
    `select id from mail_duty where notice_id = $1 and kind = 'notice-served'`,
    [notice.id],
  )
  const id = newId()
  const bytes = Buffer.from('Subject: Exclusion request\r\n\r\nテスト\r\n')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await db.owner.query(
    `insert into outgoing_mail (id, duty_id, notice_id, kind, to_address, locale, message_id, raw_sha256, status, next_attempt_at, created_at)
     values ($1, $2, $3, 'notice-served', 'rights@vendor.test', 'en', $4, $5, 'accepted', now(), now())`,
    [id, rows[0]?.id, notice.id, `<${id}@caveat.example>`, sha256],
  )
  await db.owner.query('insert into mail_raw (mail_id, bytes) values ($1, $2)', [id, bytes])
  return { id, bytes, sha256 }
}

test('the holder gets the bytes that were sent', async () => {
  const { id, bytes, sha256 } = await aSentMail()
  const mail = await findSentMail(pair.holder.person.id, id)
  expect(Buffer.from(mail?.bytes ?? [])).toEqual(bytes)
  expect(mail?.sha256).toBe(sha256)
})

test('neither the vendor nor a stranger gets them', async () => {
  const { id } = await aSentMail()
  await expect(findSentMail(pair.vendor.person.id, id)).resolves.toBeNull()
  await expect(findSentMail(stranger.holder.person.id, id)).resolves.toBeNull()
  await expect(findSentMail(pair.holder.person.id, newId())).resolves.toBeNull()
})

test('while a link answers, the copy of its mail does not open it; afterwards it is the mail itself', async () => {
  const { id } = await aSentMail()
  const linkId = newId()
  const bytes = Buffer.from(`Subject: Notice\r\n\r\nhttps://caveat.example/n/${linkToken(linkId)}\r\n`)
  await db.owner.query(
    `insert into notice_link (id, notice_id, address, locale, created_at) select $1, notice_id, to_address, 'en', now() from outgoing_mail where id = $2`,
    [linkId, id],
  )
  await db.owner.query('update outgoing_mail set link_id = $1 where id = $2', [linkId, id])
  await db.owner.query('update mail_raw set bytes = $1 where mail_id = $2', [bytes, id])
  const copy = await findSentMail(pair.holder.person.id, id)
  expect(copy?.veiled).toBe(true)
  expect(Buffer.from(copy?.bytes ?? []).toString()).not.toContain(linkToken(linkId))
  expect(Buffer.from(copy?.bytes ?? []).toString()).toContain(veil)
  await db.owner.query('update notice_link set revoked_at = now() where id = $1', [linkId])
  expect(Buffer.from((await findSentMail(pair.holder.person.id, id))?.bytes ?? [])).toEqual(bytes)
})
