import type { Completeness } from './filing-completeness.ts'
import { elementPlaces } from './filing-completeness.ts'
import type { VendorDuplicates } from './duplicates.ts'
import type { FilingContent } from './filing-draft.ts'
import type { DraftReferences, FilingFacts, FilingVendor } from './filing-facts.ts'
import type { ElementId, LetterLocale } from './legal-bases/basis.ts'
import type { KeptVersion } from './kept-choices.ts'
import type { GapId, Score } from './filing-score.ts'
import type { Letter } from './letter.ts'

/** A draft as the pages of the wizard show it. */
export interface FilingView {
  readonly preview: {
    readonly draft: {
      readonly id: string
      readonly revision: number
      readonly content: FilingContent
      readonly references: DraftReferences
      readonly updatedAt: Date
      readonly kept: readonly KeptVersion[]
      readonly returned: { readonly by: string | null; readonly at: string; readonly note: string } | null
    }
    readonly facts: FilingFacts
    readonly completeness: Completeness
    readonly score: Score
    readonly letters: readonly { readonly letter: Letter; readonly sha256: string }[]
    readonly lettersSha256: string
    readonly sendAt: Date
    /** Who could approve it, where an approval is needed. */
    readonly approvers: readonly string[]
    readonly duplicates: readonly VendorDuplicates[]
  }
  /** The language in which the letters are shown now. */
  readonly letterLocale: LetterLocale
  /** The reader's. */
  readonly timeZone: string
  readonly personId: string
  readonly personEmail: string
  readonly personName: string
  /** Whether the reader's role may file at all. */
  readonly mayFile: boolean
}

/** The page on which something missing is supplied. */
export function placeOfGap(gap: GapId, draftId: string): string {
  if (gap === 'contacts') return `/filings/${draftId}/vendors`
  return gap === 'matter_number' ? `/filings/${draftId}/basis#matter_number` : placeOf(gap, draftId)
}

/** The page on which an element is supplied. */
export function placeOf(element: ElementId, draftId: string): string {
  const place = elementPlaces[element]
  return place === 'settings' ? '/settings/organisation' : `/filings/${draftId}/${place}#${element}`
}

/** The vendors that a notice can go to now. */
export function reachable({ vendors, left }: FilingFacts): readonly FilingVendor[] {
  return vendors.filter(({ id, contact }) => contact !== null && left[id]?.count !== 0)
}

/** How many answers the filing asks for: works, measures and notices multiplied. */
export function answersDue({ facts, draft }: FilingView['preview']): number {
  return (facts.works?.count ?? 0) * draft.content.measures.length * reachable(facts).length
}
