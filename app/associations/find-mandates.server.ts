import type { Member } from '#app/accounts/viewer.server.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { mandateScopes, type MandateScope } from './mandate.ts'
import { stateOf, type MandateFilter, type MandateState } from './mandate-state.ts'
import type { MandateSide } from './mandate-paths.ts'

/** A mandate in a list, with the organisation on the other side. */
export interface MandateRow {
  readonly id: string
  readonly partner: { readonly name: string; readonly nameOther: string | null }
  readonly state: MandateState
  /** Of what counts, or counted last, or is offered. */
  readonly scopes: readonly MandateScope[]
  /** How many are named; null is all. */
  readonly vendors: number | null
  readonly measures: number | null
  readonly catalogues: number | null
  readonly approvalRequired: boolean
  readonly startsOn: string
  readonly endsOn: string | null
  /** Who waits for whom. */
  readonly offer: 'ours' | 'theirs' | null
}

/** A page of the list. */
export interface MandatesPage {
  readonly rows: readonly MandateRow[]
  readonly counts: Readonly<Record<MandateFilter, number>>
  /** The cursor of the next page. */
  readonly next: string | null
}

const perPage = 50

interface Row {
  id: string
  name: string
  nameOther: string | null
  scopes: string[]
  vendors: number | null
  measures: number | null
  catalogues: number | null
  approvalRequired: boolean
  startsOn: string
  endsOn: string | null
  accepted: boolean
  startsAt: Date
  endsAt: Date | null
  endedAt: Date | null
  revokedAt: Date | null
  offeredBy: string | null
}

/** The mandates of an organisation on one side, by the partner's name. An organisation has at most some thousands. */
export function findMandates({
  member,
  side,
  filter,
  after,
}: {
  member: Member
  side: MandateSide
  filter: MandateFilter
  after: string | null
}): Promise<MandatesPage> {
  return withPerson(member.personId, async (tx) => {
    const at = now()
    const own = { id: member.organisation.id, side, at }
    const counts = await countMandates(tx, own)
    const rows = await tx.$queryRaw<Row[]>`
      select * from (${listed(own)}) l where ${filtered(filter)}
        and (${after}::uuid is null or (l.name, l.id) > (select x.name, x.id from (${listed(own)}) x where x.id = ${after}::uuid))
      order by l.name, l.id limit ${perPage + 1}`
    const shown = rows.slice(0, perPage)
    return {
      rows: shown.map((row) => mandateRow(row, member.organisation.id, at)),
      counts,
      next: rows.length > perPage ? (shown.at(-1)?.id ?? null) : null,
    }
  })
}

type Own = { id: string; side: MandateSide; at: Date }

async function countMandates(tx: Transaction, own: Own): Promise<Record<MandateFilter, number>> {
  const [counted] = await tx.$queryRaw<Record<MandateFilter, number>[]>`
    select count(*) filter (where ${filtered('now')})::int as now, count(*) filter (where ${filtered('waiting')})::int as waiting,
      count(*) filter (where ${filtered('ended')})::int as ended from (${listed(own)}) l`
  return counted ?? { now: 0, waiting: 0, ended: 0 }
}

function filtered(filter: MandateFilter): Prisma.Sql {
  if (filter === 'waiting') return Prisma.sql`l."offeredBy" is not null`
  return filter === 'now' ? Prisma.sql`l.counts` : Prisma.sql`not l.counts and l."offeredBy" is null`
}

// What was accepted last, else what is or was offered last; the days are the member's.
function listed({ id, side, at }: Own): Prisma.Sql {
  const [mine, theirs] = side === 'association' ? ['association_id', 'member_id'] : ['member_id', 'association_id']
  return Prisma.sql`
    select m.id, o.name, o.name_other as "nameOther", v.scopes, cardinality(v.vendors) as vendors, cardinality(v.measures) as measures,
      cardinality(v.catalogues) as catalogues, v.approval_required as "approvalRequired", v.starts_on::text as "startsOn", v.ends_on::text as "endsOn",
      v.accepted_at is not null as accepted, v.starts_on::timestamp at time zone z.zone as "startsAt", (v.ends_on + 1)::timestamp at time zone z.zone as "endsAt",
      v.ended_at as "endedAt", v.revoked_at as "revokedAt", w.offered_by_organisation_id as "offeredBy",
      v.accepted_at is not null and v.ended_at is null and (v.ends_on is null or (v.ends_on + 1)::timestamp at time zone z.zone > ${at}) as counts
    from mandate m join organisation o on o.id = m.${Prisma.raw(theirs)}
    cross join lateral (select mandate_zone(m.id) as zone) z
    cross join lateral (select * from mandate_version x where x.mandate_id = m.id
      order by x.accepted_at desc nulls last, x.version desc limit 1) v
    left join mandate_version w on w.mandate_id = m.id and w.accepted_at is null and w.declined_at is null
    where m.${Prisma.raw(mine)} = ${id}::uuid`
}

function mandateRow(row: Row, ownId: string, at: Date): MandateRow {
  const { id, name, nameOther, accepted, startsAt, endsAt, endedAt, revokedAt, offeredBy } = row
  const { vendors, measures, catalogues, approvalRequired, startsOn, endsOn } = row
  return {
    id,
    partner: { name, nameOther },
    state: stateOf(
      { accepted: accepted ? { startsAt, endsAt, endedAt, revokedAt } : null, offerWaits: offeredBy !== null },
      at,
    ),
    scopes: mandateScopes.filter((scope) => row.scopes.includes(scope)),
    vendors,
    measures,
    catalogues,
    approvalRequired,
    startsOn,
    endsOn,
    offer: offeredBy === null ? null : offeredBy === ownId ? 'ours' : 'theirs',
  }
}
