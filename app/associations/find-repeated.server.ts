import type { Transaction } from '#app/platform/db.server.ts'
import type { CollectiveContent } from './collective.ts'

/** A member and a vendor between whom an open notice about the same catalogue stands already. */
export interface RepeatedPair {
  readonly memberId: string
  readonly member: string
  readonly memberOther: string | null
  readonly vendorId: string
  readonly vendor: string
  readonly vendorOther: string | null
  /** The latest of them. */
  readonly references: readonly string[]
}

/** At most so many are looked for: the choice is one for all. */
export const mostRepeated = 50

/**
 * The members and vendors of a draft between whom an open notice that the association sees asks for some of the same measures about
 * works of the same catalogue. Which works these are is found when the notices are made, work by work.
 */
export async function findRepeatedPairs(
  tx: Transaction,
  { collectiveId, content: { filing } }: { collectiveId: string; content: CollectiveContent },
): Promise<readonly RepeatedPair[]> {
  const measures = filing.measures.map(({ measure }) => measure)
  if (measures.length === 0 || filing.vendorIds.length === 0) return []
  return tx.$queryRaw<RepeatedPair[]>`
    select h.id as "memberId", h.name as member, h.name_other as "memberOther", v.id as "vendorId", v.name as vendor, v.name_other as "vendorOther",
      (array_agg(n.reference order by n.id desc))[1:3] as references
    from collective_member m join organisation h on h.id = m.member_id
    join notice n on n.holder_organisation_id = m.member_id and n.vendor_id = any(${[...filing.vendorIds]}::uuid[])
      and n.stage in ('awaiting_approval', 'queued', 'sent', 'delivered', 'acknowledged', 'in_review', 'clarification_needed')
    join vendor v on v.id = n.vendor_id
    join notice_scope s on s.id = n.scope_id and s.catalogue_id = m.catalogue_id
    where m.collective_id = ${collectiveId}::uuid and exists (select from notice_measure x
      where x.notice_id = n.id and x.measure = any(${measures}::text[]) and x.default_outcome <> 'withdrawn')
    group by h.id, v.id order by lower(h.name), h.id, lower(v.name), v.id limit ${mostRepeated}`
}
