import { normalText } from '#app/platform/normal-text.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import type { WaitingOn } from './due-state.ts'
import type { Escalation } from './escalations.ts'
import type { NoticeKind } from './legal-bases/basis.ts'
import { isTallied, noticesPerPage, type Cursor, type NoticesFilter } from './notices-query.ts'
import type { NoticeOutcome } from './outcomes.ts'
import type { DueMark } from './due-mark.ts'
import { markColumns, markOf, type MarkedRow } from './mark-row.server.ts'
import { hasMatterNumber } from './matter-number.server.ts'
import { escalationOf } from './projection-row.server.ts'
import { parseReference } from './reference.ts'
import {
  acknowledgementOverdue,
  decisionOverdue,
  findViewpoint,
  ownNotices,
  ownTallies,
  unresponsive,
  veryOverdue,
  type Side,
  type Viewpoint,
} from './side.server.ts'
import type { Stage } from './stages.ts'

/** The other side of a notice, in both scripts. */
export interface Party {
  readonly id: string
  readonly name: string
  readonly nameOther: string | null
}

/** A line of a list of notices. */
export interface NoticeLine {
  readonly id: string
  readonly reference: string
  readonly kind: NoticeKind
  readonly party: string
  readonly partyOther: string | null
  readonly works: number
  readonly stage: Stage
  readonly outcome: NoticeOutcome
  readonly escalation: Escalation
  readonly waitingOn: WaitingOn
  readonly undeliverableAt: Date | null
  readonly acknowledgedAt: Date | null
  readonly acknowledgeBy: Date | null
  readonly acknowledgeDueAt: Date | null
  readonly decideBy: Date | null
  readonly decideDueAt: Date | null
  readonly challengeBy: Date | null
  /** What is late, or near. */
  readonly mark: DueMark | null
}

/** A page of a list of notices. */
export interface NoticesPage {
  readonly at: Date
  readonly side: Side
  readonly notices: readonly NoticeLine[]
  /** How many match, up to `mostCounted`. */
  readonly matching: number
  /** The other sides of all the organisation's notices, to filter by. */
  readonly parties: readonly (Party & { readonly count: number })[]
  readonly previous: Cursor
  readonly next: Cursor
}

/** How far matching notices are counted where the tallies cannot say; more are "10,000+". */
export const mostCounted = 10_000
const mostParties = 500

interface Wanted {
  readonly from: Viewpoint
  readonly filter: NoticesFilter
}

/**
 * A page of the organisation's notices, the newest first.
 *
 * @param wanted.most how many rows a page holds
 * @returns null for an organisation that has no side in notices, and for a vendor without a directory entry
 */
export function findNotices({
  member,
  filter,
  cursor,
  most = noticesPerPage,
}: {
  member: Member
  filter: NoticesFilter
  cursor: Cursor
  most?: number
}): Promise<NoticesPage | null> {
  const at = now()
  return withPerson(member.personId, async (tx) => {
    const from = await findViewpoint(tx, member)
    if (from === null) return null
    const { tallied, parties } = await findTallies(tx, { from, filter })
    const where = Prisma.sql`${ownNotices(from)} and ${matches({ side: from.side, filter, parties, at })}`
    const found = await findLines(tx, { side: from.side, where, cursor, most, at })
    return {
      at,
      side: from.side,
      ...found,
      matching: isTallied(filter) ? tallied : await countUpTo(tx, where),
      parties,
    }
  })
}

async function findTallies(
  tx: Transaction,
  { from, filter }: Wanted,
): Promise<{ tallied: number; parties: NoticesPage['parties'] }> {
  const { side } = from
  const party = side === 'holder' ? Prisma.sql`t.vendor_id` : Prisma.sql`t.holder_organisation_id`
  const names = side === 'holder' ? Prisma.sql`vendor` : Prisma.sql`organisation`
  const [row] = await tx.$queryRaw<[{ tallied: number; parties: (Party & { count: number })[] }]>`
    with own as (select ${party} as party, t.kind, t.stage, t.outcome, t.count from notice_tally t where ${ownTallies(from)})
    select coalesce((select sum(o.count)::int from own o where ${allOf([
      equals('o.stage', filter.stage),
      outcomeIs('o', filter.outcome),
      equals('o.kind', filter.kind),
      equals('o.party::text', filter.party),
    ])}), 0) as tallied,
    coalesce((select json_agg(p) from (
      select x.id, x.name, x.name_other as "nameOther", o.count from (select party, sum(count)::int as count from own group by party having sum(count) > 0) o
      join ${names} x on x.id = o.party order by lower(x.name), x.id limit ${mostParties}) p), '[]'::json) as parties`
  return row
}

