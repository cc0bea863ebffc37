import PostalMime from 'postal-mime'
import { afterEach, expect, test } from 'vitest'
import { openOutbox } from '#app/mail/run-outbox.server.ts'
import { now, setClock } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import type { MailTransport, WireMail, WireResult } from '#app/platform/smtp.server.ts'
import { aCatalogue, aPerson } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aFiling } from '#test/filings.ts'
import { aPair } from '#test/notices.ts'
import { acknowledgeNotice } from './acknowledge-notice.server.ts'
import { findNotice } from './find-notice.server.ts'
import { noticeMailHandlers } from './notice-mail-handlers.server.ts'
import { readNoticeQuery } from './notice-query.ts'
import { resendMail } from './resend-mail.server.ts'
import { asMember } from './taker.server.ts'
import { withdrawNotice } from './withdraw-notice.server.ts'

const db = await testDatabase()

const words = { taken: '250 2.0.0 Ok', later: '451 4.3.0 Later', refused: '550 5.1.1 No such user here' } as const
type Word = keyof typeof words

const sent: WireMail[] = []
const saysTo = new Map<string, Word>()
const transport: MailTransport = {
  connections: 2,
  async send(mail) {
    const word = saysTo.get(mail.to) ?? 'taken'
    if (word === 'taken') sent.push(mail)
    const response = words[word]
    const reached: WireResult['reached'] = word === 'taken' ? 'answer' : 'envelope'
    return { reached, code: Number(response.slice(0, 3)), response }
  },
  answers: async () => true,
  close: async () => {},
}
const later = (seconds: number) => setClock(new Date(now().getTime() + seconds * 1000))
const textTo = (address: string) => sent.filter(({ to }) => to === address).map(({ raw }) => raw.toString('latin1'))

async function sendAll(handlers = noticeMailHandlers): Promise<void> {
  const outbox = openOutbox({ transport, handlers })
  while ((await outbox.pass()) > 0);
}

afterEach(() => {
  setClock(null)
  saysTo.clear()
  sent.length = 0
})

/** A notice that is due to a vendor, whose contact alone is written to. */
async function aDueNotice() {
  const pair = await aPair(db.owner)
  const { holder, vendor } = pair
  await db.owner.query('update organisation set undo_minutes = 0 where id = $1', [holder.organisation.id])
  const catalogue = await aCatalogue(db.owner, holder.organisation.id)
  await aFiling(holder.member, { vendorIds: [vendor.id], catalogue })
  const { rows } = await db.owner.query('select id from notice where vendor_id = $1', [vendor.id])
  await db.owner.query('update vendor set organisation_id = null where id = $1', [vendor.id])
  return { ...pair, id: String(rows[0].id), contact: vendor.contact.address }
}

async function stateOf({ id }: { id: string }) {
  const { rows } = await db.owner.query(
    `select stage, served_at is not null as served, undeliverable_at is not null as undeliverable, decide_by is not null as dated
     from notice where id = $1`,
    [id],
  )
  return rows[0]
}

test('a letter that a server put off is not sent once its notice is withdrawn', async () => {
  const notice = await aDueNotice()
  saysTo.set(notice.contact, 'later')
  await sendAll()
  await asMember(notice.holder.member, (tx, taker) =>
    withdrawNotice(tx, { taker, noticeIds: [notice.id], reason: 'Settled.' }),
  )
  saysTo.clear()
  later(120)
  await sendAll()
  const [told, ...others] = textTo(notice.contact)
  expect(told).toMatch(/^Subject: .*withdrew/imu)
  expect(others).toEqual([])
})

test('a plain reply goes to an owner once the filer has left', async () => {
  const notice = await aDueNotice()
  const { holder } = notice
  const owner = await aPerson(db.owner, { organisationId: holder.organisation.id, role: 'owner' })
  await db.owner.query('delete from membership where person_id = $1', [holder.person.id])
  await sendAll()
  const [served = ''] = textTo(notice.contact)
  expect(served).toContain(`Reply-To: ${owner.email}`)
  expect(served).not.toContain(holder.person.email)
})

