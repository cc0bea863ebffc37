import { m } from '#app/generated/messages/messages.js'
import { resultSigns, resultWords, stageSigns, stageWords } from '#app/notices/wording.ts'
import type { IconName, Tone } from '#app/ui/icons.ts'
import type { Standing } from './coverage.ts'

/** Names where a cell stands. */
export const standingWords = {
  undeliverable: () => m.notices_undeliverable(),
  decision_overdue: () => m.matrix_decision_overdue(),
  acknowledge_overdue: () => m.matrix_acknowledgement_overdue(),
  clarification_needed: stageWords.clarification_needed,
  awaiting_approval: stageWords.awaiting_approval,
  queued: stageWords.queued,
  sent: stageWords.sent,
  delivered: stageWords.delivered,
  acknowledged: stageWords.acknowledged,
  in_review: stageWords.in_review,
  all: resultWords.all,
  partial: resultWords.partial,
  none: resultWords.none,
  pending: resultWords.pending,
  withdrawn: resultWords.withdrawn,
  superseded: resultWords.superseded,
} satisfies Record<Standing, () => string>

/** The sign and the colour of where a cell stands. */
export const standingSigns = {
  undeliverable: ['w-bounced', 'late'],
  decision_overdue: ['w-overdue', 'late'],
  acknowledge_overdue: ['w-overdue', 'late'],
  clarification_needed: [stageSigns.clarification_needed, 'question'],
  awaiting_approval: [stageSigns.awaiting_approval, 'ink'],
  queued: [stageSigns.queued, 'ink'],
  sent: [stageSigns.sent, 'ink'],
  delivered: [stageSigns.delivered, 'ink'],
  acknowledged: [stageSigns.acknowledged, 'ink'],
  in_review: [stageSigns.in_review, 'ink'],
  all: resultSigns.all,
  partial: resultSigns.partial,
  none: resultSigns.none,
  pending: resultSigns.pending,
  withdrawn: resultSigns.withdrawn,
  superseded: resultSigns.superseded,
} as const satisfies Record<Standing, readonly [IconName, Tone]>
