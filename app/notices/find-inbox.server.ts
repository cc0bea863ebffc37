import type { Member } from '#app/accounts/viewer.server.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { inboxParts, type Inbox, type InboxLine, type InboxPart, type InboxPartName, type InboxQuery } from './inbox.ts'
import { markColumns, markOf, type MarkedRow } from './mark-row.server.ts'
import { findViewpoint } from './side.server.ts'

/** How many lines a part shows among the others and alone, and how far they are counted. */
export const linesAmongOthers = 15
export const linesAlone = 50
export const mostCounted = 10_000

const week = 7 * 86_400_000

/**
 * What waits for a vendor: what it has not acknowledged, what it is to decide within seven days or is late with, and the
 * rest that is open; each part by its due date.
 *
 * @returns null for an organisation that has no entry of the directory
 */
export function findInbox(member: Member, { part, after }: InboxQuery): Promise<Inbox | null> {
  const at = now()
  return withPerson(member.personId, async (tx) => {
    const from = await findViewpoint(tx, member)
    if (from === null || from.side !== 'vendor') return null
    const vendor = await tx.vendor.findUniqueOrThrow({
      where: { id: from.key },
      select: { name: true, nameOther: true },
    })
    const most = part === null ? linesAmongOthers : linesAlone
    const wanted = { vendorId: from.key, at, after, most }
    const parts = Object.fromEntries(
      await Promise.all(
        inboxParts.map(
          async (name) =>
            [name, part === null || part === name ? await findPart(tx, { ...wanted, name }) : nothing] as const,
        ),
      ),
    )
    return { at, vendor, parts: { waiting: nothing, week: nothing, rest: nothing, ...parts } }
  })
}

const nothing: InboxPart = { lines: [], count: 0, next: null }

type Wanted = { vendorId: string; at: Date; after: string | null; most: number; name: InboxPartName }

async function findPart(tx: Transaction, { vendorId, at, after, most, name }: Wanted): Promise<InboxPart> {
  const where = Prisma.sql`n.vendor_id = ${vendorId}::uuid and ${belongsTo(name, new Date(at.getTime() + week))}`
  const due =
    name === 'waiting'
      ? Prisma.sql`coalesce(n.acknowledge_due_at, 'infinity')`
      : Prisma.sql`coalesce(n.decide_due_at, 'infinity')`
  const beyond =
    after === null
      ? Prisma.sql`true`
      : Prisma.sql`(${due}, n.id) > (select ${due}, n.id from notice n where n.id = ${after}::uuid)`
  const rows = await tx.$queryRaw<(Omit<InboxLine, 'mark'> & MarkedRow)[]>`
    select ${markColumns}, n.id, n.reference, n.kind, h.name as holder, h.name_other as "holderOther", n.works_count as works, n.stage,
      n.undeliverable_at as "undeliverableAt", n.acknowledged_at as "acknowledgedAt",
      n.acknowledge_by as "acknowledgeBy", n.acknowledge_due_at as "acknowledgeDueAt",
      n.decide_by as "decideBy", n.decide_due_at as "decideDueAt"
    from notice n join organisation h on h.id = n.holder_organisation_id
    where ${where} and ${beyond} order by ${due}, n.id limit ${most + 1}`
  const [counted] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (select from notice n where ${where} limit ${mostCounted + 1}) as open`
  const lines = rows.slice(0, most).map((row) => ({ ...row, mark: markOf(row, at) }))
  return { lines, count: counted?.count ?? 0, next: rows.length > most ? (lines.at(-1)?.id ?? null) : null }
}

function belongsTo(name: InboxPartName, until: Date): Prisma.Sql {
  switch (name) {
    case 'waiting':
      return Prisma.sql`n.stage in ('sent', 'delivered') and n.acknowledged_at is null`
    case 'week':
      return Prisma.sql`n.stage in ('acknowledged', 'in_review') and n.decide_due_at < ${until}`
    case 'rest':
    default:
      // While a question waits for the holder, the clock of the decision is paused.
      return Prisma.sql`(n.stage = 'clarification_needed' or n.stage in ('acknowledged', 'in_review') and (n.decide_due_at is null or n.decide_due_at >= ${until}))`
  }
}
