import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { z } from 'zod'
import { annexStates, leftOutReasons, type AnnexState, type LeftOutReason } from './collective.ts'

/** A member of a submitted collective filing, with how it answered and where its notices stand. */
export interface AnnexLine {
  readonly memberId: string
  readonly name: string
  readonly nameOther: string | null
  readonly state: 'chosen' | 'made' | 'left_out'
  readonly annex: AnnexState
  readonly because: LeftOutReason | null
  readonly works: number | null
  readonly mandateVersion: number | null
  readonly notices: number
  readonly withdrawn: number
  readonly sent: number
  readonly decided: number
}

// How many lines a page of members shows.
const annexesOnPage = 100

/** The members of a collective filing, by their ids, from the one after `after`. */
export function findAnnexLines(
  member: Member,
  { collectiveId, after }: { collectiveId: string; after: string | null },
): Promise<{ readonly lines: readonly AnnexLine[]; readonly next: string | null }> {
  return withPerson(member.personId, async (tx) => {
    const rows = await tx.$queryRaw<
      (Omit<AnnexLine, 'annex' | 'because'> & { annex: string; because: string | null })[]
    >`
      select m.member_id as "memberId", o.name, o.name_other as "nameOther", m.state, m.annex, m.works_count as works,
        m.mandate_version as "mandateVersion",
        (select l.because from collective_left_out l where l.collective_id = m.collective_id and l.member_id = m.member_id
          order by l.vendor_id nulls first limit 1) as because,
        coalesce(k.notices, 0)::int as notices, coalesce(k.withdrawn, 0)::int as withdrawn, coalesce(k.sent, 0)::int as sent, coalesce(k.decided, 0)::int as decided
      from collective_member m join organisation o on o.id = m.member_id join collective_filing c on c.id = m.collective_id
      left join lateral (select count(*) as notices, count(*) filter (where n.stage = 'withdrawn') as withdrawn,
          count(*) filter (where n.served_at is not null) as sent, count(*) filter (where n.decided_at is not null) as decided
        from notice n where n.filing_id = c.filing_id and n.holder_organisation_id = m.member_id) k on true
      where m.collective_id = ${collectiveId}::uuid and (${after}::uuid is null or m.member_id > ${after}::uuid)
      order by m.member_id limit ${annexesOnPage + 1}`
    const lines = rows.slice(0, annexesOnPage).map((row) => ({
      ...row,
      annex: z.enum(annexStates).parse(row.annex),
      because: z.enum(leftOutReasons).nullable().parse(row.because),
    }))
    return { lines, next: rows.length > annexesOnPage ? (lines.at(-1)?.memberId ?? null) : null }
  })
}

/** A line of the result: what came of a member and a vendor. */
export interface ResultLine {
  readonly member: string
  readonly vendor: string | null
  readonly reference: string | null
  readonly stage: string | null
  readonly because: string | null
}

/** What was made and what was left out, member by member and vendor by vendor, some thousand lines at a time. */
export async function* collectiveResult(
  member: Member,
  { collectiveId, filingId }: { collectiveId: string; filingId: string | null },
): AsyncGenerator<readonly ResultLine[]> {
  const most = 2_000
  let after: string | null = null
  do {
    const rows: (ResultLine & { id: string })[] = await withPerson(
      member.personId,
      (tx) => tx.$queryRaw<(ResultLine & { id: string })[]>`
        select n.id, o.name as member, v.name as vendor, n.reference, n.stage, null as because
        from notice n join organisation o on o.id = n.holder_organisation_id join vendor v on v.id = n.vendor_id
        where n.filing_id = ${filingId}::uuid and (${after}::uuid is null or n.id > ${after}::uuid) order by n.id limit ${most}`,
    )
    after = rows.length === most ? (rows.at(-1)?.id ?? null) : null
    yield rows
  } while (after !== null)
  yield await withPerson(
    member.personId,
    (tx) => tx.$queryRaw<ResultLine[]>`
      select o.name as member, v.name as vendor, null as reference, null as stage, l.because
      from collective_left_out l join organisation o on o.id = l.member_id left join vendor v on v.id = l.vendor_id
      where l.collective_id = ${collectiveId}::uuid order by l.member_id, l.vendor_id limit 400000`,
  )
}

/** A vendor of a collective filing: how many notices go to it, and how its mail fared. */
export interface ServingLine {
  readonly vendorId: string
  readonly name: string
  readonly nameOther: string | null
  readonly notices: number
  readonly served: number
  readonly acknowledged: number
  readonly decided: number
  readonly undeliverable: number
  /** Not begun to be sent. */
  readonly unsent: number
  readonly begun: number
}

/** The vendors of a collective filing, by name. */
export function findServings(member: Member, filingId: string): Promise<readonly ServingLine[]> {
  return withPerson(
    member.personId,
    (tx) => tx.$queryRaw<ServingLine[]>`
      select v.id as "vendorId", v.name, v.name_other as "nameOther", count(*) filter (where n.stage <> 'withdrawn')::int as notices,
        count(n.served_at)::int as served, count(n.acknowledged_at)::int as acknowledged, count(n.decided_at)::int as decided,
        count(n.undeliverable_at)::int as undeliverable,
        count(*) filter (where n.stage in ('awaiting_approval', 'queued') and n.begun_at is null)::int as unsent, count(n.begun_at)::int as begun
      from notice n join vendor v on v.id = n.vendor_id where n.filing_id = ${filingId}::uuid
      group by v.id order by lower(v.name), v.id limit 200`,
  )
}
