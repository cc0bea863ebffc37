import { afterEach, beforeEach, expect, test } from 'vitest'

import { resolveDuties } from '#app/mail/resolve-duties.server.ts'
import { noticeMailHandlers } from '#app/notices/notice-mail-handlers.server.ts'
import { now, setClock } from '#app/platform/clock.server.ts'
import { withPerson, withWorker } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { anOrganisation, aPerson, insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aPair } from '#test/notices.ts'
import { servedNotice } from '#test/served-notice.ts'

import { findAlarms } from './find-alarms.server.ts'
import { sweepAlarms } from './sweep-alarms.server.ts'

const db = await testDatabase()
const operator = await anOrganisation(db.owner, 'operator')
const people = [
  await aPerson(db.owner, { organisationId: operator.id, role: 'owner' }),
  await aPerson(db.owner, { organisationId: operator.id, role: 'viewer' }),
]
const outsider = (await aPair(db.owner)).holder.person
const start = new Date()
const later = (minutes: number) => setClock(new Date(start.getTime() + minutes * 60_000))
const alarms = (personId = people[0]?.id ?? '') => withPerson(personId, (tx) => findAlarms(tx))

async function mails(): Promise<string[]> {
  const { rows } = await db.owner.query<{ condition: string }>(
    `select facts->>'condition' as condition from mail_duty where kind = 'portal-alarm' order by id`,
  )
  return rows.map(({ condition }) => condition)
}

async function aFailedJob(): Promise<void> {
  const job = { kind: 'check-domain', subject_id: newId(), attempts: 3, run_at: start, created_at: start }
  await insert(db.owner, 'job', { id: newId(), ...job, status: 'failed', finished_at: now() })
}

beforeEach(async () => {
  await db.owner.query('truncate portal_alarm, alarm_sweep, job, mail_duty, heartbeat, outbox_hold cascade')
  later(0)
})
afterEach(() => setClock(null))

test('where nothing is wrong there is no alarm and no mail', async () => {
  expect(await sweepAlarms()).toEqual({ began: 0, ended: 0, mails: 0 })
  expect(await alarms()).toEqual({ open: [], past: [] })
})

test('every operator is mailed once, also when two workers sweep at once and again; nobody else sees it', async () => {
  await aFailedJob()
  await Promise.all([sweepAlarms(), sweepAlarms()])
  later(5)
  expect(await sweepAlarms()).toEqual({ began: 0, ended: 0, mails: 0 })
  await db.owner.query('update mail_duty set resolved_at = created_at')
  later(60 * 20)
  await sweepAlarms()
  expect(await mails()).toEqual(['jobs_failed', 'jobs_failed'])
  const { rows } = await db.owner.query('select person_id from mail_duty order by person_id')
  expect(rows.map(({ person_id }) => person_id)).toEqual(people.map(({ id }) => id).toSorted())
  expect((await alarms()).open).toMatchObject([
    { condition: 'jobs_failed', amount: 1, beganAt: expect.any(Date), endedAt: null },
  ])
  expect(await alarms(outsider.id)).toEqual({ open: [], past: [] })
})

test('an alarm ends, and is mailed again only when it comes back and a day has passed since the mail', async () => {
  await aFailedJob()
  await sweepAlarms()
  await db.owner.query(`update job set status = 'queued'`)
  later(5)
  expect(await sweepAlarms()).toEqual({ began: 0, ended: 1, mails: 0 })
  expect(await alarms()).toMatchObject({ open: [], past: [{ beganAt: expect.any(Date), endedAt: expect.any(Date) }] })
  later(10)
  await db.owner.query(`update job set status = 'failed', finished_at = $1`, [now()])
  expect(await sweepAlarms()).toEqual({ began: 1, ended: 0, mails: 0 })
  await db.owner.query('update mail_duty set resolved_at = created_at')
  later(24 * 60 + 5)
  expect(await sweepAlarms()).toEqual({ began: 0, ended: 0, mails: 2 })
  expect(await mails()).toHaveLength(4)
})

test('of two sweeps the earlier one writes nothing', async () => {
  later(5)
  await sweepAlarms()
  later(0)
  await aFailedJob()
  expect(await sweepAlarms()).toBeNull()
  expect(await mails()).toEqual([])
})

