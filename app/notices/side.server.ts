import type { Member } from '#app/accounts/viewer.server.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import type { Transaction } from '#app/platform/db.server.ts'

/** From which side an organisation looks at notices. */
export type Side = 'holder' | 'vendor'

/** The side of a member's organisation; associations and operators have none in lists of notices. */
export function sideOf(member: Member): Side | null {
  const { kind } = member.organisation
  if (kind === 'rights_holder') return 'holder'
  return kind === 'vendor' ? 'vendor' : null
}

/**
 * The side of the organisation and the key by which notices are its own: its own id for a holder, for a vendor the id
 * of its directory entry.
 */
export interface Viewpoint {
  readonly side: Side
  readonly key: string
}

/** From where a member looks at notices; nothing for a vendor without a directory entry, and for other kinds. */
export async function findViewpoint(tx: Transaction, member: Member): Promise<Viewpoint | null> {
  const side = sideOf(member)
  if (side === 'holder') return { side, key: member.organisation.id }
  if (side === null) return null
  const [vendor] = await tx.$queryRaw<
    { id: string }[]
  >`select id from vendor where organisation_id = ${member.organisation.id}::uuid`
  return vendor ? { side, key: vendor.id } : null
}

/**
 * The condition on `notice n` that makes it one of the organisation's own: filed for it, or sent to it.
 * A recalled notice is a draft again and in no list; a vendor's list begins with the sending.
 */
export function ownNotices({ side, key }: Viewpoint): Prisma.Sql {
  return side === 'holder'
    ? Prisma.sql`n.holder_organisation_id = ${key}::uuid and n.stage <> 'draft'`
    : Prisma.sql`n.vendor_id = ${key}::uuid and n.stage not in ('draft', 'awaiting_approval', 'queued')`
}

/** The same condition on `notice_tally t`. */
export function ownTallies({ side, key }: Viewpoint): Prisma.Sql {
  return side === 'holder'
    ? Prisma.sql`t.holder_organisation_id = ${key}::uuid and t.stage <> 'draft'`
    : Prisma.sql`t.vendor_id = ${key}::uuid and t.stage not in ('draft', 'awaiting_approval', 'queued')`
}

/** Past its acknowledge-by without an acknowledgement. The stages are those of the partial index. */
export function acknowledgementOverdue(at: Date): Prisma.Sql {
  return Prisma.sql`(n.acknowledged_at is null and n.stage in ('sent', 'delivered') and n.acknowledge_due_at < ${at})`
}

/** Chased as often as may be, without an acknowledgement. */
export const unresponsive = Prisma.sql`(n.unresponsive_at is not null and n.acknowledged_at is null and n.stage in ('sent', 'delivered'))`

/** Past its decide-by by twenty working days, as its clock counts them. */
export function veryOverdue(at: Date): Prisma.Sql {
  return Prisma.sql`(${decisionOverdue(at)} and exists (select from clock k where k.notice_id = n.id and k.kind = 'decide'
    and (k.computed ->> 'veryOverdueAt')::timestamptz < ${at}))`
}

/** Past its decide-by without a decision, while the clock is not paused by a question. */
export function decisionOverdue(at: Date): Prisma.Sql {
  return Prisma.sql`(n.stage in ('sent', 'delivered', 'acknowledged', 'in_review') and n.decide_due_at < ${at})`
}
