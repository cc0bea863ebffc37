import type { Member } from '#app/accounts/viewer.server.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { stateIs } from './state-is.server.ts'
import { tableRows } from './table-conditions.server.ts'
import { states, type TableFilter } from './table-query.ts'
import { holdersOf, tableViewpoint } from './table-viewpoint.server.ts'

/** A value to filter by, and how many of the matching notices have it; null where that was not counted. */
export interface FacetValue {
  readonly value: string
  readonly name: string | null
  readonly nameOther: string | null
  readonly count: number | null
}

/** What the table can be filtered by. */
export interface Facets {
  readonly members: readonly FacetValue[]
  readonly vendors: readonly FacetValue[]
  readonly kinds: readonly FacetValue[]
  readonly states: readonly FacetValue[]
  readonly measures: readonly FacetValue[]
  readonly tags: readonly FacetValue[]
  readonly people: readonly FacetValue[]
  /** Some holder has more than were looked at: the counts are the least that there are. */
  readonly cut: boolean
}

// So many matching notices are looked at to count them by their values.
const mostScanned = 10_000
/** For measures one more table is read for each: they are counted where few match. */
const mostMeasured = 5_000
const mostValues = 500

/**
 * What the table can be filtered by, with how many of the matching notices have each value.
 *
 * @param wanted.most how many notices are looked at
 * @returns null for organisations that have no such table
 */
export function findFacets({
  member,
  filter,
  most = mostScanned,
}: {
  member: Member
  filter: TableFilter
  most?: number
}): Promise<Facets | null> {
  const from = tableViewpoint(member)
  if (from === null) return Promise.resolve(null)
  const at = now()
  return withPerson(member.personId, async (tx) => {
    const rows = await tableRows(tx, { from, filter, at })
    const [size] = await tx.$queryRaw<
      [{ holders: number }]
    >`select count(*)::int as holders from ${holdersOf(from, filter.member)}`
    const share = rows.byHolder ? Math.max(50, Math.ceil(most / Math.max(1, size.holders))) : most
    const scan = rows.read({ columns: scanColumns(at), each: Prisma.sql`limit ${share + 1}` })
    const own = Prisma.sql`${from.organisationId}::uuid`
    const [found] = await tx.$queryRaw<[{ facets: Facets }]>`
      with scan as materialized (${scan}),
        by_holder as (select s.holder, count(*)::int as count from scan s group by 1),
        by_vendor as (select s.vendor, count(*)::int as count from scan s group by 1),
        few as (select (select count(*) from scan) <= ${mostMeasured} as measured),
        tagged as (select t.tag, count(s.id)::int as count from (select x.tag, x.notice_id from notice_tag x where x.organisation_id = ${own} limit ${most}) t
          left join scan s on s.id = t.notice_id group by 1 order by 2 desc, 1 limit ${mostValues}),
        looked as (select a.person_id, count(s.id)::int as count from notice_assignment a left join scan s on s.id = a.notice_id
          where a.organisation_id = ${own} group by 1)
      select json_build_object(
        'members', ${listOf(Prisma.sql`select o.id::text as value, o.name, o.name_other as "nameOther", coalesce(b.count, 0) as count
          from ${holdersOf(from)} join organisation o on o.id = g.member_id left join by_holder b on b.holder = o.id order by lower(o.name), o.id limit ${mostValues}`)},
        'vendors', ${listOf(Prisma.sql`select v.id::text as value, v.name, v.name_other as "nameOther", coalesce(b.count, 0) as count
          from vendor v left join by_vendor b on b.vendor = v.id where b.count > 0 or v.id::text = ${filter.vendor ?? ''} order by lower(v.name), v.id limit ${mostValues}`)},
        'kinds', ${listOf(Prisma.sql`select s.kind as value, null as name, null as "nameOther", count(*)::int as count from scan s group by 1 order by 4 desc`)},
        'states', ${listOf(Prisma.sql`select k.value, null as name, null as "nameOther", count(*)::int as count from scan s cross join lateral unnest(s.states) k (value) group by 1`)},
        'measures', ${listOf(Prisma.sql`select q.measure as value, null as name, null as "nameOther", count(*)::int as count
          from scan s join notice_measure q on q.notice_id = s.id where (select f.measured from few f) group by 1 order by 4 desc`)},
        'tags', ${listOf(Prisma.sql`select t.tag as value, null as name, null as "nameOther", t.count from tagged t`)},
        'people', ${listOf(Prisma.sql`select p.id::text as value, p.name, p.name_other as "nameOther", coalesce(l.count, 0) as count
          from membership b join person p on p.id = b.person_id left join looked l on l.person_id = p.id
          where b.organisation_id = ${own} order by lower(p.name), p.id limit ${mostValues}`)},
        'cut', exists (select from by_holder b where b.count > ${share}) or (select count(*) from scan) > ${most}) as facets`
    return found.facets
  })
}

function scanColumns(at: Date): Prisma.Sql {
  const named = states.map((state) => Prisma.sql`case when ${stateIs(state, at)} then ${state}::text end`)
  return Prisma.sql`n.id, n.holder_organisation_id as holder, n.vendor_id as vendor, n.kind,
    array_remove(array[${Prisma.join(named)}], null) as states`
}

function listOf(rows: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`coalesce((select json_agg(r) from (${rows}) r), '[]'::json)`
}
