import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'

import { recordAudit } from './record-audit.server.ts'
import { mayKeepDirectory, notOperator, type Keeper } from './keeper.ts'

type Check = {
  slug: string
  /** How it was checked, as it stands in mails and on public pages: `domain example.com by DNS record`. */
  how: string
}

/** What came of verifying an organisation. */
export type VerifyVerdict = { allowed: true } | { allowed: false; because: 'no-organisation' | 'already-verified' }

/** Verifies an organisation, by an operator: a holder may file from now on. */
export async function verifyOrganisation({
  member,
  ...check
}: { member: Keeper } & Check): Promise<VerifyVerdict | typeof notOperator> {
  if (!mayKeepDirectory(member)) return notOperator
  return withPerson(member.personId, (tx) => markVerified(tx, { ...check, by: member.personId }))
}

/**
 * Verifies an organisation within a transaction of a role that may, as the command line does; `by` is null there.
 */
export async function markVerified(
  tx: Transaction,
  { slug, how, by }: Check & { by: string | null },
): Promise<VerifyVerdict> {
  const { count } = await tx.organisation.updateMany({
    where: { slug, verifiedAt: null },
    data: { verifiedAt: now(), verifiedHow: how, verifiedBy: by },
  })
  if (count === 1) {
    const { id } = await tx.organisation.findUniqueOrThrow({ where: { slug }, select: { id: true } })
    await recordAudit(tx, {
      organisationId: id,
      kind: 'organisation-verified',
      ...(by === null ? {} : { personId: by, actor: 'operator' }),
    })
    return { allowed: true }
  }
  const known = await tx.organisation.count({ where: { slug } })
  return { allowed: false, because: known === 0 ? 'no-organisation' : 'already-verified' }
}
