import { Prisma } from '#app/generated/prisma/client.ts'
import type { WaitingOn } from './due-state.ts'
import type { Escalation } from './escalations.ts'
import type { NoticeOutcome } from './outcomes.ts'
import type { Projection } from './projection.ts'
import type { Standpoint } from './stages.ts'

/** The projected columns of a row of `notice`, days as text. */
export interface ProjectionRow {
  readonly stage: Standpoint
  readonly outcome: NoticeOutcome
  readonly escalation: Escalation
  readonly waiting_on: WaitingOn
  readonly last_sequence: number
  readonly last_hash: string
  readonly served_at: Date | null
  readonly delivered_at: Date | null
  readonly acknowledged_at: Date | null
  readonly decided_at: Date | null
  readonly closed_at: Date | null
  readonly withdrawn_at: Date | null
  readonly undeliverable_at: Date | null
  readonly unresponsive_at: Date | null
  readonly acknowledge_by: string | null
  readonly acknowledge_due_at: Date | null
  readonly decide_by: string | null
  readonly decide_due_at: Date | null
  readonly challenge_by: string | null
  readonly challenge_due_at: Date | null
}

/** The columns of `notice n` that make a `ProjectionRow` with `escalationOf`. */
export const projectionColumns = Prisma.sql`n.stage, n.outcome, n.waiting_on, n.last_sequence, n.last_hash, n.served_at,
  n.delivered_at, n.acknowledged_at, n.decided_at, n.closed_at, n.withdrawn_at, n.undeliverable_at, n.unresponsive_at,
  n.acknowledge_by::text, n.acknowledge_due_at, n.decide_by::text, n.decide_due_at, n.challenge_by::text, n.challenge_due_at`

/** The escalation of `notice n` as the asker may know it: `none` for the vendor's side, whatever the holder did. */
export const escalationOf = Prisma.sql`coalesce((select x.escalation from notice_private x where x.notice_id = n.id), 'none')`

/** The projection that a row holds. */
export function projectionOf(row: ProjectionRow): Projection {
  return {
    stage: row.stage,
    outcome: row.outcome,
    escalation: row.escalation,
    waitingOn: row.waiting_on,
    lastSequence: row.last_sequence,
    lastHash: row.last_hash,
    servedAt: instant(row.served_at),
    deliveredAt: instant(row.delivered_at),
    acknowledgedAt: instant(row.acknowledged_at),
    decidedAt: instant(row.decided_at),
    closedAt: instant(row.closed_at),
    withdrawnAt: instant(row.withdrawn_at),
    undeliverableAt: instant(row.undeliverable_at),
    unresponsiveAt: instant(row.unresponsive_at),
    acknowledgeBy: row.acknowledge_by,
    acknowledgeDueAt: instant(row.acknowledge_due_at),
    decideBy: row.decide_by,
    decideDueAt: instant(row.decide_due_at),
    challengeBy: row.challenge_by,
    challengeDueAt: instant(row.challenge_due_at),
  }
}

function instant(date: Date | null): string | null {
  return date === null ? null : date.toISOString()
}
