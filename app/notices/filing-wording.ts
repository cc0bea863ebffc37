import { m } from '#app/generated/messages/messages.js'
import type { FilingRefusal } from './filing-refusals.ts'
import type { WizardStep } from './filing-draft.ts'
import type { SigningFault } from './filing-signing.ts'
import type { ElementId, LetterLocale, NoticeKind, Stance } from './legal-bases/basis.ts'
import type { Measure } from './measures.ts'

/** The title of the wizard. */
export const filingTitles = {
  exclusion: () => m.filing_title_exclusion(),
  cease_and_desist: () => m.filing_title_cease_and_desist(),
  takedown: () => m.filing_title_takedown(),
} satisfies Record<NoticeKind, () => string>

/** Says what a kind of notice is for. */
export const kindHelp = {
  exclusion: () => m.filing_kind_exclusion_help(),
  cease_and_desist: () => m.filing_kind_cease_and_desist_help(),
  takedown: () => m.filing_kind_takedown_help(),
} satisfies Record<NoticeKind, () => string>

/** Names a step of the wizard. */
export const wizardStepWords = {
  kind: () => m.filing_step_kind(),
  vendors: () => m.filing_step_vendors(),
  scope: () => m.filing_step_scope(),
  basis: () => m.filing_step_basis(),
  check: () => m.filing_step_check(),
} satisfies Record<WizardStep, () => string>

/** Names an element of a notice, as what is missing. */
export const elementWords = {
  holder_name: () => m.filing_element_holder_name(),
  holder_other_script: () => m.filing_element_holder_other_script(),
  holder_address: () => m.filing_element_holder_address(),
  holder_telephone: () => m.filing_element_holder_telephone(),
  vendors: () => m.filing_element_vendors(),
  works: () => m.filing_element_works(),
  works_findable: () => m.filing_element_works_findable(),
  measures: () => m.filing_element_measures(),
  filter_example: () => m.filing_element_filter_example(),
  output_locations: () => m.filing_element_output_locations(),
  stance: () => m.filing_element_stance(),
  basis: () => m.filing_element_basis(),
  acts: () => m.filing_element_acts(),
  models: () => m.filing_element_models(),
  evidence: () => m.filing_element_evidence(),
  rights_relied_on: () => m.filing_element_rights_relied_on(),
  deadline: () => m.filing_element_deadline(),
  preservation: () => m.filing_element_preservation(),
  undertaking: () => m.filing_element_undertaking(),
  japan_grounds: () => m.filing_element_japan_grounds(),
  japan_facts: () => m.filing_element_japan_facts(),
  japan_rights: () => m.filing_element_japan_rights(),
  statements: () => m.filing_element_statements(),
  contact_email: () => m.filing_element_contact_email(),
  designated_agent: () => m.filing_element_designated_agent(),
  material_locations: () => m.filing_element_material_locations(),
  location_works: () => m.filing_element_location_works(),
  hosted_material: () => m.filing_element_hosted_material(),
  captured: () => m.filing_element_captured(),
  signal_means: () => m.filing_element_signal_means(),
  signal_urls: () => m.filing_element_signal_urls(),
  signal_since: () => m.filing_element_signal_since(),
  signal_readable: () => m.filing_element_signal_readable(),
  commitment_points: () => m.filing_element_commitment_points(),
  complaint_facts: () => m.filing_element_complaint_facts(),
  first_complaint: () => m.filing_element_first_complaint(),
  illegality: () => m.filing_element_illegality(),
  fair_use: () => m.filing_element_fair_use(),
  uk_connection: () => m.filing_element_uk_connection(),
  signature: () => m.filing_element_signature(),
} satisfies Record<ElementId, () => string>

/** Names a stance, as a choice. */
export const stanceChoices = {
  reservation: () => m.filing_stance_reservation(),
  objection: () => m.filing_stance_objection(),
  demand: () => m.filing_stance_demand(),
} satisfies Record<Stance, () => string>

