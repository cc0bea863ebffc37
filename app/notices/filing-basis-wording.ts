import { m } from '#app/generated/messages/messages.js'
import type { Act, BasisId, CommitmentPoint, JapanGround, JapanRight, Signal } from './legal-bases/basis.ts'

/** Names a legal basis. */
export const basisWords = {
  EXCLUSION_REQUEST: () => m.filing_basis_exclusion_request(),
  CEASE_DESIST: () => m.filing_basis_cease_desist(),
  EU_CDSM_4_3: () => m.filing_basis_eu_cdsm_4_3(),
  EU_GPAI_1_5: () => m.filing_basis_eu_gpai_1_5(),
  EU_DSA_16: () => m.filing_basis_eu_dsa_16(),
  US_DMCA_512C: () => m.filing_basis_us_dmca_512c(),
  JP_CA_112: () => m.filing_basis_jp_ca_112(),
  UK_CDPA_16: () => m.filing_basis_uk_cdpa_16(),
  JP_CA_30_4: () => m.filing_basis_jp_ca_30_4(),
} satisfies Record<BasisId, () => string>

/** Says when a legal basis fits. */
export const basisHelp = {
  EXCLUSION_REQUEST: () => m.filing_basis_exclusion_request_help(),
  CEASE_DESIST: () => m.filing_basis_cease_desist_help(),
  EU_CDSM_4_3: () => m.filing_basis_eu_cdsm_4_3_help(),
  EU_GPAI_1_5: () => m.filing_basis_eu_gpai_1_5_help(),
  EU_DSA_16: () => m.filing_basis_eu_dsa_16_help(),
  US_DMCA_512C: () => m.filing_basis_us_dmca_512c_help(),
  JP_CA_112: () => m.filing_basis_jp_ca_112_help(),
  UK_CDPA_16: () => m.filing_basis_uk_cdpa_16_help(),
  JP_CA_30_4: () => m.filing_basis_jp_ca_30_4_help(),
} satisfies Record<BasisId, () => string>

/** Names an act complained of. */
export const actWords = {
  training: () => m.filing_act_training(),
  dataset: () => m.filing_act_dataset(),
  output: () => m.filing_act_output(),
  distribution: () => m.filing_act_distribution(),
} satisfies Record<Act, () => string>

/** Names a circumstance of article 30-4. */
export const japanGroundWords = {
  output_reproduces: () => m.filing_japan_output_reproduces(),
  analysis_licence_exists: () => m.filing_japan_analysis_licence_exists(),
  technical_measure: () => m.filing_japan_technical_measure(),
} satisfies Record<JapanGround, () => string>

/** Names a right under the Copyright Act of Japan. */
export const japanRightWords = {
  reproduction: () => m.filing_japan_reproduction(),
  public_transmission: () => m.filing_japan_public_transmission(),
  adaptation: () => m.filing_japan_adaptation(),
} satisfies Record<JapanRight, () => string>

/** Names a way in which a reservation is published. */
export const signalWords = {
  robots_txt: () => m.filing_signal_robots_txt(),
  http_header: () => m.filing_signal_http_header(),
  html_meta: () => m.filing_signal_html_meta(),
  tdmrep: () => m.filing_signal_tdmrep(),
  rsl: () => m.filing_signal_rsl(),
  file_metadata: () => m.filing_signal_file_metadata(),
  registry: () => m.filing_signal_registry(),
  words_only: () => m.filing_signal_words_only(),
} satisfies Record<Signal, () => string>

/** Names a measure of the copyright chapter of the EU's Code of Practice. */
export const pointWords = {
  policy: () => m.filing_point_policy(),
  lawful_access: () => m.filing_point_lawful_access(),
  reservations: () => m.filing_point_reservations(),
  outputs: () => m.filing_point_outputs(),
  contact: () => m.filing_point_contact(),
} satisfies Record<CommitmentPoint, () => string>
