import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import type { Signature, Terms } from './mandate.ts'

/** A file that says what was agreed on paper. */
export interface MandateDocument {
  readonly sha256: string
  readonly name: string
  readonly bytes: number
}

/** A version to write: one that waits for the other side, or one that counts at once. */
export interface VersionToWrite {
  readonly mandateId: string
  readonly version: number
  readonly terms: Terms
  readonly document: MandateDocument | null
  readonly signature: Signature | null
  readonly offeredBy: { readonly organisationId: string; readonly personId: string }
  readonly accepted: boolean
}

/** Writes a version. The mandate is locked by the caller. */
export async function writeVersion(tx: Transaction, toWrite: VersionToWrite): Promise<void> {
  const { mandateId, version, terms, document, signature, offeredBy, accepted } = toWrite
  const { scopes, vendors, measures, catalogues, approvalRequired, startsOn, endsOn } = terms
  const at = now()
  const [acceptedBy, acceptedAt] = accepted ? [offeredBy.personId, at] : [null, null]
  await tx.$executeRaw`
    insert into mandate_version (mandate_id, version, scopes, vendors, measures, catalogues, approval_required, starts_on, ends_on,
      signatory_name, signatory_capacity, document_sha256, document_name, document_bytes, offered_by_organisation_id, offered_by,
      offered_at, accepted_by, accepted_at)
    values (${mandateId}::uuid, ${version}, ${[...scopes]}::text[], ${listOf(vendors)}::uuid[], ${listOf(measures)}::text[],
      ${listOf(catalogues)}::uuid[], ${approvalRequired}, ${startsOn}::date, ${endsOn}::date, ${signature?.name ?? null},
      ${signature?.capacity ?? null}, ${document?.sha256 ?? null}, ${document?.name ?? null}, ${document?.bytes ?? null},
      ${offeredBy.organisationId}::uuid, ${offeredBy.personId}::uuid, ${at}, ${acceptedBy}::uuid, ${acceptedAt})`
}

/** Ends the version that counts: a later one takes its place, its last day is over, or it is revoked. */
export async function endVersion(
  tx: Transaction,
  { mandateId, version, revokedBy = null }: { mandateId: string; version: number; revokedBy?: string | null },
): Promise<void> {
  const at = now()
  await tx.mandateVersion.updateMany({
    where: { mandateId, version, endedAt: null },
    data: { endedAt: at, ...(revokedBy !== null && { revokedBy, revokedAt: at }) },
  })
}

/** Ends the offer that waits: declined, taken back, or overtaken. */
export async function closeOffer(
  tx: Transaction,
  { mandateId, version, personId }: { mandateId: string; version: number; personId: string },
): Promise<void> {
  await tx.mandateVersion.updateMany({
    where: { mandateId, version, acceptedAt: null, declinedAt: null },
    data: { declinedBy: personId, declinedAt: now() },
  })
}

/** Makes the grant what the version that counts says, or removes it: from here on sight and acts follow. */
export async function settleGrant(tx: Transaction, mandateId: string): Promise<void> {
  await tx.$queryRaw`select settle_mandate_grant(${mandateId}::uuid)::text`
}

function listOf(ids: readonly string[] | null): string[] | null {
  return ids === null ? null : [...ids]
}
