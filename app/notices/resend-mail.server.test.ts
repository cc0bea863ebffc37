import { expect, test } from 'vitest'
import { newId } from '#app/platform/id.ts'
import { testDatabase } from '#test/database.ts'
import { aPair, aSentNotice } from '#test/notices.ts'
import { findNoticeOfMail, resendMail } from './resend-mail.server.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const stranger = await aPair(db.owner)
const holder = pair.holder.member

async function aMail(status: string) {
  const notice = await aSentNotice(db.owner, pair)
  const id = newId()
  await db.owner.query(
    `insert into outgoing_mail (id, duty_id, notice_id, kind, to_address, locale, message_id, raw_sha256, status, next_attempt_at, failed_at, created_at)
     select $1, id, notice_id, kind, 'rights@vendor.test', 'en', $2, 'x', $3, now(), now(), now() from mail_duty where notice_id = $4 and kind = 'notice-served'`,
    [id, `<${id}@caveat.example>`, status, notice.id],
  )
  return { id, reference: notice.reference }
}

async function statusOf(id: string): Promise<string | undefined> {
  return (await db.owner.query<{ status: string }>('select status from outgoing_mail where id = $1', [id])).rows[0]
    ?.status
}

test('a mail that finally failed is queued again by its holder, once', async () => {
  const { id, reference } = await aMail('failed')
  await expect(resendMail({ member: holder, mailId: id })).resolves.toEqual({ allowed: true, reference })
  expect(await statusOf(id)).toBe('queued')
  await expect(resendMail({ member: holder, mailId: id })).resolves.toEqual({ allowed: false, because: 'not-failed' })
})

test('what a server took is not sent again', async () => {
  const { id } = await aMail('accepted')
  await expect(resendMail({ member: holder, mailId: id })).resolves.toEqual({ allowed: false, because: 'not-failed' })
  expect(await statusOf(id)).toBe('accepted')
})

test('to the vendor and to strangers there is no such mail', async () => {
  const { id } = await aMail('failed')
  for (const member of [pair.vendor.member, stranger.holder.member]) {
    await expect(resendMail({ member, mailId: id })).resolves.toEqual({
      allowed: false,
      because: 'unknown',
    })
  }
  await expect(resendMail({ member: holder, mailId: newId() })).resolves.toEqual({ allowed: false, because: 'unknown' })
  expect(await statusOf(id)).toBe('failed')
})

test('the notice of a mail is found by its holder alone', async () => {
  const { id, reference } = await aMail('failed')
  await expect(findNoticeOfMail({ member: holder, mailId: id })).resolves.toBe(reference)
  await expect(findNoticeOfMail({ member: stranger.holder.member, mailId: id })).resolves.toBeNull()
})

test('a viewer may look and not send', async () => {
  const { id } = await aMail('failed')
  const viewer = { ...holder, organisation: { ...holder.organisation, role: 'viewer' as const } }
  await expect(resendMail({ member: viewer, mailId: id })).resolves.toEqual({ allowed: false, because: 'role-too-low' })
})
