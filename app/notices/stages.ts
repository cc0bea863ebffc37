import type { Role } from '#app/accounts/roles.ts'

/** The stages of a notice, in the order of its life. A draft is no stage: it lives outside the ledger. */
export const stages = [
  'awaiting_approval',
  'queued',
  'sent',
  'delivered',
  'acknowledged',
  'in_review',
  'clarification_needed',
  'decided',
  'verifying',
  'closed',
  'withdrawn',
  'superseded',
] as const

/** Where a notice stands; what came of its measures is its outcome, another field. */
export type Stage = (typeof stages)[number]

/** A stage, or the draft that a submission starts from and a recall returns to. */
export type Standpoint = Stage | 'draft'

/** The stages in which an answer of the vendor is awaited. */
export const openStages = ['sent', 'delivered', 'acknowledged', 'in_review', 'clarification_needed'] as const

/** The stages in which the vendor has acknowledged and not yet decided. */
export const answeringStages = ['acknowledged', 'in_review', 'clarification_needed'] as const

/** Decided, whatever came after. */
export const settledStages = ['decided', 'verifying', 'closed'] as const

/** Sent and not ended by the holder: the truth about mails is still recorded. */
export const servedStages = [...openStages, ...settledStages] as const

/**
 * Who may take a step. `submitter` is the one who submitted this notice, `reader` any member of the vendor, `bearer` holds the mail link of the notice; `confirmed_bearer` has also typed the code
 * that was mailed to the contact. `member` is of the holder itself, never of an association that filed for it.
 */
export const actors = {
  editor: { party: 'holder', roles: ['editor', 'owner'] },
  approver: { party: 'holder', roles: ['approver', 'owner'] },
  submitter: { party: 'holder', roles: ['editor', 'owner'], submitter: true },
  owner: { party: 'holder', roles: ['owner'] },
  member: { party: 'holder', roles: ['owner', 'editor', 'approver'], itself: true },
  vendor: { party: 'vendor', roles: ['editor', 'owner'] },
  reader: { party: 'vendor', roles: ['owner', 'editor', 'approver', 'viewer'] },
  bearer: { party: 'link', confirmed: false },
  confirmed_bearer: { party: 'link', confirmed: true },
  system: { party: 'system' },
} as const satisfies Record<
  string,
  | {
      readonly party: 'holder' | 'vendor'
      readonly roles: readonly Role[]
      readonly submitter?: true
      readonly itself?: true
    }
  | { readonly party: 'link'; readonly confirmed: boolean }
  | { readonly party: 'system' }
>

/** A row of `actors`. */
export type Actor = keyof typeof actors

/** What a step does to the clocks of a notice. */
export type ClockEffect =
  | 'both_start'
  | 'acknowledge_ends'
  | 'decide_ends'
  | 'decide_pauses'
  | 'decide_resumes'
  | 'decide_restarts'
  | 'window_opens'
  | 'window_ends'
  | 'all_end'
  | 'one_extends'

/** What may be asked of the facts of a notice; `judge.ts` answers. */
export type Condition =
  | 'four_eyes'
  | 'annexed'
  | 'not_annexed'
  | 'signed_at_once'
  | 'begun'
  | 'not_begun'
  | 'pending'
  | 'nothing_pending'
  | 'no_works_left'
  | 'question_open'
  | 'checks_scheduled'
  | 'got_worse'
  | 'window_open'
  | 'window_over'
  | 'not_submitter'
  | 'by_vendor'
  | 'by_holder'
  | 'reopened'
  | 'escalated'
  | 'told'
  | 'vendor_wrote'
  | 'holder_wrote'

/** The mails that a step may owe; `emails/mails.ts` holds one for each. */
export const noticeMails = [
  'notice-served',
  'notice-sent',
  'notice-delivered',
  'delivery-failed',
  'notice-forwarded',
  'notice-acknowledged',
  'acknowledgement-receipt',
  'review-started',
  'question-asked',
  'question-reminder',
  'question-last-reminder',
  'question-answered',
  'question-closed',
  'notice-sent-back',
  'outcomes-recorded',
  'decision-declared',
  'decision-accepted',
  'decision-lapsed',
  'decision-challenged',
  'notice-superseded',
  'notice-escalated',
  'escalation-ended',
  'works-withdrawn',
  'notice-withdrawn',
  'evidence-shared',
  'clock-extended',
  'approval-needed',
  'filing-approved',
  'filing-returned',
  'message-received',
  'annex-answered',
] as const

/** The name of a mail about a notice. */
export type NoticeMail = (typeof noticeMails)[number]

/** Whom a duty means; the worker resolves people at sending time. */
export type Audience = 'vendor' | 'holder' | 'filer' | 'approvers' | 'person' | 'address' | 'association'

/** A mail owed, under its condition; `moved`: only if the stage changes. */
export interface MailOwed {
  readonly kind: NoticeMail
  readonly audience: Audience
  readonly when?: Condition | 'moved'
  /** Not at once: the act says when, and the worker asks again at that time whether it is still needed. */
  readonly later?: true
  /** Owed once for all notices of a filing that take the step together. */
  readonly once?: 'filing'
}

/** One way on: the first branch whose `from` and `when` fit is taken. */
export interface Branch {
  readonly from?: readonly Standpoint[]
  readonly when?: Condition
  readonly to: Standpoint | 'same'
  readonly clock?: readonly ClockEffect[]
}

/** The conditions under which a step is refused; each has its own reason in `judge.ts`. */
export type Need = Extract<
  Condition,
  'begun' | 'not_begun' | 'window_open' | 'window_over' | 'escalated' | 'not_submitter' | 'annexed' | 'not_annexed'
>

/** One row of the table. */
export interface StepRule {
  readonly from: readonly Standpoint[]
  readonly to: readonly Branch[]
  readonly who: readonly Actor[]
  readonly mails: readonly MailOwed[]
  /** The vendor sees the line in its timeline, once the notice is sent. */
  readonly shared: boolean
  /** False until the rest of the feature exists: nobody can take the step. */
  readonly offered: boolean
  readonly needs?: readonly Need[]
  readonly once?: true
  /** What lets a step that is taken once be taken again. */
  readonly again?: Condition
  /** An answer that counts as an acknowledgement when there was none. */
  readonly acknowledges?: true
}
