import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import type { MandateSide } from './mandate-paths.ts'
import { stateOf, type MandateState } from './mandate-state.ts'
import { grantOf, type Terms } from './mandate.ts'
import { termsOf } from './version-row.server.ts'

/** A version with who offered, signed and ended it. Instants as dates. */
export interface MandateVersionView {
  readonly version: number
  readonly terms: Terms
  readonly offeredBy: 'association' | 'member'
  readonly offeredAt: Date
  readonly acceptedAt: Date | null
  readonly declinedAt: Date | null
  readonly endedAt: Date | null
  readonly revokedAt: Date | null
  readonly signatory: { readonly name: string; readonly capacity: string } | null
  readonly document: { readonly sha256: string; readonly name: string; readonly bytes: number } | null
}

/** Names in both scripts. */
export interface BothNames {
  readonly name: string
  readonly nameOther: string | null
}

/** One mandate for one of its sides. */
export interface MandateView {
  readonly id: string
  readonly side: MandateSide
  readonly association: BothNames
  readonly member: BothNames
  readonly associationId: string
  readonly memberId: string
  readonly timeZone: string
  readonly state: MandateState
  /** The version that counts; none when it is revoked or over. */
  readonly current: MandateVersionView | null
  readonly waiting: MandateVersionView | null
  /** Newest first. */
  readonly versions: readonly MandateVersionView[]
  /** By id. A catalogue that the reader does not see has no name here. */
  readonly names: Readonly<Record<string, string>>
}

const mostVersions = 100

/**
 * A mandate with its versions, for any member of either side.
 *
 * @returns null when the member's organisation is not on this side of such a mandate
 */
export function findMandate({
  member,
  side,
  mandateId,
}: {
  member: Member
  side: MandateSide
  mandateId: string
}): Promise<MandateView | null> {
  return withPerson(member.personId, async (tx) => {
    const own = member.organisation.id
    const mandate = await tx.mandate.findFirst({
      where: { id: mandateId, ...(side === 'association' ? { associationId: own } : { memberId: own }) },
    })
    if (mandate === null) return null
    const { associationId, memberId } = mandate
    const [zone] = await tx.$queryRaw<{ zone: string }[]>`select mandate_zone(${mandateId}::uuid) as zone`
    const versions = await findVersions(tx, { mandateId, associationId })
    const accepted = versions.toSorted((one, other) => timeOf(other) - timeOf(one)).find((each) => each.acceptedAt)
    const waiting = versions.find((each) => each.acceptedAt === null && each.declinedAt === null) ?? null
    const timeZone = zone?.zone ?? 'UTC'
    const counts = accepted && { ...grantOf(accepted.terms, { associationId, memberId, timeZone }), ...accepted }
    const state = stateOf({ accepted: counts ?? null, offerWaits: waiting !== null }, now())
    return {
      id: mandateId,
      side,
      ...(await findSides(tx, { associationId, memberId })),
      associationId,
      memberId,
      timeZone,
      state,
      current: accepted && (state === 'in-force' || state === 'begins') ? accepted : null,
      waiting,
      versions,
      names: await findNames(tx, versions),
    }
  })
}

async function findVersions(
  tx: Transaction,
  { mandateId, associationId }: { mandateId: string; associationId: string },
): Promise<MandateVersionView[]> {
  const rows = await tx.mandateVersion.findMany({
    where: { mandateId },
    orderBy: { version: 'desc' },
    take: mostVersions,
  })
  return rows.map((row) => ({
    version: row.version,
    terms: termsOf(row),
    offeredBy: row.offeredByOrganisationId === associationId ? 'association' : 'member',
    offeredAt: row.offeredAt,
    acceptedAt: row.acceptedAt,
    declinedAt: row.declinedAt,
    endedAt: row.endedAt,
    revokedAt: row.revokedAt,
    signatory:
      row.signatoryName === null || row.signatoryCapacity === null
        ? null
        : { name: row.signatoryName, capacity: row.signatoryCapacity },
    document:
      row.documentSha256 === null
        ? null
        : { sha256: row.documentSha256, name: row.documentName ?? '', bytes: row.documentBytes ?? 0 },
  }))
}

async function findSides(tx: Transaction, ids: { associationId: string; memberId: string }) {
  const select = { name: true, nameOther: true }
  const [association, member] = await Promise.all([
    tx.organisation.findUniqueOrThrow({ where: { id: ids.associationId }, select }),
    tx.organisation.findUniqueOrThrow({ where: { id: ids.memberId }, select }),
  ])
  return { association, member }
}

async function findNames(tx: Transaction, versions: readonly MandateVersionView[]): Promise<Record<string, string>> {
  const idsIn = (field: 'vendors' | 'catalogues') => [...new Set(versions.flatMap(({ terms }) => terms[field] ?? []))]
  const found = await Promise.all([
    tx.vendor.findMany({ where: { id: { in: idsIn('vendors') } }, select: { id: true, name: true } }),
    tx.catalogue.findMany({ where: { id: { in: idsIn('catalogues') } }, select: { id: true, name: true } }),
  ])
  return Object.fromEntries(found.flat().map(({ id, name }) => [id, name]))
}

function timeOf({ acceptedAt }: MandateVersionView): number {
  return acceptedAt?.getTime() ?? 0
}
