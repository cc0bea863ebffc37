import { m } from '#app/generated/messages/messages.js'
import { sentenceGap } from '#app/ui/format.ts'
import type { IconName, Tone } from '#app/ui/icons.ts'
import type { WaitingOn } from './due-state.ts'
import type { BasisId, NoticeKind, Stance } from './legal-bases/basis.ts'
import type { Measure } from './measures.ts'
import type { Outcome, RefusalCode, ShownResult } from './outcomes.ts'
import type { Standpoint } from './stages.ts'

/** Names a kind of notice. */
export const kindWords = {
  exclusion: () => m.notices_kind_exclusion(),
  cease_and_desist: () => m.notices_kind_cease_and_desist(),
  takedown: () => m.notices_kind_takedown(),
} satisfies Record<NoticeKind, () => string>

/** The title of a notice for the holder, who reads to whom it goes. */
export const titleToVendor = {
  exclusion: (vendor) => m.notices_title_exclusion_to({ vendor }),
  cease_and_desist: (vendor) => m.notices_title_cease_and_desist_to({ vendor }),
  takedown: (vendor) => m.notices_title_takedown_to({ vendor }),
} satisfies Record<NoticeKind, (vendor: string) => string>

/** The title of a notice for the vendor, who reads from whom it comes. */
export const titleFromHolder = {
  exclusion: (holder) => m.notices_title_exclusion_from({ holder }),
  cease_and_desist: (holder) => m.notices_title_cease_and_desist_from({ holder }),
  takedown: (holder) => m.notices_title_takedown_from({ holder }),
} satisfies Record<NoticeKind, (holder: string) => string>

/** Names a stance, inside a sentence. */
export const stanceWords = {
  objection: () => m.notices_stance_objection(),
  reservation: () => m.notices_stance_reservation(),
  demand: () => m.notices_stance_demand(),
} satisfies Record<Stance, () => string>

/** Names a stage. */
export const stageWords = {
  draft: () => m.notices_stage_draft(),
  awaiting_approval: () => m.notices_stage_awaiting_approval(),
  queued: () => m.notices_stage_queued(),
  sent: () => m.notices_stage_sent(),
  delivered: () => m.notices_stage_delivered(),
  acknowledged: () => m.notices_stage_acknowledged(),
  in_review: () => m.notices_stage_in_review(),
  clarification_needed: () => m.notices_stage_clarification_needed(),
  decided: () => m.notices_stage_decided(),
  verifying: () => m.notices_stage_verifying(),
  closed: () => m.notices_stage_closed(),
  withdrawn: () => m.notices_stage_withdrawn(),
  superseded: () => m.notices_stage_superseded(),
} satisfies Record<Standpoint, () => string>

/** The sign of a stage: a circle, fuller as the notice goes on. */
export const stageSigns = {
  draft: 's-draft',
  awaiting_approval: 's-approval',
  queued: 's-queued',
  sent: 's-sent',
  delivered: 's-delivered',
  acknowledged: 's-acknowledged',
  in_review: 's-review',
  clarification_needed: 's-clarify',
  decided: 's-decided',
  verifying: 's-verifying',
  closed: 's-closed',
  withdrawn: 's-withdrawn',
  superseded: 's-superseded',
} as const satisfies Record<Standpoint, IconName>

/** Names what came of a measure for a work. */
export const outcomeWords = {
  pending: () => m.notices_outcome_pending(),
  accepted_excluded: () => m.notices_outcome_accepted_excluded(),
  accepted_removed: () => m.notices_outcome_accepted_removed(),
  accepted_output_blocked: () => m.notices_outcome_accepted_output_blocked(),
  accepted_future_only: () => m.notices_outcome_accepted_future_only(),
  agreed: () => m.notices_outcome_agreed(),
  licence_offered: () => m.notices_outcome_licence_offered(),
  licensed: () => m.notices_outcome_licensed(),
  not_used: () => m.notices_outcome_not_used(),
  already_licensed: () => m.notices_outcome_already_licensed(),
  refused: () => m.notices_outcome_refused(),
  insufficient_detail: () => m.notices_outcome_insufficient_detail(),
  duplicate_of: () => m.notices_outcome_duplicate_of_other(),
  withdrawn: () => m.notices_outcome_withdrawn(),
} satisfies Record<Outcome, () => string>

/** The sign and the colour of an outcome: squares. */
export const outcomeSigns = {
  pending: ['o-pending', 'none'],
  accepted_excluded: ['o-agreed', 'agreed'],
  accepted_removed: ['o-removed', 'agreed'],
  accepted_output_blocked: ['o-blocked', 'partial'],
  accepted_future_only: ['o-future', 'partial'],
  agreed: ['o-agreed', 'agreed'],
  licence_offered: ['o-offered', 'licence'],
  licensed: ['o-licensed', 'licence'],
  not_used: ['o-unused', 'ink'],
  already_licensed: ['o-already', 'ink'],
  refused: ['o-refused', 'refused'],
  insufficient_detail: ['o-detail', 'question'],
  duplicate_of: ['o-duplicate', 'quiet'],
  withdrawn: ['o-withdrawn', 'quiet'],
} as const satisfies Record<Outcome, readonly [IconName, Tone]>

