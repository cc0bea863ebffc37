import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { originOfAct } from '#app/platform/origin-of-act.server.ts'

import type { AuditActor, AuditFacts, AuditKind } from './audit.ts'
import { browserName } from './browser-name.ts'

type Act = {
  organisationId: string
  kind: AuditKind
  /** Who did it, absent where the portal did it by itself. */
  personId?: string | null
  /** The operator, when the one who did it is no member of the organisation. */
  actor?: AuditActor
  /** The id of what it concerns, where that is a person, an invitation or a contact. */
  subjectId?: string
  facts?: AuditFacts
}

/**
 * Writes an act into the record of an organisation, in the transaction of the act: one is there if, and only if, the
 * other is. Where it comes from is what the request says, and lies beside the entry.
 */
export async function recordAudit(tx: Transaction, act: Act): Promise<void> {
  const { organisationId, kind, personId = null, subjectId = null, facts = {} } = act
  const actor = act.actor ?? (personId === null ? 'portal' : 'member')
  const id = newId()
  // No RETURNING: most who write the record may not read it.
  await tx.auditEntry.createMany({
    data: [{ id, organisationId, at: now(), kind, actor, personId, subjectId, facts: { ...facts } }],
  })
  const origin = originOfAct()
  if (personId === null || origin === undefined) return
  const browser = browserName(origin.userAgent) ?? null
  await tx.auditOrigin.createMany({
    data: [{ entryId: id, organisationId, personId, networkAddress: origin.networkAddress, browser }],
  })
}

/** Writes what a person did with their own account into the record of every organisation they belong to. */
export async function recordOwnAudit(
  tx: Transaction,
  act: { personId: string; kind: AuditKind; facts?: AuditFacts },
): Promise<void> {
  const memberships = await tx.membership.findMany({
    where: { personId: act.personId },
    select: { organisationId: true },
  })
  for (const { organisationId } of memberships) await recordAudit(tx, { ...act, organisationId })
}
