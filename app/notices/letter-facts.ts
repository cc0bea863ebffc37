import type {
  Act,
  BasisVersion,
  CommitmentPoint,
  JapanGround,
  JapanRight,
  LetterLocale,
  NoticeKind,
  Signal,
  Stance,
  StatementId,
} from './legal-bases/basis.ts'
import type { Measure } from './measures.ts'

/** A work as a letter names it. */
export interface LetterWork {
  readonly title: string
  readonly year: number | null
}

/** The works a letter is about: frozen with the filing. */
export interface LetterWorks {
  readonly count: number
  /** The whole version of the catalogue, not a part of it. */
  readonly whole: boolean
  readonly catalogue: string
  readonly version: number
  readonly examples: readonly LetterWork[]
}

/** The particulars that only some bases want; empty where the filer gave none. */
export interface LetterParticulars {
  readonly acts: readonly Act[]
  readonly models: string
  readonly rights: string
  readonly evidence: string
  /** When the outputs described were captured. */
  readonly captured: { readonly at: string; readonly timeZone: string } | null
  readonly locations: readonly LetterLocation[]
  readonly japanGrounds: readonly JapanGround[]
  readonly japanRights: readonly JapanRight[]
  readonly japanFacts: string
  readonly contactEmail: string
  readonly signals: readonly Signal[]
  readonly signalUrls: readonly string[]
  /** A day, YYYY-MM-DD. */
  readonly signalSince: string | null
  readonly points: readonly CommitmentPoint[]
  readonly complaintFacts: string
  /** The same was complained of before. */
  readonly repeated: boolean
  readonly illegality: string
  readonly fairUse: boolean
  readonly ukConnection: string
}

/** Where an output is, and which work it concerns if that was said. */
export interface LetterLocation {
  readonly url: string
  readonly work: string | null
}

/** A file that goes with the notice, as the letter names it. */
export interface LetterPiece {
  readonly name: string
  readonly type: string
  readonly bytes: number
  readonly sha256: string
}

/** All that a letter is composed of. Texts are as typed: composing makes them safe. */
export interface LetterFacts {
  readonly locale: LetterLocale
  readonly kind: NoticeKind
  readonly stance: Stance | null
  /** Says that the letter is without prejudice to the need for prior permission. */
  readonly priorPermission: boolean
  readonly bases: readonly BasisVersion[]
  readonly reference: string | null
  readonly matterNumber: string
  readonly holder: {
    readonly name: string
    readonly nameOther: string | null
    readonly address: string
    readonly telephone: string | null
  }
  readonly vendor: { readonly name: string; readonly nameOther: string | null; readonly legalEntity: string | null }
  readonly works: LetterWorks | null
  readonly measures: readonly { readonly measure: Measure; readonly detail: string }[]
  readonly particulars: LetterParticulars
  /** What the vendor can read beside the letter. */
  readonly evidence: readonly LetterPiece[]
  /** Working days after receipt. */
  readonly acknowledgeDays: number
  readonly decideDays: number
  /** The letter's own date, YYYY-MM-DD, where a basis wants one. */
  readonly deadlineOn: string | null
  readonly paragraph: string
  readonly statements: readonly StatementId[]
  readonly signatory: {
    readonly name: string
    readonly capacity: string
    /** ISO 8601, UTC. */
    readonly signedAt: string
    readonly timeZone: string
  } | null
}
