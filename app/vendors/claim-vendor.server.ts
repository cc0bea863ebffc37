import type { Member } from '#app/accounts/viewer.server.ts'
import { recordAudit } from '#app/accounts/record-audit.server.ts'
import { mayDo } from '#app/accounts/roles.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'

const refusals = [
  'not-an-owner',
  'no-vendor',
  'organisation-linked',
  'no-proof',
  'other-domain',
  'vendor-claimed',
] as const
/** Why an entry was not claimed. `vendor-claimed`: another organisation has it, and an operator looks at both. */
export type ClaimRefusal = (typeof refusals)[number]
type Claimed = { allowed: true } | { allowed: false; because: ClaimRefusal }

/**
 * Claims an entry of the directory for a vendor organisation, by the domain that both share: the one that it has proven,
 * and the one of the entry's website, a fact with a source. Of two that claim at once one gets it, and the other's claim
 * goes to the operator.
 */
export async function claimVendor({ member, slug }: { member: Member; slug: string }): Promise<Claimed> {
  const { kind, role, id } = member.organisation
  if (kind !== 'vendor') return { allowed: false, because: 'no-vendor' }
  if (!mayDo(role, 'manage-organisation')) return { allowed: false, because: 'not-an-owner' }
  const { personId } = member
  const state = await withPerson(personId, async (tx) => {
    const before = await tx.vendor.findUnique({ where: { slug }, select: { organisationId: true } })
    const [row] = await tx.$queryRaw<{ state: string }[]>`
      select claim_vendor(${slug}, ${id}::uuid, ${newId()}::uuid, ${now()}::timestamptz) as state`
    if (row?.state === 'claimed' && before?.organisationId !== id)
      await recordAudit(tx, { organisationId: id, kind: 'entry-claimed', personId, facts: { vendor: slug } })
    return row?.state
  })
  if (state === 'claimed') return { allowed: true }
  const because = refusals.find((refusal) => refusal === state)
  if (because === undefined) throw new Error(`Claiming ${slug} ended in ${state ?? 'nothing'}`)
  return { allowed: false, because }
}
