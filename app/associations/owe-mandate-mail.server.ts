import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { newId } from '#app/platform/id.ts'
import { wake } from '#app/platform/wake.server.ts'
import type { MandateFacts } from '#emails/mandate-facts.ts'
import type { Terms } from './mandate.ts'

/** A mail about a mandate to the owners of one side. */
export interface MandateMail {
  readonly kind:
    | 'mandate-offered'
    | 'mandate-accepted'
    | 'mandate-declined'
    | 'mandate-narrowed'
    | 'mandate-revoked'
    | 'mandate-ends-soon'
    | 'mandate-ended'
  readonly mandate: {
    readonly id: string
    readonly associationId: string
    readonly memberId: string
    /** Whose owners are told. */
    readonly otherId: string
  }
  readonly terms: Terms
  /** Notices that were withdrawn with it. */
  readonly stopped?: number
}

/** Owes every owner of the other side a mail, in his or her language: it is sent if, and only if, the transaction commits. */
export async function oweMandateMail(
  tx: Transaction,
  { kind, mandate, terms, stopped = 0 }: MandateMail,
): Promise<void> {
  const { id, associationId, memberId, otherId } = mandate
  const owners = await tx.$queryRaw<{ id: string }[]>`select mandate_owners(${id}::uuid, ${otherId}::uuid) as id`
  if (owners.length === 0) return
  const names = await tx.organisation.findMany({
    where: { id: { in: [associationId, memberId] } },
    select: { id: true, name: true, nameOther: true },
  })
  const known = (wanted: string) => names.find((each) => each.id === wanted)
  const reader = otherId === associationId ? 'association' : 'member'
  const facts: MandateFacts = {
    reader,
    association: known(associationId)?.name ?? '',
    associationOther: known(associationId)?.nameOther ?? null,
    member: known(memberId)?.name ?? '',
    memberOther: known(memberId)?.nameOther ?? null,
    scopes: [...terms.scopes],
    startsOn: terms.startsOn,
    endsOn: terms.endsOn,
    stopped,
    url: `${env().BASE_URL}/${reader === 'association' ? 'association' : 'settings'}/mandates/${id}`,
  }
  const at = now()
  // No RETURNING: the duty of another's mailbox is not for the writer to read.
  await tx.mailDuty.createMany({
    data: owners.map((owner) => ({
      id: newId(),
      kind,
      audience: 'person',
      personId: owner.id,
      organisationId: otherId,
      facts,
      notBefore: at,
      createdAt: at,
    })),
  })
  await wake(tx, 'mail')
}
