import { afterEach, expect, test } from 'vitest'
import { aVendor } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aFiler, readerOf } from '#test/filer.ts'
import { aFiling } from '#test/filings.ts'
import { resolveDuties } from '#app/mail/resolve-duties.server.ts'
import { now, setClock } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { forgetEnvironment } from '#app/platform/env.server.ts'
import { findFiling } from './find-filing.server.ts'
import { noticeMailHandlers } from './notice-mail-handlers.server.ts'

const db = await testDatabase()
const { rowsOf } = readerOf(db.owner)
const minute = 60_000
const hour = 60 * minute

afterEach(() => {
  setClock(null)
  delete process.env['FIRST_MAILS_PER_HOUR']
  forgetEnvironment()
})

function allow(perHour: number): void {
  process.env['FIRST_MAILS_PER_HOUR'] = String(perHour)
  forgetEnvironment()
}

function claim(at: Date): Promise<number> {
  setClock(at)
  return withWorker((tx) => resolveDuties(tx, { handlers: noticeMailHandlers, at, most: 500 }))
}

function hoursAfter(start: Date, at: number): number {
  return Math.round((at - start.getTime()) / hour)
}

async function begunOf(vendorId: string): Promise<number[]> {
  const rows = await rowsOf<{ begun_at: Date }>(
    'select begun_at from notice where vendor_id = $1 and begun_at is not null order by begun_at, id',
    [vendorId],
  )
  return rows.map(({ begun_at }) => begun_at.getTime())
}

test('one contact gets no more first mails an hour than are let through, and the page says when the others leave', async () => {
  allow(2)
  const { member, wanted } = await aFiler(db.owner)
  const vendor = await aVendor(db.owner)
  const references: string[] = []
  for (let count = 0; count < 5; count += 1)
    references.push(await aFiling(member, { ...wanted, vendorIds: [vendor.id] }))
  const start = new Date(now().getTime() + 31 * minute)
  expect(await claim(start)).toBeGreaterThan(0)
  expect(await begunOf(vendor.id)).toHaveLength(2)
  const last = await findFiling(member, references[4] ?? '')
  expect(hoursAfter(start, last?.notices[0]?.leavesAt?.getTime() ?? 0)).toBe(2)
  // Nothing more before the hour is over, however often the worker looks.
  await claim(new Date(start.getTime() + 59 * minute))
  expect(await begunOf(vendor.id)).toHaveLength(2)
  await claim(new Date(start.getTime() + hour + minute))
  await claim(new Date(start.getTime() + 2 * hour + 2 * minute))
  expect((await begunOf(vendor.id)).map((at) => hoursAfter(start, at))).toEqual([0, 0, 1, 1, 2])
})

test('an organisation may want fewer, and does not hold up another one', async () => {
  const first = await aFiler(db.owner)
  const second = await aFiler(db.owner)
  const vendor = await aVendor(db.owner)
  await db.owner.query('update organisation set first_mails_per_hour = 1 where id = $1', [first.holder.organisation.id])
  for (const filer of [first, first, second, second])
    await aFiling(filer.member, { ...filer.wanted, vendorIds: [vendor.id] })
  await claim(new Date(now().getTime() + 31 * minute))
  const rows = await rowsOf<{ holder_organisation_id: string }>(
    'select holder_organisation_id from notice where vendor_id = $1 and begun_at is not null',
    [vendor.id],
  )
  const own = (id: string) => rows.filter((row) => row.holder_organisation_id === id).length
  expect([own(first.holder.organisation.id), own(second.holder.organisation.id)]).toEqual([1, 2])
})

test('two workers at once let no more through than one', async () => {
  allow(3)
  const { member, wanted } = await aFiler(db.owner)
  const vendor = await aVendor(db.owner)
  for (let count = 0; count < 8; count += 1) await aFiling(member, { ...wanted, vendorIds: [vendor.id] })
  const at = new Date(now().getTime() + 31 * minute)
  setClock(at)
  const some = () => withWorker((tx) => resolveDuties(tx, { handlers: noticeMailHandlers, at, most: 4 }))
  await Promise.all([some(), some(), some()])
  expect(await begunOf(vendor.id)).toHaveLength(3)
})

test('other contacts are not held up', async () => {
  allow(1)
  const { member, wanted } = await aFiler(db.owner)
  await aFiling(member, wanted)
  await claim(new Date(now().getTime() + 31 * minute))
  for (const id of wanted.vendorIds) expect(await begunOf(id)).toHaveLength(1)
})
