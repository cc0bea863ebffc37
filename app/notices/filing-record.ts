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
  /** When its turn comes, where it must wait for one. */
  readonly leavesAt: Date | null
  /** Its mail is on its way. */
  readonly begun: boolean
}

/** A filing as it was submitted. */
export interface FilingRecord {
  readonly reference: string
  readonly kind: NoticeKind
  readonly measures: readonly Measure[]
  readonly statements: readonly { readonly text: string }[]
  /** Null until an approver has signed. */
  readonly signatoryName: string | null
  readonly signatoryCapacity: string | null
  readonly approvedAt: Date | null
  readonly approvedBy: string | null
  /** Sent back by an approver, or taken back before anybody approved. */
  readonly returnedAt: Date | null
  readonly returnedBy: string | null
  readonly returnedNote: string | null
  /** Who could approve it: never its submitter. */
  readonly approvers: readonly string[]
  /** Submitted by the reader. */
  readonly own: boolean
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

/** Whether it waits for an approval. */
export function isWaiting({ recalledAt, notices }: FilingRecord): boolean {
  return recalledAt === null && notices.some(({ stage }) => stage === 'awaiting_approval')
}

/** A line of the list of drafts. */
export interface DraftLine {
  readonly id: string
  readonly reference: string
  readonly kind: NoticeKind | null
  readonly vendors: readonly string[]
  readonly updatedAt: Date
  readonly updatedBy: string | null
  /** It was submitted once and came back: recalled by its own people, or returned by an approver. */
  readonly back: 'recalled' | 'returned' | null
}
