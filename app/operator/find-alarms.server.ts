import { z } from 'zod'
import type { Transaction } from '#app/platform/db.server.ts'

import { alarmConditions, type AlarmCondition } from './alarms.ts'

/** An alarm as an operator sees it. */
export type AlarmRow = {
  id: string
  condition: AlarmCondition
  subject: string
  amount: number
  /** The references of notices whose ledgers do not hold. */
  references: string[]
  beganAt: Date
  endedAt: Date | null
}

/** How many alarms that are over are shown at most. */
export const mostPast = 50

const condition = z.enum(alarmConditions)

/** The alarms that last, oldest first, and the latest of those that are over. Row-level security shows them to operators alone. */
export async function findAlarms(tx: Transaction): Promise<{ open: AlarmRow[]; past: AlarmRow[] }> {
  const open = await tx.portalAlarm.findMany({ where: { endedAt: null }, orderBy: { id: 'asc' } })
  const past = await tx.portalAlarm.findMany({
    where: { endedAt: { not: null } },
    orderBy: { id: 'desc' },
    take: mostPast,
  })
  const noticeIds = [...open, ...past].flatMap(({ notices }) => notices)
  const rows = await tx.$queryRaw<
    { id: string; reference: string }[]
  >`select id, reference from operator_notice_references(${noticeIds}::uuid[])`
  const references = new Map(rows.map(({ id, reference }) => [id, reference]))
  const shown = (alarm: (typeof open)[number]): AlarmRow => ({
    id: alarm.id,
    condition: condition.parse(alarm.condition),
    subject: alarm.subject,
    amount: alarm.amount,
    references: alarm.notices.map((id) => references.get(id) ?? id),
    beganAt: alarm.beganAt,
    endedAt: alarm.endedAt,
  })
  return { open: open.map((alarm) => shown(alarm)), past: past.map((alarm) => shown(alarm)) }
}
