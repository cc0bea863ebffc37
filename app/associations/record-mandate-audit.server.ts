import type { AuditKind } from '#app/accounts/audit.ts'
import { recordAudit } from '#app/accounts/record-audit.server.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'

interface MandateActToRecord {
  readonly kind: Extract<AuditKind, `mandate-${string}`>
  readonly mandate: { readonly id: string; readonly associationId: string; readonly memberId: string }
  readonly version: number
  /** Who did it, for one of the sides; the portal by itself, in the worker, when absent. */
  readonly member?: { readonly personId: string; readonly organisation: { readonly id: string } }
}

/** Writes an act on a mandate into the record of both its sides, each with the name of the other. */
export async function recordMandateAudit(tx: Transaction, act: MandateActToRecord): Promise<void> {
  const { kind, mandate, version, member } = act
  const { associationId, memberId } = mandate
  const names = await tx.organisation.findMany({
    where: { id: { in: [associationId, memberId] } },
    select: { id: true, name: true },
  })
  const factsFor = (organisationId: string) => ({
    partner: names.find(({ id }) => id !== organisationId)?.name ?? '',
    version,
  })
  for (const organisationId of [associationId, memberId]) {
    const facts = factsFor(organisationId)
    if (member === undefined || member.organisation.id === organisationId) {
      await recordAudit(tx, { organisationId, kind, facts, ...(member && { personId: member.personId }) })
      continue
    }
    await tx.$queryRaw`select audit_for_partner(${newId()}::uuid, ${mandate.id}::uuid, ${organisationId}::uuid, ${now()}::timestamptz, ${kind}, ${JSON.stringify(facts)}::jsonb)::text`
  }
}
