import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import type { SmtpSink } from '#test/smtp-sink.ts'
import type { HurtPortal } from './portal.ts'

const stepMinutes = 45

/**
 * Waits until everything that is owed was done. Where work waits for its time (a second try, the lease of somebody who was
 * killed, a filing that could be recalled), the portal's clock moves on, but never while a mail is on its way.
 */
export async function settle(portal: HurtPortal, owner: pg.Pool, sink: SmtpSink): Promise<void> {
  await portal.untilWell()
  const until = Date.now() + 180_000
  while (Date.now() < until) {
    const { due, sending, later } = await countOpen(owner, portal.ahead())
    if (due + sending + later === 0) return
    // What is due now is done without help, if the worker is well; it only takes its time.
    await wait(200)
    if (due > 0 || (sending > 0 && !(await isQuiet(sink)))) continue
    portal.setClock(stepMinutes * 60)
    // A worker that saw its clock being set believes no lease for minutes; a new one saw nothing.
    if (sending > 0) portal.kill('worker')
  }
  throw new Error(`The portal still had work to do by ${new Date(Date.now() + portal.ahead() * 1000).toISOString()}`)
}

async function isQuiet(sink: SmtpSink): Promise<boolean> {
  const seen = sink.mails.length
  await wait(1_200)
  return sink.mails.length === seen
}

/** What is due at this moment of the portal's clock, what is on its way or under the lease of somebody who is gone, and what comes later. */
async function countOpen(
  owner: pg.Pool,
  aheadSeconds: number,
): Promise<{ due: number; sending: number; later: number }> {
  const { rows } = await owner.query<{ due: number; sending: number; later: number }>(
    `with open as (
       select false as sending, not_before as at from mail_duty where resolved_at is null and cancelled_at is null
         and (kind = 'notice-served' or not_before <= $1)
       union all select false, next_attempt_at from outgoing_mail where status in ('queued', 'deferred')
       union all select true, lease_until from outgoing_mail where status = 'sending'
       union all select false, run_at from job where status = 'queued'
       union all select true, lease_until from job where status = 'running'
       union all select false, next_attempt_at from inbound_mail where status = 'received')
     select count(*) filter (where at <= $1)::int as due, count(*) filter (where sending and at > $1)::int as sending,
       count(*) filter (where not sending and at > $1)::int as later from open`,
    [new Date(Date.now() + aheadSeconds * 1_000)],
  )
  return rows[0] ?? { due: 0, sending: 0, later: 0 }
}
