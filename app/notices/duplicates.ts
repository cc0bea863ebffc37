import type { Measure } from './measures.ts'
import type { Stage } from './stages.ts'

/** What a filer can do about works that already have an open notice to a vendor. */
export const duplicateChoices = ['skip', 'link', 'supersede'] as const
/** One of `duplicateChoices`. */
export type DuplicateChoice = (typeof duplicateChoices)[number]

/** An open notice about some of the same works and measures. */
export interface EarlierNotice {
  readonly id: string
  readonly reference: string
  readonly stage: Stage
  readonly vendorId: string
  readonly scopeId: string
  readonly kind: 'all' | 'listed'
  readonly version: number
  readonly works: number
  /** Of those that are asked now. */
  readonly measures: readonly Measure[]
  /** Some of its works were withdrawn. */
  readonly trimmed: boolean
}

/** What one vendor is asked a second time. */
export interface VendorDuplicates {
  readonly vendorId: string
  /** How many works it is asked about again, by any of the measures. */
  readonly works: number
  /** Of these, works of which every measure is asked already: nothing is lost when they are left out. */
  readonly covered: number
  readonly measures: readonly Measure[]
  /** The first of them. */
  readonly notices: readonly Pick<EarlierNotice, 'reference' | 'stage'>[]
  readonly noticesCount: number
  /** Changes when there is another notice, or an earlier one asks for other things: a choice holds for what was seen. */
  readonly seen: string
}

/** What was chosen for a vendor, and on what it was chosen. */
export type ChosenDuplicate = { readonly choice: DuplicateChoice; readonly seen: string }

/** The choices of a draft, by vendor. */
export type DuplicateChoices = Readonly<Record<string, ChosenDuplicate>>

/** The choice that holds for what there is now; null where the filer has yet to choose, or must choose again. */
export function choiceFor(
  { vendorId, seen, covered }: Pick<VendorDuplicates, 'vendorId' | 'seen' | 'covered'>,
  choices: DuplicateChoices,
): DuplicateChoice | null {
  const chosen = choices[vendorId]
  if (chosen === undefined || chosen.seen !== seen) return null
  return chosen.choice === 'skip' && covered === 0 ? null : chosen.choice
}

/** The vendors for which the filer has yet to choose. */
export function undecided(
  duplicates: readonly VendorDuplicates[],
  choices: DuplicateChoices,
): readonly VendorDuplicates[] {
  return duplicates.filter((each) => choiceFor(each, choices) === null)
}

/** Measures as bits, in the order in which they are asked now. */
export function maskOf(measures: readonly Measure[], asked: readonly Measure[]): number {
  return asked.reduce((mask, measure, index) => (measures.includes(measure) ? mask | (1 << index) : mask), 0)
}

/** The measures that bits mean. */
export function measuresIn(mask: number, asked: readonly Measure[]): readonly Measure[] {
  return asked.filter((_measure, index) => (mask & (1 << index)) !== 0)
}
