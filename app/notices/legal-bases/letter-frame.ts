import type { Act, CommitmentPoint, JapanGround, JapanRight, NoticeKind, Signal, Stance } from './basis.ts'
import type { Measure } from '#app/notices/measures.ts'

/**
 * The words every letter shares, in one language. Words in braces are filled in by `compose-letter.ts`; like a pack,
 * a frame is never edited once used.
 */
export interface Frame {
  readonly title: { readonly [kind in NoticeKind]: string }
  readonly addressee: string
  readonly salutation: string | null
  readonly opening: { readonly all: string; readonly listed: string; readonly none: string }
  readonly examples: { readonly some: string; readonly complete: string; readonly more: string }
  readonly stance: { readonly [kind in NoticeKind]: { readonly [stance in Stance]: string } }
  readonly priorPermission: string
  readonly ask: string
  readonly demand: string
  readonly noMeasures: string
  readonly measures: { readonly [measure in Measure]: { readonly plain: string; readonly detailed: string } }
  readonly eachWork: string
  readonly deadlines: string
  readonly ownDeadline: string
  readonly howToAnswer: string
  readonly acts: { readonly [act in Act]: string }
  readonly actsIntro: string
  readonly models: string
  readonly rights: string
  readonly evidence: string
  readonly locations: string
  readonly japanGrounds: { readonly [ground in JapanGround]: string }
  readonly japanRights: { readonly [right in JapanRight]: string }
  readonly japanRightsIntro: string
  readonly japanFacts: string
  readonly statements: string
  readonly end: string
  readonly signedFor: string
  readonly signedAt: string
  readonly notSigned: string
  readonly annex: string
  readonly works: { readonly one: string; readonly other: string }
  readonly labels: {
    readonly reference: string
    readonly matter: string
    readonly date: string
    readonly telephone: string
    readonly noReference: string
  }
  /** Since the second common letter. */
  readonly complaint?: ComplaintWords
}

/** What is complained of, in a section of its own, and the particulars of the bases that came with it. */
export interface ComplaintWords {
  readonly heading: string
  readonly email: string
  readonly captured: string
  /** A location with the work that it concerns. */
  readonly locationOf: string
  readonly annex: { readonly one: string; readonly other: string }
  readonly signals: { readonly [signal in Signal]: string }
  readonly signalsIntro: string
  readonly signalsWhere: string
  readonly signalsSince: string
  readonly points: { readonly [point in CommitmentPoint]: string }
  readonly pointsIntro: string
  readonly complaintFacts: string
  readonly repeated: string
  readonly illegality: string
  readonly fairUse: string
  readonly ukConnection: string
}
