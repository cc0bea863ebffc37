import { Prisma } from '#app/generated/prisma/client.ts'
import { acknowledgementOverdue, decisionOverdue } from '#app/notices/side.server.ts'
import type { State } from './table-query.ts'

/**
 * The condition on `notice n` that it stands in a state. The table's rows and the matrix's cells ask it alike, so that a
 * count leads to exactly its rows.
 */
export function stateIs(state: State, at: Date): Prisma.Sql {
  return conditions[state](at)
}

const open = Prisma.sql`n.stage in ('queued', 'sent', 'delivered', 'acknowledged', 'in_review', 'clarification_needed')`
const settled = Prisma.sql`n.stage in ('decided', 'verifying', 'closed')`
const undeliverable = Prisma.sql`(n.undeliverable_at is not null and ${open})`
const overdue = (at: Date) => Prisma.sql`(${acknowledgementOverdue(at)} or ${decisionOverdue(at)})`

const conditions = {
  filed: () => Prisma.sql`n.stage not in ('draft', 'awaiting_approval')`,
  waiting: () => Prisma.sql`n.stage in ('queued', 'sent', 'delivered')`,
  acknowledged: () => Prisma.sql`n.stage in ('acknowledged', 'in_review', 'clarification_needed')`,
  overdue,
  undeliverable: () => undeliverable,
  decided: () => settled,
  // What the holder ended shows that, whatever was answered before.
  pending: () => Prisma.sql`(n.outcome = 'pending' and n.stage not in ('withdrawn', 'superseded'))`,
  all: () => Prisma.sql`(n.outcome = 'all' and n.stage <> 'withdrawn')`,
  partial: () => Prisma.sql`(n.outcome = 'partial' and n.stage <> 'withdrawn')`,
  none: () => Prisma.sql`(n.outcome = 'none' and n.stage <> 'withdrawn')`,
  in_trouble: (at) => Prisma.sql`(${undeliverable} or ${overdue(at)})`,
  // As the weekly mail counts whom members wait for.
  awaited:
    () => Prisma.sql`(n.stage in ('sent', 'delivered', 'acknowledged', 'in_review') and n.undeliverable_at is null
    and n.served_at is not null and n.id not in (select x.notice_id from notice_private x where x.escalation <> 'none'))`,
  decision_overdue: decisionOverdue,
  acknowledge_overdue: acknowledgementOverdue,
  question: () => Prisma.sql`n.stage = 'clarification_needed'`,
  awaiting_approval: () => Prisma.sql`n.stage = 'awaiting_approval'`,
  queued: () => Prisma.sql`n.stage = 'queued'`,
  sent: () => Prisma.sql`n.stage = 'sent'`,
  delivered: () => Prisma.sql`n.stage = 'delivered'`,
  under_acknowledgement: () => Prisma.sql`n.stage = 'acknowledged'`,
  in_review: () => Prisma.sql`n.stage = 'in_review'`,
  all_agreed: () => Prisma.sql`(${settled} and n.outcome = 'all')`,
  partly_agreed: () => Prisma.sql`(${settled} and n.outcome = 'partial')`,
  none_agreed: () => Prisma.sql`(${settled} and n.outcome = 'none')`,
  unanswered: () => Prisma.sql`(${settled} and n.outcome = 'pending')`,
  withdrawn: () => Prisma.sql`n.stage = 'withdrawn'`,
  superseded: () => Prisma.sql`n.stage = 'superseded'`,
} as const satisfies Record<State, (at: Date) => Prisma.Sql>