/** Says what a stance says. */
export const stanceHelp = {
  reservation: () => m.filing_stance_reservation_help(),
  objection: () => m.filing_stance_objection_help(),
  demand: () => m.filing_stance_demand_help(),
} satisfies Record<Stance, () => string>

/** Says what a measure wants, beside its box. */
export const measureHelp = {
  STOP_TRAINING_FUTURE: () => m.filing_measure_stop_training_future(),
  REMOVE_FROM_DATASETS: () => m.filing_measure_remove_from_datasets(),
  RETRAIN_OR_UNLEARN: () => m.filing_measure_retrain_or_unlearn(),
  RESPOND_TO_OUTPUT_CLAIMS: () => m.filing_measure_respond_to_output_claims(),
  FILTER_OUTPUTS: () => m.filing_measure_filter_outputs(),
  REMOVE_OUTPUT_URLS: () => m.filing_measure_remove_output_urls(),
  DISCLOSE_USE: () => m.filing_measure_disclose_use(),
  PRESERVE_EVIDENCE: () => m.filing_measure_preserve_evidence(),
  LICENCE_OFFER: () => m.filing_measure_licence_offer(),
  WRITTEN_UNDERTAKING: () => m.filing_measure_written_undertaking(),
} satisfies Record<Measure, () => string>

/** Says which measures a kind of notice wants at the least. */
export const measuresWanted = {
  exclusion: () => m.filing_measures_exclusion(),
  cease_and_desist: () => m.filing_measures_cease_and_desist(),
  takedown: () => m.filing_measures_takedown(),
} satisfies Record<NoticeKind, () => string>

/** Names a language in itself. */
export const letterLanguages = { en: 'English', ja: '日本語' } as const satisfies Record<LetterLocale, string>

/** Says what keeps a signature from being one. */
export const signingFaults = {
  'other-statements': () => m.filing_fault_other_statements(),
  'statement-missing': () => m.filing_fault_statement_missing(),
  'name-missing': () => m.filing_fault_name_missing(),
  'name-differs': () => m.filing_fault_name_differs(),
  'capacity-missing': () => m.filing_fault_capacity_missing(),
} satisfies Record<SigningFault, () => string>

/** Says why nothing was filed. */
export const filingRefusals = {
  'role-too-low': () => m.filing_refused_role_too_low(),
  'not-verified': () => m.filing_refused_not_verified(),
  closing: () => m.closing_refused_filing(),
  gone: () => m.filing_refused_gone(),
  changed: () => m.filing_refused_changed(),
  'letters-changed': () => m.filing_refused_letters_changed(),
  'no-contact': () => m.filing_refused_no_contact(),
  'too-many-works': () => m.filing_refused_too_many_works(),
  duplicates: () => m.filing_refused_duplicates(),
  'nothing-left': () => m.filing_refused_nothing_left(),
  'key-reused': () => m.filing_refused_key_reused(),
  renumbered: () => m.filing_refused_renumbered(),
} satisfies Record<FilingRefusal, () => string>

const faultFields = {
  'other-statements': 'statement',
  'statement-missing': 'statement',
  'name-missing': 'signName',
  'name-differs': 'signName',
  'capacity-missing': 'capacity',
} as const satisfies Record<SigningFault, string>

/** The errors of a signature, each at its field. */
export function signingErrors(faults: readonly SigningFault[]): Record<string, string[]> {
  // Statements that were not on the page cannot have been ticked: one error says both.
  const told = faults.includes('other-statements') ? faults.filter((fault) => fault !== 'statement-missing') : faults
  return Object.fromEntries(told.map((fault) => [faultFields[fault], [signingFaults[fault]()]]))
}

/** Says why a filing is not recalled. */
export const recallRefusals = {
  'role-too-low': () => m.filing_recall_role_too_low(),
  'already-recalled': () => m.filing_recall_already(),
  'already-begun': () => m.filing_recall_begun(),
} satisfies Record<'role-too-low' | 'already-recalled' | 'already-begun', () => string>
