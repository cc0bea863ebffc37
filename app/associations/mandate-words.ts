import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import type { IconName } from '#app/ui/icons.ts'
import type { TermsField } from './mandate.ts'
import type { MandateState } from './mandate-state.ts'
import { levelOf, type Level } from './terms-form.ts'
import type { MandateRow } from './find-mandates.server.ts'

/** What each level lets the association do. */
export const levelWords = {
  view: () => m.mandates_level_view(),
  file: () => m.mandates_level_file(),
  swear: () => m.mandates_level_swear(),
} as const satisfies Record<Level, () => string>

/** A sentence about each level. */
export const levelHelp = {
  view: () => m.mandates_level_view_help(),
  file: () => m.mandates_level_file_help(),
  swear: () => m.mandates_level_swear_help(),
} as const satisfies Record<Level, () => string>

/** The word and the sign of each state. */
export const stateWords = {
  'in-force': { word: () => m.mandates_state_in_force(), icon: 'i-check' },
  begins: { word: () => m.mandates_state_begins(), icon: 's-queued' },
  over: { word: () => m.mandates_state_over(), icon: 's-withdrawn' },
  revoked: { word: () => m.mandates_state_revoked(), icon: 's-withdrawn' },
  offered: { word: () => m.mandates_state_offered(), icon: 's-draft' },
  declined: { word: () => m.mandates_state_declined(), icon: 's-withdrawn' },
} as const satisfies Record<MandateState, { word: () => string; icon: IconName }>

/** The name of each term. */
export const fieldWords = {
  scopes: () => m.mandates_field_level(),
  vendors: () => m.mandates_field_vendors(),
  measures: () => m.mandates_field_measures(),
  catalogues: () => m.mandates_field_catalogues(),
  approvalRequired: () => m.mandates_field_approval(),
  startsOn: () => m.mandates_field_starts(),
  endsOn: () => m.mandates_field_ends(),
} as const satisfies Record<TermsField, () => string>

/** What a mandate of a list allows, in a few words: `See and file · 2 vendors`. */
export function reachOf({ scopes, vendors, measures, catalogues, approvalRequired }: MandateRow): string {
  const limits = [
    vendors === null ? null : m.mandates_limit_vendors({ count: vendors, number: formatNumber(vendors) }),
    measures === null ? null : m.mandates_limit_measures({ count: measures, number: formatNumber(measures) }),
    catalogues === null ? null : m.mandates_limit_catalogues({ count: catalogues, number: formatNumber(catalogues) }),
    approvalRequired ? m.mandates_limit_approval() : null,
  ]
  return [levelWords[levelOf(scopes)](), ...limits.filter((each) => each !== null)].join(' · ')
}

/** Why an act on a mandate was refused. */
export const refusalWords: Readonly<Record<string, () => string>> = {
  'not-an-owner': () => m.mandates_refused_owner(),
  'no-partner': () => m.mandates_refused_partner(),
  unsigned: () => m.mandates_refused_unsigned(),
  'offer-waits': () => m.mandates_refused_waits(),
  unchanged: () => m.mandates_refused_unchanged(),
  'ends-before-start': () => m.mandates_error_ends_before(),
  'over-already': () => m.mandates_refused_over(),
  'starts-later': () => m.mandates_refused_later(),
  'foreign-catalogue': () => m.mandates_refused_catalogue(),
  gone: () => m.mandates_refused_gone(),
  'own-offer': () => m.mandates_refused_own(),
  none: () => m.mandates_refused_gone(),
  wider: () => m.mandates_refused_wider(),
}
