import type { Member } from '#app/accounts/viewer.server.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { mayDo } from '#app/accounts/roles.ts'
import { nameHere } from '#app/platform/name-here.server.ts'
import { waitingIn } from './find-approvals.server.ts'
import type { NoticeOutcome } from './outcomes.ts'
import { acknowledgementOverdue, decisionOverdue, unresponsive } from './side.server.ts'
import type { Stage } from './stages.ts'

/** Notices of one vendor that have the same trouble. */
export interface Trouble {
  readonly vendorId: string
  readonly slug: string
  readonly name: string
  readonly nameOther: string | null
  readonly count: number
  readonly works: number
  /** The earliest of their dates, `YYYY-MM-DD`; null where none runs. */
  readonly since: string | null
}

/** How many notices stand at a stage, and how many of them are late or came back. */
export interface StageCount {
  readonly stage: Stage
  readonly count: number
  readonly overdue: number
  readonly bounced: number
}

/** The latest that a vendor said about a notice. Instants ISO 8601. */
export interface RecentAnswer {
  readonly reference: string
  readonly name: string
  readonly nameOther: string | null
  readonly stage: Stage
  readonly outcome: NoticeOutcome
  readonly works: number
  readonly vendorReference: string | null
  readonly at: string
}

/** What a rights holder finds first. */
export interface Home {
  readonly at: Date
  readonly bounced: readonly Trouble[]
  /** Chased as often as may be: what comes next is the holder's to decide. */
  readonly unresponsive: readonly Trouble[]
  /** Questions wait for an answer, and the time to decide stands still. */
  readonly asked: readonly Trouble[]
  readonly unacknowledged: readonly Trouble[]
  readonly undecided: readonly Trouble[]
  /** Decisions to accept, and the day when the first of them stands by itself. */
  readonly decided: { readonly count: number; readonly firstLapse: string | null }
  /** Filings that are sent soon and can still be recalled. */
  readonly waiting: readonly { readonly reference: string; readonly notices: number; readonly sendAt: string }[]
  /** Filings that the reader may approve: how many, and the one that waits longest. */
  readonly approvals: {
    readonly count: number
    readonly first: { readonly reference: string; readonly notices: number; readonly name: string | null } | null
  }
  readonly drafts: number
  readonly stages: readonly StageCount[]
  readonly total: number
  readonly vendors: number
  readonly recent: readonly RecentAnswer[]
}

const mostOfEach = 5