const stumble = () => Promise.reject(new Error('stumbled'))
const mend = () => withWorker((tx) => noticeMailHandlers.mend(tx, now()))

test('what became of a mail without its notice hearing of it is made good by the sweep, once', async () => {
  const [taken, answered, refused] = [await aDueNotice(), await aDueNotice(), await aDueNotice()]
  saysTo.set(refused.contact, 'refused')
  await sendAll({ ...noticeMailHandlers, accepted: stumble, failed: stumble })
  const { vendor } = answered
  await db.owner.query('update vendor set organisation_id = $2 where id = $1', [vendor.id, vendor.organisation.id])
  await asMember(vendor.member, (tx, taker) => acknowledgeNotice(tx, { taker, noticeIds: [answered.id] }))
  later(20)
  expect(await mend()).toBe(3)
  expect(await mend()).toBe(0)
  expect(await stateOf(taken)).toMatchObject({ stage: 'sent', served: true, dated: true })
  expect(await stateOf(answered)).toMatchObject({ stage: 'acknowledged', served: true, dated: true })
  expect(await stateOf(refused)).toMatchObject({ stage: 'queued', served: false, undeliverable: true })
})

test('a letter that could not be written for five days is told to its holder: nothing was served, and no contact is at fault', async () => {
  const notice = await aDueNotice()
  const { id, contact, holder } = notice
  const unwritable = {
    ...noticeMailHandlers,
    wordings: async (...asked: Parameters<typeof noticeMailHandlers.wordings>) => {
      const found = new Map(await noticeMailHandlers.wordings(...asked))
      for (const mail of asked[1]) if (mail.kind === 'notice-served') found.delete(mail.id)
      return found
    },
  }
  await sendAll(unwritable)
  later(10)
  expect(await mend()).toBe(0)
  later(5 * 24 * 60 * 60)
  await sendAll(unwritable)
  later(20)
  expect(await mend()).toBe(1)
  expect(await mend()).toBe(0)
  expect(await stateOf(notice)).toMatchObject({ stage: 'queued', served: false, undeliverable: true })
  await sendAll()
  const [told = ''] = textTo(holder.person.email)
  const { subject, text } = await PostalMime.parse(told)
  expect(subject).toContain('the mail could not be written')
  expect(text).toContain('The contact is not at fault')
  expect(text).not.toContain('Nobody had facts')
  const { rows: named } = await db.owner.query('select reference from notice where id = $1', [id])
  const query = readNoticeQuery('https://caveat.example/notices/x')
  const page = await findNotice({ member: holder.member, reference: String(named[0].reference), query })
  expect(page?.record.mails).toMatchObject([{ kind: 'notice-served', status: 'failed', answer: 'Not composed' }])
  const { rows } = await db.owner.query('select last_failed_at from vendor_contact where address = $1', [contact])
  expect(rows).toEqual([{ last_failed_at: null }])

  const [mail] = page?.record.mails ?? []
  expect(await resendMail({ member: holder.member, mailId: mail?.id ?? '' })).toMatchObject({ allowed: true })
  await sendAll()
  expect(await stateOf({ id })).toMatchObject({ stage: 'sent', served: true, undeliverable: false, dated: true })
})

test('a mail of which the facts are not there waits with its reason, and keeps no other back', async () => {
  const [one, other] = [await aDueNotice(), await aDueNotice()]
  await db.owner.query(
    `insert into mail_duty (id, notice_id, kind, audience, facts, not_before, created_at)
     values ($1, $2, 'notice-forwarded', 'holder', '{}', $3, $3)`,
    [newId(), one.id, new Date(now().getTime() - 3_600_000)],
  )
  await sendAll()
  expect([one, other].map(({ contact }) => textTo(contact).length)).toEqual([1, 1])
  const { rows } = await db.owner.query(
    `select status, last_response from outgoing_mail where notice_id = $1 and kind = 'notice-forwarded'`,
    [one.id],
  )
  expect(rows).toEqual([{ status: 'deferred', last_response: expect.stringMatching(/^Not composed: /u) }])
})
