/** Where a mandate stands, for lists and pages. */
export type MandateState = 'in-force' | 'begins' | 'over' | 'revoked' | 'offered' | 'declined'

/** What decides it: the newest accepted version, and whether an offer waits. */
export interface StateFacts {
  readonly accepted: {
    readonly startsAt: Date
    readonly endsAt: Date | null
    readonly endedAt: Date | null
    readonly revokedAt: Date | null
  } | null
  readonly offerWaits: boolean
}

/** The state of a mandate: what was accepted says it, and only without that the offers do. */
export function stateOf({ accepted, offerWaits }: StateFacts, at: Date): MandateState {
  if (accepted === null) return offerWaits ? 'offered' : 'declined'
  if (accepted.revokedAt !== null) return 'revoked'
  if (accepted.endedAt !== null || (accepted.endsAt !== null && accepted.endsAt <= at)) return 'over'
  return accepted.startsAt > at ? 'begins' : 'in-force'
}

/** Which mandates a list shows. */
export const mandateFilters = ['now', 'waiting', 'ended'] as const

/** One of `mandateFilters`. */
export type MandateFilter = (typeof mandateFilters)[number]

/** The notices that a mandate covers are counted up to so many. */
export const mostCounted = 10_000
