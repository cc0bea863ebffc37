import type { Member } from '#app/accounts/viewer.server.ts'
import { monthTurns } from '#app/notices/month-turns.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { findJointTotals, findVendorWorks, type JointTotals, type VendorWorks } from './find-joint-works.server.ts'
import { pairOf, type CoveredMember, type Pair, type PairRow } from './coverage.ts'
import { countsAll, type CoverageFilter } from './coverage-query.ts'

/** A vendor to which a member has filed. */
export interface CoveredVendor {
  readonly id: string
  readonly name: string
  readonly nameOther: string | null
}

/** Where every member stands with every vendor, as the mandates of an association let it see. */
export interface Coverage {
  readonly at: Date
  /** All whose mandate counts now. */
  readonly members: readonly CoveredMember[]
  /** Those that any counted notice goes to. */
  readonly vendors: readonly CoveredVendor[]
  /** Those with a notice, in no order. */
  readonly pairs: readonly Pair[]
  /** The works of all covered catalogues, whatever is filtered; null while they are being counted. */
  readonly works: JointTotals | null
  /** The works that the notices to a vendor name, each once; only where nothing is filtered, and none while they are being counted. */
  readonly vendorWorks: ReadonlyMap<string, VendorWorks>
}

/** The matrix of the member's association, from its counters: as fast with a million notices as with few. */
export function findCoverage(member: Member, filter: CoverageFilter): Promise<Coverage> {
  const at = now()
  const association = member.organisation.id
  return withPerson(member.personId, async (tx) => {
    const zone = member.organisation.timeZone
    const pairs = (await readPairs(tx, { association, filter, zone, at })).map((row) => pairOf(row))
    const members = await tx.$queryRaw<CoveredMember[]>`
      select o.id, o.name, o.name_other as "nameOther", to_json(g.vendors) as vendors from mandate_grant g join organisation o on o.id = g.member_id
      where g.association_id = ${association}::uuid and 'view' = any(g.scopes) and g.starts_at <= portal_now() and (g.ends_at is null or g.ends_at > portal_now())
      order by lower(o.name), o.id`
    const vendors = await tx.$queryRaw<CoveredVendor[]>`
      select v.id, v.name, v.name_other as "nameOther" from vendor v
      where v.id = any(${[...new Set(pairs.map(({ vendorId }) => vendorId))]}::uuid[]) order by lower(v.name), v.id`
    const works = await findJointTotals(tx, association)
    const vendorWorks = countsAll(filter) ? await findVendorWorks(tx, association) : new Map<string, VendorWorks>()
    return { at, members, vendors, pairs, works, vendorWorks }
  })
}

// One value in one row: eight thousand rows of twenty numbers each would take longer to unpack than to count.
async function readPairs(
  tx: Transaction,
  { association, filter, zone, at }: { association: string; filter: CoverageFilter; zone: string; at: Date },
): Promise<readonly PairRow[]> {
  const { kind = null, measure = null } = filter
  const { from, before } = monthTurns(filter, zone)
  const [row] = await tx.$queryRaw<[{ pairs: PairRow[] }]>`
    select association_coverage(${association}::uuid, ${kind}::text, ${measure}::text, ${from}::timestamptz, ${before}::timestamptz, ${at}::timestamptz) as pairs`
  return row.pairs
}
