/** What can come of a measure for a work. */
export const outcomes = [
  'pending',
  'accepted_excluded',
  'accepted_removed',
  'accepted_output_blocked',
  'accepted_future_only',
  'agreed',
  'licence_offered',
  'licensed',
  'not_used',
  'already_licensed',
  'refused',
  'insufficient_detail',
  'duplicate_of',
  'withdrawn',
] as const

/** One of `outcomes`. */
export type Outcome = (typeof outcomes)[number]

/** Why a vendor refuses; always with a text. */
export const refusalCodes = [
  'exception_claimed',
  'insufficient_identification',
  'not_rights_holder',
  'disputed_ownership',
  'insufficient_authority',
  'outside_jurisdiction',
  'not_our_service',
  'suspected_abuse',
  'other',
] as const

/** One of `refusalCodes`. */
export type RefusalCode = (typeof refusalCodes)[number]

/** How an outcome counts for its notice. `aside` does not count. */
export type OutcomeClass = 'open' | 'agreed' | 'half' | 'no' | 'aside'

/** One row of `outcomeRules`. */
export interface OutcomeRule {
  readonly class: OutcomeClass
  /** What must come with it: a code is never without its text. */
  readonly needs?: 'date' | 'text' | 'code_and_text'
  /** Set only by a step of its own, never typed by a vendor into the matrix. */
  readonly by?: 'submission' | 'licence' | 'withdrawal'
}

/** Each outcome's class, what it needs, and who sets it. */
export const outcomeRules = {
  pending: { class: 'open', by: 'submission' },
  accepted_excluded: { class: 'agreed' },
  accepted_removed: { class: 'agreed' },
  accepted_output_blocked: { class: 'half' },
  accepted_future_only: { class: 'half', needs: 'date' },
  agreed: { class: 'agreed', needs: 'text' },
  licence_offered: { class: 'open', by: 'licence' },
  licensed: { class: 'agreed', by: 'licence' },
  not_used: { class: 'agreed' },
  already_licensed: { class: 'agreed' },
  refused: { class: 'no', needs: 'code_and_text' },
  insufficient_detail: { class: 'no' },
  duplicate_of: { class: 'aside', needs: 'text' },
  withdrawn: { class: 'aside', by: 'withdrawal' },
} as const satisfies Record<Outcome, OutcomeRule>

/** How many cells of a notice have each outcome; a missing one means none. */
export type Tally = Readonly<Partial<Record<Outcome, number>>>

/** What came of a notice as a whole. */
export const noticeOutcomes = ['pending', 'all', 'partial', 'none'] as const

/** One of `noticeOutcomes`. */
export type NoticeOutcome = (typeof noticeOutcomes)[number]

/** What a screen shows as the outcome of a notice; one that the holder ended without an answer never had one. */
export type ShownResult = NoticeOutcome | 'withdrawn' | 'superseded'

/** The outcome to show: a withdrawn notice is withdrawn, and waits for nothing; what was answered before is in its record. */
export function shownResult({
  stage,
  outcome,
}: {
  readonly stage: string
  readonly outcome: NoticeOutcome
}): ShownResult {
  if (stage === 'withdrawn') return 'withdrawn'
  return stage === 'superseded' && outcome === 'pending' ? 'superseded' : outcome
}

/** A notice's answer as it is stored: one default per measure, and a count of the cells that differ from it. */
export interface StoredAnswers {
  /** Works in the scope, withdrawn ones included. */
  readonly works: number
  readonly measures: readonly {
    readonly outcome: Outcome
    /** Cells of this measure that have a row of their own. */
    readonly cells: Tally
  }[]
}

/**
 * The number of cells with each outcome, a default standing for every work without a cell of its own.
 *
 * @throws RangeError if a measure has more cells than there are works
 */
export function tallyOf({ works, measures }: StoredAnswers): Tally {
  const sum: Partial<Record<Outcome, number>> = {}
  for (const { outcome, cells } of measures) {
    let own = 0
    for (const name of outcomes) {
      const count = cells[name] ?? 0
      own += count
      sum[name] = (sum[name] ?? 0) + count
    }
    if (own > works) throw new RangeError(`A measure has ${own} cells for ${works} works`)
    sum[outcome] = (sum[outcome] ?? 0) + works - own
  }
  return sum
}

/** How many cells of a tally fall into each class. */
export function classesOf(tally: Tally): Readonly<Record<OutcomeClass, number>> {
  const sum = { open: 0, agreed: 0, half: 0, no: 0, aside: 0 }
  for (const name of outcomes) sum[outcomeRules[name].class] += tally[name] ?? 0
  return sum
}

/**
 * What came of a notice as a whole. A notice of which nothing counts (all withdrawn or duplicates) stays `pending`.
 */
export function deriveOutcome(tally: Tally): NoticeOutcome {
  const { open, agreed, half, no } = classesOf(tally)
  if (agreed + half + no === 0) return 'pending'
  if (open + half + no === 0) return 'all'
  if (open + half + agreed === 0) return 'none'
  return 'partial'
}

/** Whether some cell still lacks an answer: an offered licence is an answer here. */
export function isPending(tally: Tally): boolean {
  return (tally.pending ?? 0) > 0
}

// What a duplicate or an open cell promises is less than a half, and more than a no.
const promise = { agreed: 3, half: 2, open: 1, aside: 1, no: 0 } as const satisfies Record<OutcomeClass, number>

/** How much an outcome promises to the holder: 3 all, 2 half, 1 open, 0 nothing. */
export function promiseOf(outcome: Outcome): number {
  return promise[outcomeRules[outcome].class]
}

/** Whether a correction takes back something from the holder. A withdrawal is the holder's own and never does. */
export function isWorse(before: Outcome, after: Outcome): boolean {
  return before !== 'withdrawn' && after !== 'withdrawn' && promiseOf(after) < promiseOf(before)
}
