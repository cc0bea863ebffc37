import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import type { ClosingRefusal } from './closing.ts'
import { recordAudit } from './record-audit.server.ts'

/** The organisation stays open, or why that is too late. */
export type ClosingCancelled =
  | { allowed: true }
  | { allowed: false; because: Extract<ClosingRefusal, 'not-an-owner' | 'begun'> }

/**
 * Cancels a closing, by any owner, until its erasure has begun: of this and the worker one is first, and the other finds it done.
 * Cancelled twice, it is cancelled once.
 */
export async function cancelClosing({
  personId,
  closingId,
}: {
  personId: string
  closingId: string
}): Promise<ClosingCancelled> {
  return withPerson(personId, async (tx): Promise<ClosingCancelled> => {
    const [closing] = await tx.$queryRaw<{ organisationId: string; cancelled: boolean; begun: boolean }[]>`
      select c.organisation_id as "organisationId", c.cancelled_at is not null as cancelled, c.begun_at is not null as begun
      from organisation_closing c
      where c.id = ${closingId}::uuid and c.organisation_id in (select my_organisations_as('{owner}')) for update`
    if (!closing) return { allowed: false, because: 'not-an-owner' }
    if (closing.begun) return { allowed: false, because: 'begun' }
    if (closing.cancelled) return { allowed: true }
    await tx.$executeRaw`
      update organisation_closing set cancelled_at = ${now()}, cancelled_by = ${personId}::uuid where id = ${closingId}::uuid`
    const { organisationId } = closing
    await recordAudit(tx, { organisationId, kind: 'closing-cancelled', personId })
    return { allowed: true }
  })
}
