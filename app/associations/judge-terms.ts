import { isLive, type Grant, type Terms } from './mandate.ts'

/** Why terms cannot be offered. */
export type TermsFault = 'ends-before-start' | 'over-already' | 'starts-later' | 'unchanged' | 'foreign-catalogue'

/**
 * Whether terms can be offered on a day.
 *
 * @param present the grant that counts; new terms take its place once they are accepted, so they cannot begin later
 * @param today `2026-11-17`, in the member's time zone
 */
export function judgeTerms(
  terms: Terms,
  { present, today, at }: { present: Pick<Grant, 'startsAt' | 'endsAt'> | null; today: string; at: Date },
): TermsFault | null {
  const { startsOn, endsOn } = terms
  if (endsOn !== null && endsOn < startsOn) return 'ends-before-start'
  if (endsOn !== null && endsOn < today) return 'over-already'
  return present !== null && isLive(present, at) && startsOn > today ? 'starts-later' : null
}
