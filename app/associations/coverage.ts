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
  return { memberId, vendorId, figures: figuresOf(sums) }
}

/** The sums of several pairs together. */
export function sumOf(all: readonly Figures[]): Figures {
  return figuresOf(figureNames.map((name) => all.reduce((sum, figures) => sum + figures[name], 0)))
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
export function cellOf(member: CoveredMember, vendorId: string, filed: Filed): Cell {
  const figures = filed.get(member.id)?.get(vendorId)
  if (figures !== undefined) return { kind: 'filed', figures }
  return { kind: member.vendors === null || member.vendors.includes(vendorId) ? 'unfiled' : 'no_mandate' }
}

/** The figures by member and then by vendor. */
export type Filed = ReadonlyMap<string, ReadonlyMap<string, Figures>>

/** The figures of pairs, to be found by their member and vendor. */
export function byPair(pairs: readonly Pair[]): Filed {
  const members = new Map<string, Map<string, Figures>>()
  for (const { memberId, vendorId, figures } of pairs) {
    const vendors = members.get(memberId) ?? new Map<string, Figures>()
    members.set(memberId, vendors.set(vendorId, figures))
  }
  return members
}

// Written out: eight thousand of them are made for a page, and an object whose names are known when it is made costs least.
function figuresOf(sums: readonly number[]): Figures {
  const [
    notices = 0,
    works = 0,
    acknowledged = 0,
    undeliverable = 0,
    awaitingApproval = 0,
    queued = 0,
    sent = 0,
    delivered = 0,
    underAcknowledgement = 0,
    inReview = 0,
    question = 0,
    allAgreed = 0,
    partlyAgreed = 0,
    noneAgreed = 0,
    unanswered = 0,
    withdrawn = 0,
    superseded = 0,
    late = 0,
    lateAcknowledgement = 0,
    lateDecision = 0,
    lateUndeliverable = 0,
  ] = sums
  return {
    notices,
    works,
    acknowledged,
    undeliverable,
    awaitingApproval,
    queued,
    sent,
    delivered,
    underAcknowledgement,
    inReview,
    question,
    allAgreed,
    partlyAgreed,
    noneAgreed,
    unanswered,
    withdrawn,
    superseded,
    late,
    lateAcknowledgement,
    lateDecision,
    lateUndeliverable,
  }
}
