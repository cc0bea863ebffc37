import { z } from 'zod'
import { mayAnswer, type Measure } from './measures.ts'
import { isWorse, outcomeRules, outcomes, refusalCodes, type Outcome, type OutcomeRule } from './outcomes.ts'

const longestText = 5_000

const text = z
  .string()
  .trim()
  .max(longestText)
  .refine((typed) => typed.isWellFormed() && !typed.includes('\0'))

/** What a vendor answers for some works and measures. */
export const answerSchema = z.strictObject({
  outcome: z.enum(outcomes),
  code: z.enum(refusalCodes).optional(),
  text: text.optional(),
  effectiveOn: z.iso.date().optional(),
})

/** One answer, as it was typed. */
export type Answer = z.infer<typeof answerSchema>

/** Works of a notice that an answer means: all, which sets the default; some by hand; or those that a filter finds. */
export const worksChoiceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('all'),
    /** Also gives up the answers that single works have of their own. */
    clear: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('chosen'), workIds: z.array(z.uuid()).min(1).max(1_000_000) }),
  z.strictObject({
    kind: z.literal('filtered'),
    filter: z.strictObject({
      text: z.string().trim().min(1).max(200).optional(),
      kind: z.string().min(1).max(40).optional(),
      /** The present outcome of the measure that is answered. */
      outcome: z.enum(outcomes).optional(),
    }),
    except: z.array(z.uuid()).max(1_000_000),
  }),
])

/** One of the three ways to choose. */
export type WorksChoice = z.infer<typeof worksChoiceSchema>

/** One line of what is recorded: some measures, some works, one answer. */
export interface Setting {
  readonly measures: readonly Measure[]
  readonly works: WorksChoice
  readonly answer: Answer
}

/** What is wrong with an answer, at its field. */
export interface AnswerFault {
  readonly field: 'outcome' | 'code' | 'text' | 'effectiveOn'
  readonly because: 'not-for-this-measure' | 'missing'
  readonly measure: Measure
}

/** What is wrong with an answer for these measures: an outcome that one of them does not allow, or a part that is missing. */
export function faultsOf(measures: readonly Measure[], answer: Answer): readonly AnswerFault[] {
  return measures.flatMap((measure): AnswerFault[] => {
    if (!mayAnswer(measure, answer.outcome)) return [{ field: 'outcome', because: 'not-for-this-measure', measure }]
    return missingParts(answer).map((field) => ({ field, because: 'missing', measure }))
  })
}

function missingParts({ outcome, code, text: said, effectiveOn }: Answer): readonly AnswerFault['field'][] {
  const { needs } = ruleOf(outcome)
  return [
    ...(needs === 'code_and_text' && code === undefined ? (['code'] as const) : []),
    ...((needs === 'code_and_text' || needs === 'text') && !said ? (['text'] as const) : []),
    ...(needs === 'date' && effectiveOn === undefined ? (['effectiveOn'] as const) : []),
  ]
}

/** An answer as it is stored: without the parts that do not belong to its outcome. */
export interface StoredAnswer {
  readonly outcome: Outcome
  readonly code: string | null
  readonly text: string | null
  readonly effectiveOn: string | null
}

/** What is kept of an answer; a text may stand beside any outcome. */
export function storedAnswer({ outcome, code, text: said, effectiveOn }: Answer): StoredAnswer {
  const { needs } = ruleOf(outcome)
  return {
    outcome,
    code: needs === 'code_and_text' ? (code ?? null) : null,
    text: said ? said : null,
    effectiveOn: needs === 'date' ? (effectiveOn ?? null) : null,
  }
}

/** The outcomes from which a change to `after` takes something back from the holder. */
export function betterThan(after: Outcome): readonly Outcome[] {
  return outcomes.filter((before) => isWorse(before, after))
}

function ruleOf(outcome: Outcome): OutcomeRule {
  return outcomeRules[outcome]
}
