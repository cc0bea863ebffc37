import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { claimMails } from '#app/mail/claim-mails.server.ts'
import { openOutbox } from '#app/mail/run-outbox.server.ts'
import { resolveDuties } from '#app/mail/resolve-duties.server.ts'
import { sweepOutbox } from '#app/mail/sweep-outbox.server.ts'
import { noticeMailHandlers as handlers } from '#app/notices/notice-mail-handlers.server.ts'
import { verifyLedger } from '#app/notices/verify-ledger.server.ts'
import { now, setClock } from '#app/platform/clock.server.ts'
import { closeDatabase, withWorker } from '#app/platform/db.server.ts'
import { forgetEnvironment } from '#app/platform/env.server.ts'
import { smtpTransport } from '#app/platform/smtp.server.ts'
import { testDatabase } from '#test/database.ts'
import { aFiler } from '#test/filer.ts'
import { aFiling } from '#test/filings.ts'
import { oweMails } from '#test/outbox.ts'
import { smtpSink } from '#test/smtp-sink.ts'
import { backupCommand, restoreCommand } from './backup.server.ts'
import { heldMailCommand, releaseMailCommand } from './mail.server.ts'

const db = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'caveat-restore-'))
const sink = await smtpSink()
const transport = smtpTransport(sink.url, { connections: 3, connectSeconds: 1, silenceSeconds: 1, wholeSeconds: 3 })
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  setClock(null)
  await transport.close()
  await sink.stop()
})

const later = (minutes: number) => setClock(new Date(now().getTime() + minutes * 60_000))
const to = (name: string) => `${name}@vendor.test`
const sentTo = (name: string) => sink.mails.filter((mail) => mail.answered && mail.to.includes(to(name)))

/** What the worker does in its rounds: takes up what lies, and sends what is due. */
async function work(): Promise<void> {
  await withWorker((tx) => sweepOutbox(tx, { at: now() }))
  await openOutbox({ transport, handlers, lanes: 1 }).pass()
}

async function owe(...names: string[]): Promise<void> {
  await oweMails(db.owner, names.length, (number) => to(names[number] ?? ''))
}

async function statusOf(url: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ to: string; status: string }>(
    "select split_part(to_address, '@', 1) as to, status from outgoing_mail where notice_id is null order by 1",
  )
  await client.end()
  return Object.fromEntries(rows.map((row) => [row.to, row.status]))
}

async function emptyDatabase(): Promise<string> {
  const url = new URL(inject('adminUrl'))
  const name = `restored_mails_${Date.now()}`
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  await client.query(`create database ${name} template caveat_template`)
  await client.end()
  url.pathname = `/${name}`
  return url.href
}

async function useDatabase(url: string): Promise<void> {
  await closeDatabase()
  process.env['DATABASE_URL'] = url
  forgetEnvironment()
}

let restored: string
const served: string[] = []

test('a portal with mails in every state is backed up, lives on for a moment, and is restored', async () => {
  // A filing that was served, so that there is a ledger, and one that still waits for its time.
  const { member, wanted, vendors } = await aFiler(db.owner)
  served.push(...vendors.map(({ contact }) => contact.address))
  await aFiling(member, wanted)
  later(60)
  await work()
  await aFiling(member, wanted)

  await owe('accepted')
  await work()
  sink.always({ at: 'rcpt', to: to('deferred'), say: '450 4.2.0 Greylisted' })
  await owe('deferred')
  await work()
  // The server has the mail, and its answer is lost: nobody can know (RFC 1047).
  sink.always({ at: 'dot', to: to('ambiguous'), close: true })
  await owe('ambiguous')
  await work()
  sink.always()
  // A worker that was killed after it had taken a mail.
  await owe('sending')
  const leaseUntil = new Date(now().getTime() + 150_000)
  await withWorker(async (tx) => {
    await resolveDuties(tx, { handlers, at: now(), most: 10 })
    await claimMails(tx, { handlers, at: now(), leaseUntil, most: 10 })
  })
  // Resolved, not yet taken; and owed, not yet a mail.
  await owe('queued', 'sent-after')
  await withWorker(async (tx) => {
    await resolveDuties(tx, { handlers, at: now(), most: 10 })
  })
  await owe('owed')
  expect(await statusOf(db.url)).toEqual({
    accepted: 'accepted',
    ambiguous: 'deferred',
    deferred: 'deferred',
    queued: 'queued',
    sending: 'sending',
    'sent-after': 'queued',
  })

  await backupCommand(join(folder, 'backup'))
  // The portal lives on for a moment, and sends one of them: this the backup cannot know.
  await db.owner.query(
    "update outgoing_mail set next_attempt_at = next_attempt_at + interval '1 day' where status in ('queued', 'deferred') and to_address <> $1",
    [to('sent-after')],
  )
  await db.owner.query("update mail_duty set not_before = not_before + interval '1 day' where resolved_at is null")
  await openOutbox({ transport, handlers, lanes: 1 }).pass()
  expect(sentTo('sent-after')).toHaveLength(1)

  restored = await emptyDatabase()
  await useDatabase(restored)
  await restoreCommand(join(folder, 'backup'))
}, 60_000)

