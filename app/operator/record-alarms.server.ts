import { withWorker, type Transaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { newId } from '#app/platform/id.ts'
import { wake } from '#app/platform/wake.server.ts'

import { isMailDue, type Raised } from './alarms.ts'

/** How many alarms began and ended, and how many mails are owed for them. */
export type SweptAlarms = { began: number; ended: number; mails: number }

type Sweep = { raised: readonly Raised[]; at: Date; ledgerAfter: string | null }
type Open = {
  id: string
  condition: string
  subject: string
  amount: number
  mailedAt: Date | null
  lastMailedAt: Date | null
}

/** Writes what a sweep found, in one transaction with the mails that it owes; null when a later sweep has written already. */
export function recordAlarms({ raised, at, ledgerAfter }: Sweep): Promise<SweptAlarms | null> {
  return withWorker(async (tx) => {
    // Takes the row, so that sweeps write one after the other.
    const taken = await tx.$executeRaw`
      insert into alarm_sweep (name, ran_at, ledger_after) values ('portal', ${at}, ${ledgerAfter}::uuid)
      on conflict (name) do update set ran_at = excluded.ran_at, ledger_after = excluded.ledger_after
      where alarm_sweep.ran_at < excluded.ran_at`
    if (taken === 0) return null
    const ended = await endOthers(tx, raised, at)
    let began = 0
    for (const each of raised) if (await raise(tx, each, at)) began += 1
    return { began, ended, mails: await mailOperators(tx, at) }
  })
}

async function endOthers(tx: Transaction, raised: readonly Raised[], at: Date): Promise<number> {
  return tx.$executeRaw`
    update portal_alarm a set ended_at = ${at} where a.ended_at is null and not exists (
      select from unnest(${raised.map(({ condition }) => condition)}::text[], ${raised.map(({ subject }) => subject)}::text[])
        as r (condition, subject) where r.condition = a.condition and r.subject = a.subject)`
}

async function raise(tx: Transaction, { condition, subject, amount, notices }: Raised, at: Date): Promise<boolean> {
  const lasting = await tx.portalAlarm.updateMany({
    where: { condition, subject, endedAt: null },
    data: { amount, notices: [...notices], seenAt: at },
  })
  if (lasting.count > 0) return false
  await tx.portalAlarm.create({
    data: { id: newId(), condition, subject, amount, notices: [...notices], beganAt: at, seenAt: at },
  })
  return true
}

async function mailOperators(tx: Transaction, at: Date): Promise<number> {
  const open = await tx.$queryRaw<Open[]>`
    select a.id, a.condition, a.subject, a.amount, a.mailed_at as "mailedAt",
      (select max(b.mailed_at) from portal_alarm b where b.condition = a.condition and b.subject = a.subject) as "lastMailedAt"
    from portal_alarm a where a.ended_at is null order by a.id`
  const due = open.filter((alarm) => isMailDue(alarm, at))
  if (due.length === 0) return 0
  const operators = await tx.membership.findMany({
    where: { organisation: { kind: 'operator' } },
    select: { organisationId: true, person: { select: { id: true, name: true } } },
  })
  // Whoever becomes an operator later is told then.
  if (operators.length === 0) return 0
  const duties = due.flatMap(({ condition, subject, amount }) =>
    operators.map(({ organisationId, person }) => ({
      id: newId(),
      kind: 'portal-alarm',
      audience: 'person',
      personId: person.id,
      organisationId,
      facts: { name: person.name, condition, subject, amount, url: `${env().BASE_URL}/operator` },
      notBefore: at,
      createdAt: at,
    })),
  )
  await tx.mailDuty.createMany({ data: duties })
  await tx.portalAlarm.updateMany({ where: { id: { in: due.map(({ id }) => id) } }, data: { mailedAt: at } })
  await wake(tx, 'mail')
  return duties.length
}
