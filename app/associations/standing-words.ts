import { m } from '#app/generated/messages/messages.js'
import { resultSigns, resultWords, stageSigns, stageWords } from '#app/notices/wording.ts'
import type { State } from '#app/notices/bulk/table-query.ts'
import type { IconName, Tone } from '#app/ui/icons.ts'
import type { Figures, Standing } from './coverage.ts'

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

/** The state by which the notices are listed that a cell counts as standing so. Where all is partial as some were agreed wholly and some not at all, every decided one is. */
export function listedState(standing: Standing, { partlyAgreed }: Figures): State {
  return standing === 'partial' && partlyAgreed === 0 ? 'decided' : standingStates[standing]
}

const standingStates = {
  undeliverable: 'undeliverable',
  decision_overdue: 'decision_overdue',
  acknowledge_overdue: 'acknowledge_overdue',
  clarification_needed: 'question',
  awaiting_approval: 'awaiting_approval',
  queued: 'queued',
  sent: 'sent',
  delivered: 'delivered',
  acknowledged: 'under_acknowledgement',
  in_review: 'in_review',
  all: 'all_agreed',
  partial: 'partly_agreed',
  none: 'none_agreed',
  pending: 'unanswered',
  withdrawn: 'withdrawn',
  superseded: 'superseded',
} as const satisfies Record<Standing, State>
