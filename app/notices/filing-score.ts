import type { ElementId } from './legal-bases/basis.ts'
import { hasElement, wantedElements, type ElementFacts } from './legal-bases/elements.ts'

/** What helps a filing beyond what its bases want. */
export const scoredExtras = ['matter_number', 'contacts'] as const
/** Something that can be missing: an element of a basis, or one of `scoredExtras`. */
export type GapId = ElementId | (typeof scoredExtras)[number]

/** What a score is made from. The vendor sees none of it. */
export interface ScoreFacts {
  readonly elements: ElementFacts
  readonly matterNumber: string
  /** Chosen vendors, and those of them with a working, verified contact. */
  readonly vendors: number
  readonly reachable: number
}

/** Something missing; `blocks` where nothing can be filed without it. */
export interface Gap {
  readonly id: GapId
  readonly blocks: boolean
}

/** How complete a filing is: 0 to 100, and 100 only where nothing is missing. */
export interface Score {
  readonly score: number
  readonly gaps: readonly Gap[]
}

// What a basis requires weighs most; what merely helps a vendor find, answer and file the notice weighs less.
const weights = { R: 10, W: 4, contacts: 6, matter_number: 2 } as const

/** Scores a filing by what its bases want and by what helps beside them. */
export function scoreOf(facts: ScoreFacts): Score {
  const parts = [...elementParts(facts.elements), ...extraParts(facts)]
  const whole = parts.reduce((sum, { weight }) => sum + weight, 0)
  const have = parts.reduce((sum, { weight, share }) => sum + weight * share, 0)
  const gaps = parts.filter(({ share }) => share < 1).map(({ id, blocks }) => ({ id, blocks }))
  // Rounded down: 100 would say that nothing is missing.
  return { score: gaps.length === 0 ? 100 : Math.min(99, Math.floor((100 * have) / whole)), gaps }
}

interface Part extends Gap {
  readonly weight: number
  /** How much of it is there, 0 to 1. */
  readonly share: number
}

function elementParts(facts: ElementFacts): Part[] {
  return wantedElements(facts).map(({ element, level }) => ({
    id: element,
    blocks: level === 'R',
    weight: weights[level],
    share: hasElement(element, facts) ? 1 : shareOf(element, facts),
  }))
}

// Of works without identifier or location some may still have one: each counts.
function shareOf(element: ElementId, { works, unfindable }: ElementFacts): number {
  if (element !== 'works_findable' || works === null || works.count === 0) return 0
  return Math.max(0, works.count - unfindable) / works.count
}

function extraParts({ matterNumber, vendors, reachable }: ScoreFacts): Part[] {
  return [
    { id: 'matter_number', blocks: false, weight: weights.matter_number, share: matterNumber.trim() === '' ? 0 : 1 },
    ...(vendors === 0
      ? []
      : [{ id: 'contacts' as const, blocks: reachable === 0, weight: weights.contacts, share: reachable / vendors }]),
  ]
}
