import type { BasisVersion, NoticeKind, StatementId } from './legal-bases/basis.ts'
import { packOf } from './legal-bases/packs.ts'
import { statementsOf } from './letter-composition.ts'
import type { Letter } from './letter.ts'
import type { Measure } from './measures.ts'

/** A filing that waits for an approval, as the queue lists it. */
export interface ApprovalLine {
  readonly id: string
  readonly reference: string
  readonly kind: NoticeKind
  readonly notices: number
  readonly vendors: readonly string[]
  readonly works: number
  readonly submittedAt: Date
  /** Null when that person has left the organisation. */
  readonly submittedBy: string | null
  /** Nobody approves what he or she submitted. */
  readonly own: boolean
}

/** One letter as it will leave once the reader has signed it. */
export interface LetterToApprove {
  readonly reference: string
  readonly vendor: string
  readonly address: string | null
  readonly letter: Letter
}

/** A filing as the one sees it who is to approve it: frozen as it was submitted. */
export interface ApprovalView {
  readonly reference: string
  readonly kind: NoticeKind
  readonly catalogue: string
  readonly version: number
  readonly works: number
  readonly measures: readonly Measure[]
  readonly submittedAt: Date
  readonly submittedBy: string | null
  readonly own: boolean
  readonly statements: readonly { readonly id: StatementId; readonly text: string; readonly sworn: boolean }[]
  readonly locale: Letter['locale']
  readonly letters: readonly LetterToApprove[]
  /** Changes when anything that was submitted does: what is approved must be what was read. */
  readonly submission: string
  /** When the letters would leave, were they approved now. */
  readonly sendAt: Date
}

/** Why a filing is not approved, or not returned. */
export const approvalRefusals = [
  'role-too-low',
  'own-submission',
  'not-the-submitter',
  'approved',
  'returned',
  'withdrawn',
  'changed',
  'deadline-passed',
  'note-missing',
] as const
/** One of `approvalRefusals`. */
export type ApprovalRefusal = (typeof approvalRefusals)[number]

/** The statements that the letters want, each once. */
export function statementsOfBases(bases: readonly BasisVersion[]): readonly StatementId[] {
  return statementsOf(bases.map((basis) => packOf(basis))).map(({ id }) => id)
}

/** How many characters a note to the submitter may have. */
export const mostNote = 2_000
