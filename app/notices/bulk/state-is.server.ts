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

const conditions = {
  filed: () => Prisma.sql`n.stage not in ('draft', 'awaiting_approval')`,
  waiting: () => Prisma.sql`n.stage in ('queued', 'sent', 'delivered')`,
  acknowledged: () => Prisma.sql`n.stage in ('acknowledged', 'in_review', 'clarification_needed')`,
  overdue: (at) => Prisma.sql`(${acknowledgementOverdue(at)} or ${decisionOverdue(at)})`,
  decided: () => Prisma.sql`n.stage in ('decided', 'verifying', 'closed')`,
  // What the holder ended shows that, whatever was answered before.
  pending: () => Prisma.sql`(n.outcome = 'pending' and n.stage not in ('withdrawn', 'superseded'))`,
  all: () => Prisma.sql`(n.outcome = 'all' and n.stage <> 'withdrawn')`,
  partial: () => Prisma.sql`(n.outcome = 'partial' and n.stage <> 'withdrawn')`,
  none: () => Prisma.sql`(n.outcome = 'none' and n.stage <> 'withdrawn')`,
} as const satisfies Record<State, (at: Date) => Prisma.Sql>
