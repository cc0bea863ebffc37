import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { countTry } from '#app/platform/rate-limit.server.ts'

import type { Correction } from './correction-forms.ts'

type Suggested = { allowed: true } | { allowed: false; because: 'no-vendor' | 'already-there' | 'too-many' }

/** Puts a suggestion for an entry before the operator. Sent twice, it is there once. */
export async function suggestCorrection({
  member,
  slug,
  correction,
}: {
  member: Member
  slug: string
  correction: Correction
}): Promise<Suggested> {
  const counted = await countTry('corrections of person', member.personId)
  if (!counted.allowed) return { allowed: false, because: 'too-many' }
  return withPerson(member.personId, async (tx): Promise<Suggested> => {
    const vendor = await tx.vendor.findUnique({ where: { slug }, select: { id: true } })
    if (vendor === null) return { allowed: false, because: 'no-vendor' }
    const { kind, value, purpose, sourceUrl, note } = correction
    // Two clicks at once: the second waits for the first and finds it.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`corrections of ${member.personId}`}, 0))`
    const same = await tx.vendorCorrection.count({
      where: { vendorId: vendor.id, suggestedBy: member.personId, kind, value, state: 'open' },
    })
    if (same > 0) return { allowed: false, because: 'already-there' }
    await tx.vendorCorrection.create({
      data: {
        id: newId(),
        vendorId: vendor.id,
        suggestedBy: member.personId,
        organisationId: member.organisation.id,
        kind,
        value,
        purpose: purpose ?? null,
        sourceUrl,
        note: note ?? null,
        createdAt: now(),
      },
    })
    return { allowed: true }
  })
}