/** Names what came of a notice as a whole. */
export const resultWords = {
  pending: () => m.notices_result_pending(),
  all: () => m.notices_result_all(),
  partial: () => m.notices_result_partial(),
  none: () => m.notices_result_none(),
  withdrawn: () => m.questions_result_withdrawn(),
  superseded: () => m.questions_result_superseded(),
} satisfies Record<ShownResult, () => string>

/** The sign and the colour of a notice's outcome. */
export const resultSigns = {
  pending: ['o-pending', 'none'],
  all: ['o-agreed', 'agreed'],
  partial: ['o-partial', 'partial'],
  none: ['o-refused', 'refused'],
  withdrawn: ['o-withdrawn', 'quiet'],
  superseded: ['o-duplicate', 'quiet'],
} as const satisfies Record<ShownResult, readonly [IconName, Tone]>

/** Names why a vendor refuses, inside a sentence. */
export const codeWords = {
  exception_claimed: () => m.notices_code_exception_claimed(),
  insufficient_identification: () => m.notices_code_insufficient_identification(),
  not_rights_holder: () => m.notices_code_not_rights_holder(),
  disputed_ownership: () => m.notices_code_disputed_ownership(),
  insufficient_authority: () => m.notices_code_insufficient_authority(),
  outside_jurisdiction: () => m.notices_code_outside_jurisdiction(),
  not_our_service: () => m.notices_code_not_our_service(),
  suspected_abuse: () => m.notices_code_suspected_abuse(),
  other: () => m.notices_code_other(),
} satisfies Record<RefusalCode, () => string>

/** Names a measure. */
export const measureWords = {
  STOP_TRAINING_FUTURE: () => m.notices_measure_stop_training_future(),
  REMOVE_FROM_DATASETS: () => m.notices_measure_remove_from_datasets(),
  RETRAIN_OR_UNLEARN: () => m.notices_measure_retrain_or_unlearn(),
  RESPOND_TO_OUTPUT_CLAIMS: () => m.notices_measure_respond_to_output_claims(),
  FILTER_OUTPUTS: () => m.notices_measure_filter_outputs(),
  REMOVE_OUTPUT_URLS: () => m.notices_measure_remove_output_urls(),
  DISCLOSE_USE: () => m.notices_measure_disclose_use(),
  PRESERVE_EVIDENCE: () => m.notices_measure_preserve_evidence(),
  LICENCE_OFFER: () => m.notices_measure_licence_offer(),
  WRITTEN_UNDERTAKING: () => m.notices_measure_written_undertaking(),
} satisfies Record<Measure, () => string>

// Says in one sentence what a measure asks.
const askedWords = {
  STOP_TRAINING_FUTURE: () => m.notices_asked_stop_training_future(),
  REMOVE_FROM_DATASETS: () => m.notices_asked_remove_from_datasets(),
  RETRAIN_OR_UNLEARN: () => m.notices_asked_retrain_or_unlearn(),
  RESPOND_TO_OUTPUT_CLAIMS: () => m.notices_asked_respond_to_output_claims(),
  FILTER_OUTPUTS: () => m.notices_asked_filter_outputs(),
  REMOVE_OUTPUT_URLS: () => m.notices_asked_remove_output_urls(),
  DISCLOSE_USE: () => m.notices_asked_disclose_use(),
  PRESERVE_EVIDENCE: () => m.notices_asked_preserve_evidence(),
  LICENCE_OFFER: () => m.notices_asked_licence_offer(),
  WRITTEN_UNDERTAKING: () => m.notices_asked_written_undertaking(),
} satisfies Record<Measure, () => string>

/** What a measure asks, and the example or the source that this notice gives. */
export function whatIsAsked({ measure, detail }: { measure: Measure; detail: string | null }): string {
  if (detail === null || detail === '') return askedWords[measure]()
  const said =
    measure === 'FILTER_OUTPUTS'
      ? m.notices_asked_example({ detail })
      : measure === 'REMOVE_FROM_DATASETS'
        ? m.notices_asked_source({ detail })
        : detail
  return `${askedWords[measure]()}${sentenceGap()}${said}`
}

/** Names a legal basis. */
export const basisWords = {
  EXCLUSION_REQUEST: () => m.notices_basis_exclusion_request(),
  CEASE_DESIST: () => m.notices_basis_cease_desist(),
  EU_CDSM_4_3: () => m.notices_basis_eu_cdsm_4_3(),
  EU_GPAI_1_5: () => m.notices_basis_eu_gpai_1_5(),
  EU_DSA_16: () => m.notices_basis_eu_dsa_16(),
  US_DMCA_512C: () => m.notices_basis_us_dmca_512c(),
  JP_CA_30_4: () => m.notices_basis_jp_ca_30_4(),
  JP_CA_112: () => m.notices_basis_jp_ca_112(),
  UK_CDPA_16: () => m.notices_basis_uk_cdpa_16(),
} satisfies Record<BasisId, () => string>

/** Names the side that has to act next. */
export const waitingWords = {
  holder: () => m.notices_waiting_on_holder(),
  vendor: () => m.notices_waiting_on_vendor(),
  association: () => m.notices_waiting_on_association(),
  nobody: () => m.notices_waiting_on_nobody(),
} satisfies Record<WaitingOn, () => string>