/** The first page of a rights holder, in one query. */
export function findHome(member: Member): Promise<Home> {
  const at = now()
  const holder = Prisma.sql`n.holder_organisation_id = ${member.organisation.id}::uuid`
  return withPerson(member.personId, async (tx) => {
    const [row] = await tx.$queryRaw<[Omit<Home, 'at'>]>`
      with tally as (select t.stage, t.vendor_id, sum(t.count)::int as count from notice_tally t
          where t.holder_organisation_id = ${member.organisation.id}::uuid and t.stage <> 'draft' group by t.stage, t.vendor_id having sum(t.count) > 0),
        late as (select n.stage, count(*)::int as count from notice n
          where ${holder} and (${acknowledgementOverdue(at)} or ${decisionOverdue(at)}) group by n.stage),
        back as (select n.stage, count(*)::int as count from notice n where ${holder} and ${bounced} group by n.stage)
      select
        ${troubles(Prisma.sql`${holder} and ${bounced}`, Prisma.sql`null::date`)} as bounced,
        ${troubles(Prisma.sql`${holder} and ${unresponsive} and not ${bounced}`, Prisma.sql`min(n.acknowledge_by)`)} as unresponsive,
        ${troubles(Prisma.sql`${holder} and ${acknowledgementOverdue(at)} and not ${unresponsive} and not ${bounced}`, Prisma.sql`min(n.acknowledge_by)`)} as unacknowledged,
        ${troubles(Prisma.sql`${holder} and ${decisionOverdue(at)} and not ${unresponsive} and not ${bounced}`, Prisma.sql`min(n.decide_by)`)} as undecided,
        ${troubles(Prisma.sql`${holder} and n.stage = 'clarification_needed' and not ${bounced}`, Prisma.sql`null::date`)} as asked,
        json_build_object('count', coalesce((select sum(count)::int from tally where stage = 'decided'), 0),
          'firstLapse', (select min(n.challenge_by) from notice n where ${holder} and n.stage = 'decided')) as decided,
        coalesce((select json_agg(w) from (
          select f.reference, count(*)::int as notices, min(n.send_at) as "sendAt" from notice n join filing f on f.id = n.filing_id
          where ${holder} and n.stage = 'queued' and n.begun_at is null group by f.reference order by 3 limit ${mostOfEach}) w), '[]'::json) as waiting,
        ${approvals(member)} as approvals,
        (select count(*)::int from filing_draft d where d.organisation_id = ${member.organisation.id}::uuid and d.filing_id is null) as drafts,
        coalesce((select json_agg(json_build_object('stage', s.stage, 'count', s.count, 'overdue', coalesce(l.count, 0), 'bounced', coalesce(b.count, 0)))
          from (select stage, sum(count)::int as count from tally group by stage) s left join late l using (stage) left join back b using (stage)), '[]'::json) as stages,
        coalesce((select sum(count)::int from tally), 0) as total,
        (select count(distinct vendor_id)::int from tally) as vendors,
        ${recentAnswers(holder)} as recent`
    return { at, ...row }
  })
}

const bounced = Prisma.sql`(n.undeliverable_at is not null and n.stage in ('queued', 'sent', 'delivered', 'acknowledged', 'in_review', 'clarification_needed'))`

// Only what this reader could approve: not what he or she submitted.
function approvals({ personId, organisation }: Member): Prisma.Sql {
  if (!mayDo(organisation.role, 'approve-filings')) return Prisma.sql`json_build_object('count', 0, 'first', null)`
  const mine = Prisma.sql`${waitingIn(organisation.id)} and f.submitted_by <> ${personId}::uuid`
  return Prisma.sql`json_build_object('count', (select count(*)::int from (select from filing f where ${mine} limit 1000) waiting),
    'first', (select json_build_object('reference', f.reference, 'name', ${nameHere('p')}, 'notices',
        (select count(*)::int from notice n where n.filing_id = f.id and n.stage = 'awaiting_approval'))
      from filing f left join person p on p.id = f.submitted_by where ${mine} order by f.id limit 1))`
}

function troubles(where: Prisma.Sql, since: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`coalesce((select json_agg(x) from (
    select v.id as "vendorId", v.slug, v.name, v.name_other as "nameOther", g.count, g.works, g.since from (
      select n.vendor_id, count(*)::int as count, sum(n.works_count)::int as works, ${since} as since
      from notice n where ${where} group by n.vendor_id order by 4, 2 desc limit ${mostOfEach}) g
    join vendor v on v.id = g.vendor_id order by g.since, g.count desc) x), '[]'::json)`
}

// A decision counts as the latest word, else the acknowledgement: each comes from an index of its own.
function recentAnswers(holder: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`coalesce((select json_agg(r) from (
    select n.reference, v.name, v.name_other as "nameOther", n.stage, n.outcome, n.works_count as works, n.vendor_reference as "vendorReference",
      coalesce(n.decided_at, n.acknowledged_at) as at
    from notice n join vendor v on v.id = n.vendor_id
    where n.id in ((select n.id from notice n where ${holder} and n.acknowledged_at is not null order by n.acknowledged_at desc limit ${mostOfEach})
      union (select n.id from notice n where ${holder} and n.decided_at is not null order by n.decided_at desc limit ${mostOfEach}))
    order by coalesce(n.decided_at, n.acknowledged_at) desc limit ${mostOfEach}) r), '[]'::json)`
}
