import { afterEach, expect, test } from 'vitest'
import { openOutbox } from '#app/mail/run-outbox.server.ts'
import { noticeMailHandlers } from '#app/notices/notice-mail-handlers.server.ts'
import { setClock } from '#app/platform/clock.server.ts'
import { linkToken } from '#app/platform/db.server.ts'
import { aCollective } from '#test/collective.ts'
import { collectingTransport } from '#test/collective-mails.ts'
import { collectiveReader } from '#test/collective-reader.ts'
import { testDatabase } from '#test/database.ts'
import { acknowledgeLinked } from './acknowledge-linked.server.ts'
import { withCollectives } from './collective-mail-handlers.server.ts'
import { endAnnexReviews } from './end-annex-reviews.server.ts'

const { owner } = await testDatabase()
const { noticesOf, made } = collectiveReader(owner)
afterEach(() => setClock(null))

const who = { name: 'Dana Whitfield', role: 'Legal' }
const visit = { method: 'POST', what: 'answer', networkAddress: '192.0.2.1', userAgent: null } as const

/** A filing of three members to two vendors as it was served, with the token of the first vendor’s contact. */
async function served() {
  const given = await aCollective(owner, 3)
  const draft = await made(given)
  setClock(new Date(Date.now() + 4 * 86_400_000))
  await endAnnexReviews()
  const { transport } = collectingTransport()
  const outbox = openOutbox({ transport, handlers: withCollectives(noticeMailHandlers) })
  for (let pass = 1; pass < 5; pass += 1) {
    setClock(new Date(Date.now() + 4 * 86_400_000 + pass * 10_000))
    await outbox.pass()
  }
  const [vendor, other] = given.vendors
  if (vendor === undefined || other === undefined) throw new Error('two vendors')
  const { rows } = await owner.query<{ id: string }>(
    'select l.id from collective_link l join filing f on f.id = l.filing_id where f.reference = $1 and l.vendor_id = $2',
    [draft.reference, vendor.id],
  )
  const stages = async (id: string) =>
    (await noticesOf(draft.reference)).filter(({ vendor_id }) => vendor_id === id).map(({ stage }) => stage)
  return { token: linkToken(rows[0]?.id ?? ''), vendor, other, draft, stages }
}

test('everything that the link lists is acknowledged, with a line for each notice, and nothing of another vendor', async () => {
  const { token, vendor, other, draft, stages } = await served()
  expect(await stages(vendor.id)).toEqual(['sent', 'sent', 'sent'])
  expect(await acknowledgeLinked({ token, who, visit })).toEqual({ open: true, done: 3, left: 0 })
  expect(await stages(vendor.id)).toEqual(['acknowledged', 'acknowledged', 'acknowledged'])
  expect(await stages(other.id)).toEqual(['sent', 'sent', 'sent'])
  const lines = await owner.query(
    `select p.facts ->> 'name' as name from notice_event e join event_person p on p.notice_id = e.notice_id and p.sequence = e.sequence
     join notice n on n.id = e.notice_id join filing f on f.id = n.filing_id where f.reference = $1 and e.type = 'notice.acknowledged'`,
    [draft.reference],
  )
  expect(lines.rows).toEqual([{ name: who.name }, { name: who.name }, { name: who.name }])
  expect(await acknowledgeLinked({ token, who, visit })).toEqual({ open: true, done: 0, left: 0 })
})

test('what is more than one act takes is left, and the next goes on there', async () => {
  const { token } = await served()
  expect(await acknowledgeLinked({ token, who, visit, most: 2 })).toEqual({ open: true, done: 2, left: 1 })
  expect(await acknowledgeLinked({ token, who, visit, most: 2 })).toEqual({ open: true, done: 1, left: 0 })
})

test('two at once acknowledge each notice once', async () => {
  const { token, draft } = await served()
  const both = await Promise.all([acknowledgeLinked({ token, who, visit }), acknowledgeLinked({ token, who, visit })])
  expect(both.reduce((sum, each) => sum + (each.open ? each.done : 0), 0)).toBe(3)
  const { rows } = await owner.query(
    `select count(*)::int as lines from notice_event e join notice n on n.id = e.notice_id join filing f on f.id = n.filing_id
     where f.reference = $1 and e.type = 'notice.acknowledged'`,
    [draft.reference],
  )
  expect(rows).toEqual([{ lines: 3 }])
})

test('a link that was revoked, of the collective or of one notice, acknowledges nothing', async () => {
  const { token, vendor, draft, stages } = await served()
  const one = (await noticesOf(draft.reference)).find(({ vendor_id }) => vendor_id === vendor.id)
  await owner.query('update notice_link set revoked_at = now() where notice_id = $1', [one?.id])
  expect(await acknowledgeLinked({ token, who, visit })).toEqual({ open: true, done: 2, left: 0 })
  await owner.query('update collective_link set revoked_at = now() where vendor_id = $1', [vendor.id])
  expect(await acknowledgeLinked({ token, who, visit })).toEqual({ open: false })
  expect(await acknowledgeLinked({ token: 'no-such-token', who, visit })).toEqual({ open: false })
  expect((await stages(vendor.id)).toSorted()).toEqual(['acknowledged', 'acknowledged', 'sent'])
})
