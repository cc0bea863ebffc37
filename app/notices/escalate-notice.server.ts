import type { Transaction } from '#app/platform/db.server.ts'
import type { Prepared } from './build-steps.server.ts'
import type { EscalationFacts, EscalationKind } from './escalations.ts'
import { findEscalation } from './find-escalation.server.ts'
import { takeSteps, type StepResults } from './take-steps.server.ts'
import type { Taker } from './taker.server.ts'

/** Where a notice is taken, since when, and whether the vendor is told. */
export interface ToEscalate {
  readonly kind: EscalationKind
  /** The authority or the court, and the holder's number there: kept beside the chain. */
  readonly where: string
  readonly reference: string
  /** `YYYY-MM-DD` */
  readonly since: string
  readonly told: boolean
}

/**
 * Records that the holder took a notice to a regulator or to a court. Nobody is reminded of it from then on. The vendor
 * sees nothing of it unless it is told. The same once more leaves no line.
 */
export function escalateNotice(
  tx: Transaction,
  { taker, noticeId, escalation }: { taker: Taker; noticeId: string; escalation: ToEscalate },
): Promise<StepResults> {
  const { kind, where, reference, since, told } = escalation
  return takeSteps(tx, {
    step: 'notice.escalated',
    noticeIds: [noticeId],
    taker,
    prepare: async () => {
      const present = await findEscalation(tx, noticeId)
      if (present !== null && isSame(present, escalation)) return new Map()
      return new Map([
        [
          noticeId,
          {
            payload: { since, told },
            facts: { where, ...(reference === '' ? {} : { reference }) },
            escalation: kind,
            shared: told,
            standing: { told },
          } satisfies Prepared,
        ],
      ])
    },
  })
}

/** Records that an escalation ended. The vendor hears of it if it was told of the beginning. */
export function endEscalation(
  tx: Transaction,
  { taker, noticeId }: { taker: Taker; noticeId: string },
): Promise<StepResults> {
  return takeSteps(tx, {
    step: 'escalation.ended',
    noticeIds: [noticeId],
    taker,
    prepare: async () => {
      const told = (await findEscalation(tx, noticeId))?.vendorKnows ?? false
      return new Map([[noticeId, { escalation: 'none', shared: told, standing: { told } } satisfies Prepared]])
    },
  })
}

function isSame(present: EscalationFacts, { kind, where, reference, since, told }: ToEscalate): boolean {
  return (
    present.kind === kind &&
    present.where === where &&
    (present.reference ?? '') === reference &&
    present.since === since &&
    present.told === told
  )
}
