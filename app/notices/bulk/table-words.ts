import { m } from '#app/generated/messages/messages.js'
import { resultWords, stageWords } from '#app/notices/wording.ts'
import type { ColumnName, State } from './table-query.ts'

/** Names a state that the table is filtered by. */
export const stateWords = {
  filed: () => m.bulk_state_filed(),
  waiting: () => m.bulk_state_waiting(),
  acknowledged: () => m.bulk_state_acknowledged(),
  overdue: () => m.bulk_state_overdue(),
  undeliverable: () => m.notices_undeliverable(),
  decided: () => m.bulk_state_decided(),
  pending: () => m.bulk_state_outcome({ outcome: resultWords.pending() }),
  all: () => m.bulk_state_outcome({ outcome: resultWords.all() }),
  partial: () => m.bulk_state_outcome({ outcome: resultWords.partial() }),
  none: () => m.bulk_state_outcome({ outcome: resultWords.none() }),
  in_trouble: () => m.matrix_total_trouble(),
  awaited: () => m.bulk_state_awaited(),
  decision_overdue: () => m.matrix_decision_overdue(),
  acknowledge_overdue: () => m.matrix_acknowledgement_overdue(),
  question: stageWords.clarification_needed,
  awaiting_approval: stageWords.awaiting_approval,
  queued: stageWords.queued,
  sent: stageWords.sent,
  delivered: stageWords.delivered,
  under_acknowledgement: stageWords.acknowledged,
  in_review: stageWords.in_review,
  all_agreed: () => m.bulk_state_decided_so({ outcome: resultWords.all() }),
  partly_agreed: () => m.bulk_state_decided_so({ outcome: resultWords.partial() }),
  none_agreed: () => m.bulk_state_decided_so({ outcome: resultWords.none() }),
  unanswered: () => m.bulk_state_decided_so({ outcome: resultWords.pending() }),
  withdrawn: stageWords.withdrawn,
  superseded: stageWords.superseded,
} as const satisfies Record<State, () => string>

/** Names a column of the table. */
export const columnWords = {
  member: () => m.bulk_column_member(),
  vendor: () => m.notices_list_vendor(),
  works: () => m.notices_list_works(),
  measures: () => m.bulk_column_measures(),
  stage: () => m.notices_list_stage(),
  outcome: () => m.notices_list_outcome(),
  waiting: () => m.notices_list_waiting(),
  due: () => m.notices_list_due(),
  filed: () => m.bulk_column_filed(),
  matter: () => m.bulk_column_matter(),
  theirs: () => m.bulk_column_theirs(),
  tags: () => m.bulk_column_tags(),
  assignee: () => m.bulk_column_assignee(),
  notes: () => m.bulk_column_notes(),
} as const satisfies Record<ColumnName, () => string>
