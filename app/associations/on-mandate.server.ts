import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import type { Terms } from './mandate.ts'
import { termsOf, type TermsRow } from './version-row.server.ts'

/** A version as an act on its mandate needs it. */
export interface KnownVersion {
  readonly version: number
  readonly terms: Terms
  readonly offeredBy: string
}

/** A mandate that is locked until the transaction ends. */
export interface LockedMandate {
  readonly id: string
  readonly associationId: string
  readonly memberId: string
  /** The side for which the asker acts, and the other one. */
  readonly side: 'association' | 'member'
  readonly otherId: string
  /** IANA name; the days of a mandate are the member's. */
  readonly timeZone: string
  readonly newest: number
  /** What counts, or will from its first day on, or did until its last; none once it is revoked. */
  readonly current: KnownVersion | null
  /** The offer that waits for an answer. */
  readonly waiting: KnownVersion | null
}

/** What every act on a mandate answers to one who may not. */
export type NotMine = { readonly allowed: false; readonly because: 'not-an-owner' }

/**
 * Runs `act` on a mandate that nobody else changes meanwhile, for an owner of one of its sides; a filing that relies on it
 * is either there already or finds it changed.
 */
export function onMandate<T>(
  { member, mandateId }: { member: Member; mandateId: string },
  act: (tx: Transaction, mandate: LockedMandate) => Promise<T>,
): Promise<T | NotMine> {
  return withPerson(member.personId, async (tx): Promise<T | NotMine> => {
    const mandate = await lockMandate(tx, { organisationId: member.organisation.id, mandateId })
    return mandate === null ? { allowed: false, because: 'not-an-owner' } : act(tx, mandate)
  })
}

/** Locks a mandate of an organisation. Null if the asker owns neither side, or acts for none of them. */
export async function lockMandate(
  tx: Transaction,
  { organisationId, mandateId }: { organisationId: string; mandateId: string },
): Promise<LockedMandate | null> {
  const [locked] = await tx.$queryRaw<{ mine: boolean }[]>`select lock_mandate(${mandateId}::uuid) as mine`
  if (locked?.mine !== true) return null
  // Asked after the lock: the second of two sees what the first wrote.
  const [found] = await tx.$queryRaw<{ association: string; member: string; zone: string }[]>`
    select association_id as association, member_id as member, mandate_zone(id) as zone
    from mandate where id = ${mandateId}::uuid and ${organisationId}::uuid in (association_id, member_id)`
  if (found === undefined) return null
  const { association, member, zone } = found
  const [owner] = await tx.$queryRaw<{ owns: boolean }[]>`
    select ${organisationId}::uuid in (select my_organisations_as('{owner}')) as owns`
  if (owner?.owns !== true) return null
  const side = organisationId === association ? 'association' : 'member'
  const otherId = side === 'association' ? member : association
  return {
    id: mandateId,
    associationId: association,
    memberId: member,
    side,
    otherId,
    timeZone: zone,
    ...(await versionsOf(tx, mandateId)),
  }
}

async function versionsOf(
  tx: Transaction,
  mandateId: string,
): Promise<Pick<LockedMandate, 'newest' | 'current' | 'waiting'>> {
  const rows = await tx.mandateVersion.findMany({
    where: { mandateId, endedAt: null, declinedAt: null },
    orderBy: { version: 'desc' },
    take: 2,
  })
  const last = await tx.mandateVersion.findFirst({
    where: { mandateId },
    orderBy: { version: 'desc' },
    select: { version: true },
  })
  return {
    newest: last?.version ?? 0,
    current: known(rows.find(({ acceptedAt }) => acceptedAt !== null)),
    waiting: known(rows.find(({ acceptedAt }) => acceptedAt === null)),
  }
}

function known(
  row: (TermsRow & { version: number; offeredByOrganisationId: string }) | undefined,
): KnownVersion | null {
  return row === undefined
    ? null
    : { version: row.version, terms: termsOf(row), offeredBy: row.offeredByOrganisationId }
}
