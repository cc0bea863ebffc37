import { recordAlarms, type SweptAlarms } from './record-alarms.server.ts'
import { verifyLedger, verifyLedgersAfter } from '#app/notices/verify-ledger.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withWorker, type Transaction } from '#app/platform/db.server.ts'
import { findHealth } from '#app/platform/portal-health.server.ts'

import { judgeStanding, type Standing } from './alarms.ts'

/** How many ledgers one sweep verifies; the next goes on from there. */
const sampleSize = 50
/** How many broken ledgers an alarm names, and looks at again in every sweep. */
const mostNamed = 20

/**
 * Looks how the portal stands, writes what is wrong as alarms, ends those that are over and owes the operators their mails.
 * Any number of workers may do it at once: of two sweeps only the later writes.
 *
 * @returns null when a later sweep has written already
 */
export async function sweepAlarms(sample: number = sampleSize): Promise<SweptAlarms | null> {
  const at = now()
  const known = await withWorker(async (tx) => ({
    after: (await tx.alarmSweep.findUnique({ where: { name: 'portal' } }))?.ledgerAfter ?? null,
    broken: await tx.portalAlarm.findFirst({ where: { condition: 'ledger_broken', endedAt: null } }),
    failedJobs: await tx.job.count({ where: { status: 'failed', finishedAt: { gt: dayBefore(at) } } }),
    failingContacts: await findFailingContacts(tx),
  }))
  const ledgers = await verifyLedgersAfter(known.after, sample)
  const brokenLedgers = new Set(ledgers.broken)
  for (const noticeId of known.broken?.notices ?? []) {
    const { broken } = await verifyLedger({ noticeId })
    if (broken.length > 0) brokenLedgers.add(noticeId)
  }
  const health = await findHealth()
  const valueOf = (name: string): number => health.find((line) => line.name === name)?.value ?? 0
  const standing: Standing = {
    oldestMailSeconds: Math.max(valueOf('caveat_mail_duty_oldest_seconds'), valueOf('caveat_mail_oldest_seconds')),
    isHeld: valueOf('caveat_mails_held') > 0,
    failedJobs: known.failedJobs,
    oldestJobSeconds: valueOf('caveat_job_oldest_seconds'),
    failingContacts: known.failingContacts,
    brokenLedgers: [...brokenLedgers].slice(0, mostNamed),
    processes: health.flatMap(({ name, label, value }) =>
      name === 'caveat_heartbeat_age_seconds' && label !== null ? [{ name: label, silentSeconds: value }] : [],
    ),
  }
  return recordAlarms({ raised: judgeStanding(standing), at, ledgerAfter: ledgers.next })
}

// The last that is known of a contact in use: its mail came back. What arrived since forgives it.
function findFailingContacts(tx: Transaction): Promise<Standing['failingContacts']> {
  return tx.$queryRaw<{ vendor: string; notices: number }[]>`
    select v.name as vendor, sum((select count(*) from notice n where n.contact_id = c.id and n.undeliverable_at is not null
      and n.stage in ('queued', 'sent', 'delivered', 'acknowledged', 'in_review', 'clarification_needed')))::int as notices
    from vendor_contact c join vendor v on v.id = c.vendor_id
    where c.retired_at is null and c.verified_at is not null and c.last_failed_at is not null
      and (c.last_delivered_at is null or c.last_delivered_at < c.last_failed_at)
    group by v.name order by max(c.last_failed_at) desc limit ${mostNamed}`
}

function dayBefore(at: Date): Date {
  return new Date(at.getTime() - 86_400_000)
}
