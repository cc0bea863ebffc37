import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'

/** A notice to which its holder may add evidence, and what goes with it already. */
export interface EvidenceChoice {
  readonly noticeId: string
  readonly reference: string
  readonly vendor: string
  /** Shared already: it cannot be taken back, nor shared twice. */
  readonly shared: readonly string[]
  /** With the notice for the holder's own side; it can still be shared. */
  readonly kept: readonly string[]
}

/** What adding evidence to a notice begins with; null where the member's organisation is not its holder. */
export function findEvidenceChoice(member: Member, reference: string): Promise<EvidenceChoice | null> {
  return withPerson(member.personId, async (tx) => {
    const [found] = await tx.$queryRaw<EvidenceChoice[]>`
      select n.id as "noticeId", n.reference, v.name as vendor,
        array(select u.evidence_id from evidence_notice u where u.notice_id = n.id and u.shared_id is not null) as shared,
        array(select u.evidence_id from evidence_notice u where u.notice_id = n.id and u.shared_id is null) as kept
      from notice n join vendor v on v.id = n.vendor_id
      where n.reference = ${reference} and n.stage <> 'draft' and n.holder_organisation_id = ${member.organisation.id}::uuid`
    return found ?? null
  })
}
