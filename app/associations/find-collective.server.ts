import { z } from 'zod'
import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { nameHere } from '#app/platform/name-here.server.ts'
import {
  collectiveContentSchema,
  collectiveStates,
  type CollectiveContent,
  type CollectiveState,
} from './collective.ts'

/** A collective filing of the reader's association. */
export interface CollectiveRecord {
  readonly id: string
  readonly reference: string
  readonly state: CollectiveState
  readonly revision: number
  readonly content: CollectiveContent
  readonly filingId: string | null
  readonly fourEyes: boolean
  readonly reviewHours: number
  readonly reviewEndsAt: Date | null
  readonly releasedAt: Date | null
  readonly calledOffAt: Date | null
  readonly calledOffBy: string | null
  readonly calledOffBecause: string | null
  readonly submittedAt: Date | null
  readonly submittedBy: string | null
  /** Submitted by the reader. */
  readonly own: boolean
  readonly sendAt: Date | null
  readonly members: number
  readonly chosen: number
  readonly made: number
  readonly leftOut: number
}

interface Row extends Omit<CollectiveRecord, 'content' | 'state'> {
  readonly content: unknown
  readonly state: string
}

/** A collective filing by its reference, with how far it is; null when the association has none of it. */
export function findCollective(member: Member, reference: string): Promise<CollectiveRecord | null> {
  return withPerson(member.personId, (tx) => readCollective(tx, member, reference))
}

/** The same inside a transaction. */
export async function readCollective(
  tx: Transaction,
  { personId, organisation }: Member,
  reference: string,
): Promise<CollectiveRecord | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    select c.id, c.reference, c.state, c.revision, c.content, c.filing_id as "filingId", o.four_eyes as "fourEyes",
      c.review_hours as "reviewHours", c.review_ends_at as "reviewEndsAt", c.released_at as "releasedAt",
      c.called_off_at as "calledOffAt", (select ${nameHere('q')} from person q where q.id = c.called_off_by) as "calledOffBy", c.called_off_because as "calledOffBecause",
      c.submitted_at as "submittedAt", ${nameHere('p')} as "submittedBy", coalesce(c.submitted_by = ${personId}::uuid, false) as own,
      (select f.send_at from filing f where f.id = c.filing_id) as "sendAt", k.members, k.chosen, k.made, k."leftOut"
    from collective_filing c join organisation o on o.id = c.association_id left join person p on p.id = c.submitted_by
    cross join lateral (select count(*)::int as members, (count(*) filter (where m.state = 'chosen'))::int as chosen,
      (count(*) filter (where m.state = 'made'))::int as made, (count(*) filter (where m.state = 'left_out'))::int as "leftOut"
      from collective_member m where m.collective_id = c.id) k
    where c.reference = ${reference} and c.association_id = ${organisation.id}::uuid`
  return row ? { ...row, state: stateOf(row.state), content: collectiveContentSchema.parse(row.content) } : null
}

/** A line of the association's list of collective filings. */
export interface CollectiveLine {
  readonly id: string
  readonly reference: string
  readonly state: CollectiveState
  readonly members: number
  readonly vendors: number
  readonly updatedAt: Date
  readonly reviewEndsAt: Date | null
}

const linesOnPage = 50

/** The association's collective filings, the latest first, with the id to go on after. */
export function listCollectives(
  member: Member,
  before: string | null,
): Promise<{ readonly lines: readonly CollectiveLine[]; readonly next: string | null }> {
  return withPerson(member.personId, async (tx) => {
    const rows = await tx.$queryRaw<(Omit<CollectiveLine, 'state'> & { state: string })[]>`
      select c.id, c.reference, c.state, c.updated_at as "updatedAt", c.review_ends_at as "reviewEndsAt",
        (select count(*)::int from collective_member m where m.collective_id = c.id) as members,
        jsonb_array_length(c.content -> 'filing' -> 'vendorIds') as vendors
      from collective_filing c where c.association_id = ${member.organisation.id}::uuid and (${before}::uuid is null or c.id < ${before}::uuid)
      order by c.id desc limit ${linesOnPage + 1}`
    const lines = rows.slice(0, linesOnPage).map((row) => ({ ...row, state: stateOf(row.state) }))
    return { lines, next: rows.length > linesOnPage ? (lines.at(-1)?.id ?? null) : null }
  })
}

function stateOf(state: string): CollectiveState {
  return z.enum(collectiveStates).parse(state)
}
