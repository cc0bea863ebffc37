import type { NoticeOutcome } from './outcomes.ts'
import { openStages, type Stage, type Standpoint } from './stages.ts'

/** Who has to do something next. */
export type WaitingOn = 'holder' | 'vendor' | 'association' | 'nobody'

const waitingOnAt = {
  draft: 'holder',
  awaiting_approval: 'holder',
  queued: 'nobody',
  sent: 'vendor',
  delivered: 'vendor',
  acknowledged: 'vendor',
  in_review: 'vendor',
  clarification_needed: 'holder',
  decided: 'holder',
  verifying: 'nobody',
  closed: 'nobody',
  withdrawn: 'nobody',
  superseded: 'nobody',
} as const satisfies Record<Standpoint, WaitingOn>

/** Who has to act: the holder while a contact is to be fixed. */
export function waitingOn({
  stage,
  undeliverable,
}: {
  readonly stage: Standpoint
  readonly undeliverable: boolean
}): WaitingOn {
  const awaitsVendor = waitingOnAt[stage] === 'vendor' || stage === 'queued'
  return undeliverable && awaitsVendor ? 'holder' : waitingOnAt[stage]
}

/** What is looked at to tell what is overdue. Instants, or null while the clock does not run. */
export interface Dates {
  readonly stage: Standpoint
  readonly undeliverableAt: Date | null
  /** Since the last reminder went unanswered. */
  readonly unresponsiveAt?: Date | null
  readonly acknowledgedAt: Date | null
  readonly acknowledgeDueAt: Date | null
  readonly decideDueAt: Date | null
  readonly veryOverdueAt?: Date | null
  /** The decide clock is paused while the holder must act. */
  readonly paused?: boolean
}

/** What is computed and never stored. */
export interface DueState {
  readonly undeliverable: boolean
  readonly unresponsive: boolean
  readonly acknowledgeOverdue: boolean
  readonly decisionOverdue: boolean
  readonly veryOverdue: boolean
}

/** What is overdue at an instant. Nothing is once the vendor has decided or the holder has ended the notice. */
export function dueState(notice: Dates, at: Date): DueState {
  const open = isOpen(notice.stage)
  const deciding = open && notice.paused !== true
  return {
    undeliverable: notice.undeliverableAt !== null && (open || notice.stage === 'queued'),
    unresponsive: open && notice.acknowledgedAt === null && (notice.unresponsiveAt ?? null) !== null,
    acknowledgeOverdue: open && notice.acknowledgedAt === null && isPast(notice.acknowledgeDueAt, at),
    decisionOverdue: deciding && isPast(notice.decideDueAt, at),
    veryOverdue: deciding && isPast(notice.veryOverdueAt ?? null, at),
  }
}

/** The one state of a notice where a screen has room for one. */
export type ShownState =
  | { readonly kind: 'undeliverable' | 'acknowledge_overdue' | 'decision_overdue' | 'question' }
  | { readonly kind: 'stage'; readonly stage: Standpoint }
  | { readonly kind: 'outcome'; readonly outcome: NoticeOutcome }

/** Chooses it: undeliverable, overdue, a question, then the stage while open, then the outcome. */
export function shownState(notice: Dates & { readonly outcome: NoticeOutcome }, at: Date): ShownState {
  const due = dueState(notice, at)
  if (due.undeliverable) return { kind: 'undeliverable' }
  if (due.decisionOverdue) return { kind: 'decision_overdue' }
  if (due.acknowledgeOverdue) return { kind: 'acknowledge_overdue' }
  if (notice.stage === 'clarification_needed') return { kind: 'question' }
  const settled = notice.stage === 'decided' || notice.stage === 'verifying' || notice.stage === 'closed'
  return settled ? { kind: 'outcome', outcome: notice.outcome } : { kind: 'stage', stage: notice.stage }
}

/** Whether an answer of the vendor is awaited. */
export function isOpen(stage: Standpoint): boolean {
  const open: readonly (Stage | 'draft')[] = openStages
  return open.includes(stage)
}

function isPast(due: Date | null, at: Date): boolean {
  return due !== null && at.getTime() > due.getTime()
}
