import type { NoticeKind } from './legal-bases/basis.ts'
import type { Measure } from './measures.ts'
import type { Standpoint } from './stages.ts'

/** A notice of a filing, as the page of the filing lists it. */
export interface FiledNotice {
  readonly reference: string
  readonly vendor: string
  readonly slug: string
  readonly address: string | null
  readonly timeZone: string | null
  readonly stage: Standpoint
  /** Its mail is on its way. */
  readonly begun: boolean
}

/** A filing as it was submitted. */
export interface FilingRecord {
  readonly reference: string
  readonly kind: NoticeKind
  readonly measures: readonly Measure[]
  readonly statements: readonly { readonly text: string }[]
  readonly signatoryName: string
  readonly signatoryCapacity: string
  readonly submittedAt: Date
  /** Null when that person has left the organisation. */
  readonly submittedBy: string | null
  readonly sendAt: Date
  readonly recalledAt: Date | null
  readonly draftId: string | null
  readonly catalogue: string | null
  readonly version: number | null
  readonly works: number | null
  readonly notices: readonly FiledNotice[]
}

/** Whether the whole filing can still be taken back. */
export function isRecallable({ recalledAt, notices }: FilingRecord): boolean {
  return recalledAt === null && notices.length > 0 && notices.every(({ stage, begun }) => stage === 'queued' && !begun)
}

/** A line of the list of drafts. */
export interface DraftLine {
  readonly id: string
  readonly reference: string
  readonly kind: NoticeKind | null
  readonly vendors: readonly string[]
  readonly updatedAt: Date
  readonly updatedBy: string | null
  /** It was sent once and taken back. */
  readonly recalled: boolean
}
