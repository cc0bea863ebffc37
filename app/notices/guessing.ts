/** A notice that a mail without an address of ours may be about, with what speaks for it. */
export interface Candidate {
  readonly noticeId: string
  readonly reasons: readonly GuessReason[]
  /** Days since the last mail to this address or vendor; null if there was none. */
  readonly daysSinceMail: number | null
}

/** What speaks for a notice, the strongest first. */
export const guessReasons = ['answers', 'reference', 'address', 'domain', 'recent'] as const
/** One of `guessReasons`. */
export type GuessReason = (typeof guessReasons)[number]

/** A proposal for the operator; it is never applied by itself. */
export interface ScoredGuess {
  readonly noticeId: string
  /** 1 to 99: nothing that is guessed is certain. */
  readonly score: number
  readonly reasons: readonly GuessReason[]
}

const weights = { answers: 70, reference: 60, address: 30, domain: 15, recent: 10 } as const satisfies Record<
  GuessReason,
  number
>
const recentDays = 14
const most = 5

/** The most likely notices, at most five, the best first; of equal ones the one that was mailed last. */
export function scoreGuesses(candidates: readonly Candidate[]): readonly ScoredGuess[] {
  return candidates
    .map((candidate) => ({ ...candidate, reasons: reasonsOf(candidate) }))
    .map(({ reasons, ...candidate }) => ({ ...candidate, reasons, score: scoreOf(reasons) }))
    .toSorted((a, b) => b.score - a.score || (a.daysSinceMail ?? Infinity) - (b.daysSinceMail ?? Infinity))
    .slice(0, most)
    .map(({ noticeId, score, reasons }) => ({ noticeId, score, reasons }))
}

function reasonsOf({ reasons, daysSinceMail }: Candidate): readonly GuessReason[] {
  const recent = daysSinceMail !== null && daysSinceMail <= recentDays
  return guessReasons.filter((reason) => (reason === 'recent' ? recent : reasons.includes(reason)))
}

function scoreOf(reasons: readonly GuessReason[]): number {
  const sum = reasons.reduce((total, reason) => total + weights[reason], 0)
  return Math.min(99, Math.max(1, sum))
}

/** The references that a text may name, as they are typed: case, spaces and look-alike letters are for the parser. */
export function referencesIn(text: string): readonly string[] {
  const found = text.slice(0, 20_000).matchAll(/\bCAV[-\s]?[0-9A-Z]{4}[-\s]?[0-9A-Z]{4}\b/gi)
  return [...new Set([...found].map(([typed]) => typed))].slice(0, 20)
}
