/** The sums of a pair of member and vendor, in the order in which `association_coverage` says them. */
export const figureNames = [
  'notices',
  'works',
  'acknowledged',
  'undeliverable',
  'awaitingApproval',
  'queued',
  'sent',
  'delivered',
  'underAcknowledgement',
  'inReview',
  'question',
  'allAgreed',
  'partlyAgreed',
  'noneAgreed',
  'unanswered',
  'withdrawn',
  'superseded',
  'late',
  'lateAcknowledgement',
  'lateDecision',
  'lateUndeliverable',
] as const

/** How many notices of a pair stand where; `works` counts the works that they name, one that two name twice. */
export type Figures = Readonly<Record<(typeof figureNames)[number], number>>

/** A member's notices to a vendor. */
export interface Pair {
  readonly memberId: string
  readonly vendorId: string
  readonly figures: Figures
}

/** A pair as the database says it. */
export type PairRow = readonly [string, string, ...number[]]

/** Names the sums of a row. */
export function pairOf([memberId, vendorId, ...sums]: PairRow): Pair {
  return { memberId, vendorId, figures: figuresFrom((_, place) => sums[place] ?? 0) }
}

/** The sums of several pairs together. */
export function sumOf(all: readonly Figures[]): Figures {
  return figuresFrom((name) => all.reduce((sum, figures) => sum + figures[name], 0))
}

/** How many are decided, whatever came after. */
export function decidedOf({ allAgreed, partlyAgreed, noneAgreed, unanswered }: Figures): number {
  return allAgreed + partlyAgreed + noneAgreed + unanswered
}

/** How many are past a date or could not be delivered; one that is both counts once. */
export function troubledOf({ late, undeliverable, lateUndeliverable }: Figures): number {
  return late + undeliverable - lateUndeliverable
}

/** What one sign of a cell can say, what needs attention first: as with one notice, in the order in which it is looked for. */
const signs = [
  ['undeliverable', ({ undeliverable }) => undeliverable],
  ['decision_overdue', ({ lateDecision }) => lateDecision],
  ['acknowledge_overdue', ({ lateAcknowledgement }) => lateAcknowledgement],
  ['clarification_needed', ({ question }) => question],
  ['awaiting_approval', ({ awaitingApproval }) => awaitingApproval],
  ['queued', ({ queued }) => queued],
  ['sent', ({ sent }) => sent],
  ['delivered', ({ delivered }) => delivered],
  ['acknowledged', ({ underAcknowledgement }) => underAcknowledgement],
  ['in_review', ({ inReview }) => inReview],
] as const satisfies readonly (readonly [string, (figures: Figures) => number])[]

/** Where a cell stands: the first of its notices that needs attention, or what came of all of them. */
export type Standing = (typeof signs)[number][0] | 'all' | 'partial' | 'none' | 'pending' | 'withdrawn' | 'superseded'

/** The one state of a cell and how many of its notices are in it. */
export function standingOf(figures: Figures): { readonly standing: Standing; readonly count: number } {
  for (const [standing, count] of signs) if (count(figures) > 0) return { standing, count: count(figures) }
  return outcomeOf(figures)
}

function outcomeOf(figures: Figures): { standing: Standing; count: number } {
  const { allAgreed, partlyAgreed, noneAgreed, unanswered, withdrawn, superseded } = figures
  const count = decidedOf(figures)
  if (count === 0)
    return withdrawn > 0 ? { standing: 'withdrawn', count: withdrawn } : { standing: 'superseded', count: superseded }
  if (unanswered > 0) return { standing: 'pending', count: unanswered }
  if (allAgreed === count) return { standing: 'all', count }
  return noneAgreed === count
    ? { standing: 'none', count }
    : { standing: 'partial', count: partlyAgreed === 0 ? count : partlyAgreed }
}

/** A member with the vendors against which its mandate counts; null: every vendor. */
export interface CoveredMember {
  readonly id: string
  readonly name: string
  readonly nameOther: string | null
  readonly vendors: readonly string[] | null
}

/** What stands where a row and a column cross. */
export type Cell =
  | { readonly kind: 'filed'; readonly figures: Figures }
  | { readonly kind: 'unfiled' }
  | { readonly kind: 'no_mandate' }

/** The cell of a member and a vendor. */
export function cellOf(member: CoveredMember, vendorId: string, pairs: ReadonlyMap<string, Pair>): Cell {
  const pair = pairs.get(pairKey(member.id, vendorId))
  if (pair !== undefined) return { kind: 'filed', figures: pair.figures }
  return { kind: member.vendors === null || member.vendors.includes(vendorId) ? 'unfiled' : 'no_mandate' }
}

/** The pairs by their key. */
export function byPair(pairs: readonly Pair[]): ReadonlyMap<string, Pair> {
  return new Map(pairs.map((pair) => [pairKey(pair.memberId, pair.vendorId), pair]))
}

function pairKey(memberId: string, vendorId: string): string {
  return `${memberId} ${vendorId}`
}

function figuresFrom(of: (name: keyof Figures, place: number) => number): Figures {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- entries of exactly the names, which the library calls an object of any keys
  return Object.fromEntries(figureNames.map((name, place) => [name, of(name, place)])) as Figures
}
