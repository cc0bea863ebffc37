import { m } from '#app/generated/messages/messages.js'
import type { Fault, RepairKind } from './identifiers/verdict.ts'

/** What is wrong with an identifier, as a sentence. */
export const faultWords = {
  empty: () => m.catalogues_fault_empty(),
  characters: () => m.catalogues_fault_characters(),
  length: () => m.catalogues_fault_length(),
  prefix: () => m.catalogues_fault_prefix(),
  'check-character': () => m.catalogues_fault_check_character(),
  country: () => m.catalogues_fault_country(),
  'scientific-notation': () => m.catalogues_fault_scientific_notation(),
  header: () => m.catalogues_fault_header(),
} as const satisfies Record<Fault, () => string>

/** How a repair was found, in a few words. */
export const repairWords = {
  'leading-zeros': () => m.catalogues_repair_leading_zeros(),
  'scientific-notation': () => m.catalogues_repair_scientific_notation(),
  'check-character': () => m.catalogues_repair_check_character(),
  prefix: () => m.catalogues_repair_prefix(),
} as const satisfies Record<RepairKind, () => string>
