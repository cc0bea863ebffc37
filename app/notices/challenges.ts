import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { measures, type Measure } from './measures.ts'
import { outcomeRules, outcomes, type Outcome } from './outcomes.ts'

const mostTicked = 20_000

/** What the page for challenging a decision sends. */
export const challengeForm = z.object({
  measure: z
    .array(z.enum(measures), { error: () => m.questions_challenge_fault_measures() })
    .min(1, { error: () => m.questions_challenge_fault_measures() }),
  about: z.enum(['unagreed', 'chosen']),
  work: z.array(z.uuid()).max(mostTicked).default([]),
  text: z
    .string({ error: () => m.questions_challenge_fault_text() })
    .trim()
    .min(3, { error: () => m.questions_challenge_fault_text() })
    .max(5_000, { error: () => m.questions_fault_text_long({ max: '5,000' }) })
    .refine((typed) => typed.isWellFormed() && !typed.includes('\0'), {
      error: () => m.questions_challenge_fault_text(),
    }),
})

/** The answers that a challenge means: of some measures all that are no agreement, or those of chosen works. */
export type ChallengedCells =
  | { readonly kind: 'unagreed'; readonly measures: readonly Measure[] }
  | { readonly kind: 'chosen'; readonly measures: readonly Measure[]; readonly workIds: readonly string[] }

/** The answers that a form for challenging means; null when it says chosen and chooses none. */
export function challengedCells({ measure, about, work }: z.output<typeof challengeForm>): ChallengedCells | null {
  if (about === 'unagreed') return { kind: 'unagreed', measures: measure }
  return work.length === 0 ? null : { kind: 'chosen', measures: measure, workIds: work }
}

/** The outcomes that are less than an agreement: what a challenge of everything means. */
export const unagreedOutcomes: readonly Outcome[] = outcomes.filter((outcome) =>
  ['half', 'no'].includes(outcomeRules[outcome].class),
)
