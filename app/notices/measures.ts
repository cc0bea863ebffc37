import { outcomeRules, type Outcome } from './outcomes.ts'

/** Everything that can be demanded, in the order in which letters number it: the first is measure 1. */
export const measures = [
  'STOP_TRAINING_FUTURE',
  'REMOVE_FROM_DATASETS',
  'RETRAIN_OR_UNLEARN',
  'RESPOND_TO_OUTPUT_CLAIMS',
  'FILTER_OUTPUTS',
  'REMOVE_OUTPUT_URLS',
  'DISCLOSE_USE',
  'PRESERVE_EVIDENCE',
  'LICENCE_OFFER',
  'WRITTEN_UNDERTAKING',
] as const

/** One thing demanded, answered per work. */
export type Measure = (typeof measures)[number]

const everywhere = [
  'pending',
  'not_used',
  'already_licensed',
  'refused',
  'insufficient_detail',
  'duplicate_of',
  'withdrawn',
] as const
const training = [
  'accepted_excluded',
  'accepted_removed',
  'accepted_future_only',
  'licence_offered',
  'licensed',
] as const
const outputs = ['accepted_output_blocked', 'accepted_removed', 'licence_offered', 'licensed'] as const
const conduct = ['agreed'] as const

/** Per measure its number, what it is about (which decides the time to answer), and the outcomes of its own. */
const measureRules = {
  STOP_TRAINING_FUTURE: { number: 1, about: 'training', own: training },
  REMOVE_FROM_DATASETS: { number: 2, about: 'training', own: training },
  RETRAIN_OR_UNLEARN: { number: 3, about: 'training', own: training },
  RESPOND_TO_OUTPUT_CLAIMS: { number: 4, about: 'outputs', own: conduct },
  FILTER_OUTPUTS: { number: 5, about: 'outputs', own: outputs },
  REMOVE_OUTPUT_URLS: { number: 6, about: 'outputs', own: outputs },
  DISCLOSE_USE: { number: 7, about: 'training', own: conduct },
  PRESERVE_EVIDENCE: { number: 8, about: 'training', own: conduct },
  LICENCE_OFFER: { number: 9, about: 'training', own: ['licence_offered', 'licensed'] },
  WRITTEN_UNDERTAKING: { number: 10, about: 'training', own: conduct },
} as const satisfies Record<
  Measure,
  { readonly number: number; readonly about: 'training' | 'outputs'; readonly own: readonly Outcome[] }
>

/** The number that letters and screens show, 1 to 10. */
export function numberOf(measure: Measure): number {
  return measureRules[measure].number
}

/** Whether a measure is about outputs, which are to be decided sooner than training and datasets. */
export function isAboutOutputs(measure: Measure): boolean {
  return measureRules[measure].about === 'outputs'
}

/** Every outcome that a cell of this measure may ever have. */
export function outcomesOf(measure: Measure): readonly Outcome[] {
  return [...measureRules[measure].own, ...everywhere]
}

/** The outcomes that a vendor may record for this measure by hand, by file or by the API. */
export function answersOf(measure: Measure): readonly Outcome[] {
  return outcomesOf(measure).filter((outcome) => !('by' in outcomeRules[outcome]))
}

/** Whether a vendor may record this outcome for this measure. */
export function mayAnswer(measure: Measure, outcome: Outcome): boolean {
  return answersOf(measure).includes(outcome)
}

/** What a kind of notice demands at the least. */
export const kindNeeds = {
  exclusion: { oneOf: ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS'], proof: false, deadline: false },
  takedown: { oneOf: ['REMOVE_OUTPUT_URLS', 'FILTER_OUTPUTS'], proof: true, deadline: false },
  cease_and_desist: { oneOf: measures, proof: false, deadline: true },
} as const satisfies Record<
  string,
  { readonly oneOf: readonly Measure[]; readonly proof: boolean; readonly deadline: boolean }
>

/** What a notice lacks for its kind. */
export type KindLack = 'measure' | 'locations-or-evidence' | 'deadline'

/**
 * What is missing before a notice of this kind may be submitted.
 *
 * @returns nothing when it is complete
 */
export function lacksOf(
  kind: keyof typeof kindNeeds,
  notice: {
    readonly measures: readonly Measure[]
    readonly hasLocations: boolean
    readonly hasEvidence: boolean
    readonly hasDeadline: boolean
  },
): readonly KindLack[] {
  const { oneOf, proof, deadline } = kindNeeds[kind]
  const wanted: readonly Measure[] = oneOf
  return [
    ...(notice.measures.some((measure) => wanted.includes(measure)) ? [] : (['measure'] as const)),
    ...(proof && !notice.hasLocations && !notice.hasEvidence ? (['locations-or-evidence'] as const) : []),
    ...(deadline && !notice.hasDeadline ? (['deadline'] as const) : []),
  ]
}