test('the ledger of the restored portal verifies', async () => {
  const report = await verifyLedger()
  expect(report.notices).toBe(6)
  expect(report.broken).toEqual([])
})

test('nothing is sent before the operator releases it, however long that takes', async () => {
  const before = sink.mails.length
  for (const hours of [24, 24, 48]) {
    later(hours * 60)
    await work()
  }
  expect(sink.mails.length).toBe(before)
  // The lease of the killed worker ran out: its sending is said to be uncertain, and waits like the others.
  expect(await statusOf(restored)).toMatchObject({ sending: 'deferred', queued: 'queued', accepted: 'accepted' })
})

test('the operator sees what waited when the backup was taken, and lets go all but what went out since', async () => {
  const { json } = await heldMailCommand()
  const held = json['held']
  if (!Array.isArray(held)) throw new Error('no list')
  const names = held
    .filter(({ toAddress }) => String(toAddress).endsWith('@vendor.test'))
    .map(({ toAddress }) => String(toAddress).split('@')[0])
  expect(names).toEqual(expect.arrayContaining(['deferred', 'ambiguous', 'sending', 'queued', 'sent-after', 'owed']))
  expect(names).not.toContain('accepted')
  const wentOut = held.find(({ toAddress }) => toAddress === to('sent-after'))
  expect((await releaseMailCommand({ except: [wentOut.id] })).json).toEqual({ released: true })
  expect((await releaseMailCommand({ except: [] })).json, 'a second time there is nothing to release').toEqual({
    released: false,
  })
})

test('then every mail that waited goes out once, and none that was accepted goes twice', async () => {
  const before = new Map(
    served.map((address) => [address, sink.mails.filter((mail) => mail.to.includes(address)).length]),
  )
  for (const hours of [24, 24, 48]) {
    later(hours * 60)
    await work()
  }
  for (const name of ['accepted', 'deferred', 'sending', 'queued', 'owed', 'sent-after'])
    expect({ name, times: sentTo(name).length }).toEqual({ name, times: 1 })
  // Sent again since nobody knows: the same bytes under the same Message-ID, so that a reader's server can tell.
  const copies = sink.mails.filter((mail) => mail.to.includes(to('ambiguous')))
  expect(copies).toHaveLength(2)
  expect(copies[0]?.raw.equals(copies[1]?.raw ?? Buffer.alloc(0))).toBe(true)
  expect(await statusOf(restored)).toMatchObject({ 'sent-after': 'failed', ambiguous: 'accepted', sending: 'accepted' })
  // The first filing was served before the backup, the second is served now: one more letter for each vendor.
  const letters = await withWorker((tx) =>
    tx.outgoingMail.groupBy({ by: ['toAddress'], where: { kind: 'notice-served', status: 'accepted' }, _count: true }),
  )
  expect(letters.length).toBeGreaterThanOrEqual(served.length)
  expect(new Set(letters.map(({ _count: count }) => count))).toEqual(new Set([2]))
  for (const address of served)
    expect(sink.mails.filter((mail) => mail.to.includes(address)).length).toBeGreaterThan(before.get(address) ?? 0)
  expect((await verifyLedger()).broken).toEqual([])
})