test('a mail that waits, and a process that is silent, until it reports', async () => {
  const duty = { kind: 'confirm-address', audience: 'address', address: 'p@example.test', created_at: start }
  await insert(db.owner, 'mail_duty', { id: newId(), ...duty, not_before: start })
  await insert(db.owner, 'heartbeat', { name: 'web', at: start })
  await insert(db.owner, 'heartbeat', { name: 'worker', at: start })
  later(20)
  const swept = await sweepAlarms()
  expect((await alarms()).open.map(({ condition, subject, amount }) => [condition, subject, amount])).toEqual([
    ['mail_waits', '', 20],
    ['process_silent', 'web', 20],
  ])
  expect(swept).toEqual({ began: 2, ended: 0, mails: 4 })
  await db.owner.query(`select set_heartbeat('web', $1)`, [now()])
  await db.owner.query(`select set_heartbeat('worker', $1)`, [now()])
  later(21)
  expect(await sweepAlarms()).toMatchObject({ ended: 1 })
  const { rows } = await db.owner.query(`select at from heartbeat where name = 'worker'`)
  expect(rows).toEqual([{ at: start }])
})

test('mail about a hold leaves under the hold, and nothing else does', async () => {
  const duty = { audience: 'person', person_id: outsider.id, not_before: start, created_at: start, facts: {} }
  await insert(db.owner, 'mail_duty', { id: newId(), ...duty, kind: 'import-finished' })
  await insert(db.owner, 'mail_duty', { id: newId(), ...duty, kind: 'portal-alarm', created_at: new Date(0) })
  await insert(db.owner, 'outbox_hold', { id: newId(), backup_made_at: start, restored_at: start })
  later(1)
  await sweepAlarms()
  await withWorker((tx) => resolveDuties(tx, { handlers: noticeMailHandlers, at: now(), most: 50 }))
  const { rows } = await db.owner.query<{ to_address: string }>('select kind, to_address from outgoing_mail')
  expect(rows.map(({ to_address }) => to_address).toSorted()).toEqual(people.map(({ email }) => email).toSorted())
})

test('of a contact whose mail comes back each operator hears once, until mail arrives or the contact is another', async () => {
  const { vendor } = await aPair(db.owner)
  const failed = (at: Date | null) =>
    db.owner.query('update vendor_contact set last_failed_at = $2 where id = $1', [vendor.contact.id, at])
  await failed(start)
  await sweepAlarms()
  later(5)
  await sweepAlarms()
  const { rows } = await db.owner.query('select name from vendor where id = $1', [vendor.id])
  expect((await alarms()).open).toMatchObject([{ condition: 'contact_fails', subject: rows[0].name, amount: 0 }])
  expect(await mails()).toEqual(['contact_fails', 'contact_fails'])
  await db.owner.query('update vendor_contact set last_delivered_at = $2 where id = $1', [vendor.contact.id, now()])
  later(10)
  expect(await sweepAlarms()).toEqual({ began: 0, ended: 1, mails: 0 })
})

test('ledgers are verified a few at a time, and a broken one stays named until it holds', async () => {
  const notices = [await servedNotice(db.owner), await servedNotice(db.owner), await servedNotice(db.owner)]
  await db.owner.query('truncate mail_duty cascade')
  const noticeId = notices[1]?.notice.id ?? ''
  const tamper = async (sql: string): Promise<void> => {
    await db.owner.query('alter table notice_event disable trigger user')
    await db.owner.query(sql, [noticeId])
    await db.owner.query('alter table notice_event enable trigger user')
  }
  await tamper(`update notice_event set at = at + interval '1 second' where notice_id = $1 and sequence = 1`)
  const seen: number[] = []
  for (const minute of [1, 2, 3, 4, 5]) {
    later(minute)
    await sweepAlarms(1)
    seen.push((await alarms()).open.filter(({ condition }) => condition === 'ledger_broken').length)
  }
  expect(seen).toEqual([0, 1, 1, 1, 1])
  expect((await alarms()).open).toMatchObject([{ references: [notices[1]?.notice.reference] }])
  expect(await mails()).toEqual(['ledger_broken', 'ledger_broken'])
  await tamper(`update notice_event set at = at - interval '1 second' where notice_id = $1 and sequence = 1`)
  later(6)
  expect(await sweepAlarms(1)).toMatchObject({ ended: 1 })
})