async function findLines(
  tx: Transaction,
  { side, where, cursor, most, at }: { side: Side; where: Prisma.Sql; cursor: Cursor; most: number; at: Date },
): Promise<Pick<NoticesPage, 'notices' | 'previous' | 'next'>> {
  const names = side === 'holder' ? Prisma.sql`vendor` : Prisma.sql`organisation`
  const key = side === 'holder' ? Prisma.sql`n.vendor_id` : Prisma.sql`n.holder_organisation_id`
  const backwards = cursor !== null && 'before' in cursor
  const rows = await tx.$queryRaw<(Omit<NoticeLine, 'mark'> & MarkedRow)[]>`
    select ${markColumns}, n.id, n.reference, n.kind, p.name as party, p.name_other as "partyOther", n.works_count as works, n.stage, n.outcome, ${escalationFor(side)} as escalation,
      n.waiting_on as "waitingOn", n.undeliverable_at as "undeliverableAt", n.acknowledged_at as "acknowledgedAt",
      n.acknowledge_by as "acknowledgeBy", n.acknowledge_due_at as "acknowledgeDueAt", n.decide_by as "decideBy",
      n.decide_due_at as "decideDueAt", n.challenge_by as "challengeBy"
    from notice n join ${names} p on p.id = ${key}
    where ${where} and ${beyond(cursor)}
    order by n.id ${backwards ? Prisma.sql`asc` : Prisma.sql`desc`} limit ${most + 1}`
  const more = rows.length > most
  const page = rows.slice(0, most)
  const notices = (backwards ? page.toReversed() : page).map((row) => ({ ...row, mark: markOf(row, at) }))
  const first = notices[0]
  const last = notices.at(-1)
  return {
    notices,
    previous: first && (backwards ? more : cursor !== null) ? { before: first.id } : null,
    next: last && (backwards || more) ? { after: last.id } : null,
  }
}

// A vendor knows of an escalation by its line of the ledger alone, which it sees only if it was told.
function escalationFor(side: Side): Prisma.Sql {
  return side === 'holder'
    ? escalationOf
    : Prisma.sql`coalesce((select e.payload->>'escalation' from notice_event e where e.notice_id = n.id
        and e.type in ('notice.escalated', 'escalation.ended') order by e.sequence desc limit 1), 'none')`
}

async function countUpTo(tx: Transaction, where: Prisma.Sql): Promise<number> {
  const [row] = await tx.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from (select from notice n where ${where} limit ${mostCounted + 1}) as matching`
  return row.count
}

function matches({
  side,
  filter,
  parties,
  at,
}: {
  side: Side
  filter: NoticesFilter
  parties: NoticesPage['parties']
  at: Date
}): Prisma.Sql {
  const overdue = {
    any: Prisma.sql`(${acknowledgementOverdue(at)} or ${decisionOverdue(at)})`,
    acknowledgement: acknowledgementOverdue(at),
    decision: decisionOverdue(at),
    unresponsive,
    very: veryOverdue(at),
  }
  const party = partyOf(side)
  return allOf([
    equals('n.stage', filter.stage),
    outcomeIs('n', filter.outcome),
    equals('n.kind', filter.kind),
    equals('n.waiting_on', filter.waiting),
    filter.party === undefined ? undefined : Prisma.sql`${Prisma.raw(party)} = ${filter.party}::uuid`,
    filter.overdue === undefined ? undefined : overdue[filter.overdue],
    filter.bounced === undefined ? undefined : Prisma.sql`n.undeliverable_at is not null`,
    filter.q === undefined ? undefined : says(filter.q, side, parties),
  ])
}

function partyOf(side: Side): string {
  return side === 'holder' ? 'n.vendor_id' : 'n.holder_organisation_id'
}

// A reference, the vendor's own, for the holder its matter's number, or a name of the other side in either script.
function says(typed: string, side: Side, parties: NoticesPage['parties']): Prisma.Sql {
  const reference = parseReference(typed)?.reference
  if (reference !== undefined) return Prisma.sql`n.reference = ${reference}`
  const wanted = folded(typed)
  const named = parties.filter(({ name, nameOther }) => folded(`${name} ${nameOther ?? ''}`).includes(wanted))
  const ids = named.map(({ id }) => id)
  const byVendor = Prisma.sql`n.vendor_reference = ${typed}`
  const numbered = side === 'holder' ? Prisma.sql`${byVendor} or ${hasMatterNumber(typed)}` : byVendor
  const party = partyOf(side)
  return ids.length === 0
    ? Prisma.sql`(${numbered})`
    : Prisma.sql`(${Prisma.raw(party)} = any(${ids}::uuid[]) or ${numbered})`
}

function folded(text: string): string {
  return normalText(text, 'NFKC').toLowerCase()
}

function beyond(cursor: Cursor): Prisma.Sql {
  if (cursor === null) return Prisma.sql`true`
  return 'after' in cursor ? Prisma.sql`n.id < ${cursor.after}::uuid` : Prisma.sql`n.id > ${cursor.before}::uuid`
}

// As the list shows it: what the holder ended shows that, whatever was answered before.
function outcomeIs(row: 'n' | 'o', outcome: NoticeOutcome | undefined): Prisma.Sql | undefined {
  if (outcome === undefined) return undefined
  const ended = outcome === 'pending' ? ['withdrawn', 'superseded'] : ['withdrawn']
  const [shown, stage] = [Prisma.raw(`${row}.outcome`), Prisma.raw(`${row}.stage`)]
  return Prisma.sql`(${shown} = ${outcome} and ${stage} <> all(${ended}::text[]))`
}

function equals(column: string, value: string | undefined): Prisma.Sql | undefined {
  return value === undefined ? undefined : Prisma.sql`${Prisma.raw(column)} = ${value}`
}

function allOf(conditions: readonly (Prisma.Sql | undefined)[]): Prisma.Sql {
  const given = conditions.filter((condition) => condition !== undefined)
  return given.length === 0 ? Prisma.sql`true` : Prisma.join(given, ' and ')
}
