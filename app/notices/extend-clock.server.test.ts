import { afterEach, expect, test } from 'vitest'
import { setClock } from '#app/platform/clock.server.ts'
import { testDatabase } from '#test/database.ts'
import { aMember, aPair, aSentNotice } from '#test/notices.ts'
import { acknowledgeNotice } from './acknowledge-notice.server.ts'
import { extendClockOf } from './extend-clock.server.ts'
import { extensionForm } from './extensions.ts'
import { findExtending } from './find-extending.server.ts'
import { asMember } from './taker.server.ts'
import { verifyLedger } from './verify-ledger.server.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const { holder, vendor } = pair
afterEach(() => setClock(null))

const form = (clock: 'acknowledge' | 'decide', days: number, dueOn?: string) =>
  extensionForm.parse({ clock, days, reason: 'The office is closed.', ...(dueOn && { [clock]: dueOn }) })

async function sent() {
  setClock(new Date('2026-11-02T18:00:00Z'))
  return aSentNotice(db.owner, pair)
}

async function owed(noticeId: string) {
  const { rows } = await db.owner.query<{ audience: string }>(
    `select audience from mail_duty where notice_id = $1 and kind = 'clock-extended' order by created_at`,
    [noticeId],
  )
  return rows.map(({ audience }) => audience)
}

test('either side adds days, the other is told, and the sum and the ledger say so', async () => {
  const { id, reference } = await sent()
  const given = { reference, form: form('decide', 5) }
  expect(await extendClockOf({ member: holder.member, by: 'holder', ...given })).toEqual({ done: true })
  expect(await extendClockOf({ member: vendor.member, by: 'vendor', ...given })).toEqual({ done: true })
  expect(await owed(id)).toEqual(['vendor', 'holder'])
  const { rows } = await db.owner.query(
    `select c.due_on::text, n.decide_by::text, c.computed, c.look_at from clock c join notice n on n.id = c.notice_id
     where c.notice_id = $1 and c.kind = 'decide'`,
    [id],
  )
  // 20 and 10 working days from the 2nd, without Veterans Day, Thanksgiving and the day after.
  expect(rows[0]).toMatchObject({ due_on: '2026-12-17', decide_by: '2026-12-17' })
  expect(rows[0].computed.extensions).toMatchObject([
    { days: 5, by: 'holder', on: '2026-11-02' },
    { days: 5, by: 'vendor', on: '2026-11-02' },
  ])
  expect(JSON.stringify(rows[0].computed)).not.toContain('office')
  expect(rows[0].look_at).toEqual(new Date('2026-12-18T08:00:00Z'))
  expect(await verifyLedger({ reference })).toMatchObject({ broken: [] })
})

test('a form that was sent twice adds its days once; one that shows an old date adds none', async () => {
  const { id, reference } = await sent()
  const asked = { member: vendor.member, reference, by: 'vendor', form: form('acknowledge', 2, '2026-11-09') } as const
  const both = await Promise.all([extendClockOf(asked), extendClockOf(asked)])
  expect(both).toEqual([{ done: true }, { done: true }])
  expect(await owed(id)).toEqual(['holder'])
  const old = { ...asked, member: holder.member, by: 'holder', form: form('acknowledge', 3, '2026-11-09') } as const
  expect(await extendClockOf(old)).toEqual({ done: false, because: 'moved' })
})

test('a vendor at most doubles a clock, and a date that stays in the past is refused with the days it takes', async () => {
  const { reference } = await sent()
  const ask = (days: number) =>
    extendClockOf({ member: vendor.member, reference, by: 'vendor', form: form('acknowledge', days) })
  expect(await ask(6)).toMatchObject({ done: false, because: 'too-many', most: 5 })
  // Due on the 9th; it is the 13th, and the 11th is Veterans Day.
  setClock(new Date('2026-11-13T18:00:00Z'))
  expect(await ask(2)).toMatchObject({ done: false, because: 'still-past', least: 3 })
  expect(await ask(3)).toEqual({ done: true })
  expect(await ask(3)).toMatchObject({ done: false, because: 'too-many', most: 2 })
})

test('a clock that was met takes no days, nor does anybody without the right', async () => {
  const { id, reference } = await sent()
  await asMember(vendor.member, (tx, taker) => acknowledgeNotice(tx, { taker, noticeIds: [id] }))
  const asked = { reference, form: form('acknowledge', 2) }
  expect(await extendClockOf({ member: vendor.member, by: 'vendor', ...asked })).toEqual({
    done: false,
    because: 'not-running',
  })
  const viewer = await aMember(db.owner, holder.organisation, 'rights_holder', 'viewer')
  expect(await extendClockOf({ member: viewer, by: 'holder', ...asked })).toMatchObject({
    done: false,
    because: 'not-taken',
    untaken: { because: 'role-too-low' },
  })
  const stranger = (await aPair(db.owner)).vendor.member
  expect(await extendClockOf({ member: stranger, by: 'vendor', ...asked })).toBeNull()
  expect(await findExtending(stranger, reference)).toBeNull()
  expect(await findExtending(vendor.member, reference)).toMatchObject({
    side: 'vendor',
    clocks: [{ kind: 'decide', most: 20 }],
  })
})
