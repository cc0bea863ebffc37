import { m } from '#app/generated/messages/messages.js'
import { elementWords } from '#app/notices/filing-wording.ts'
import type { AnnexState, CollectiveState, LeftOutReason } from './collective.ts'
import type { CollectiveGap } from './collective-gaps.ts'

/** How far a collective filing is, in words. */
export const collectiveStateWords = {
  draft: () => m.collective_state_draft(),
  to_approve: () => m.collective_state_to_approve(),
  making: () => m.collective_state_making(),
  reviewing: () => m.collective_state_reviewing(),
  sent: () => m.collective_state_sent(),
  empty: () => m.collective_state_empty(),
  called_off: () => m.collective_state_called_off(),
} satisfies Record<CollectiveState, () => string>

/** How a member answered, in words. */
export const annexWords = {
  waiting: () => m.collective_annex_waiting(),
  agreed: () => m.collective_annex_agreed(),
  changed: () => m.collective_annex_changed(),
  stepped_out: () => m.collective_annex_stepped_out(),
  silent: () => m.collective_annex_silent(),
  lapsed: () => m.collective_annex_lapsed(),
  ended: () => m.collective_annex_ended(),
  called_off: () => m.collective_annex_called_off(),
} satisfies Record<AnnexState, () => string>

/** Why somebody is left out, in words. */
export const leftOutWords = {
  no_mandate: () => m.collective_out_no_mandate(),
  measures_not_covered: () => m.collective_out_measures(),
  catalogue_not_covered: () => m.collective_out_catalogue(),
  not_verified: () => m.collective_out_not_verified(),
  needs_swear: () => m.collective_out_needs_swear(),
  no_works: () => m.collective_out_no_works(),
  too_many_works: () => m.collective_out_too_many_works(),
  incomplete: () => m.collective_out_incomplete(),
  vendor_not_covered: () => m.collective_out_vendor(),
  no_contact: () => m.collective_out_no_contact(),
  duplicate: () => m.collective_out_duplicate(),
} satisfies Record<LeftOutReason, () => string>

/** What is still to be chosen, in words. */
export function gapWord(gap: CollectiveGap): string {
  if (gap === 'members') return m.collective_gap_members()
  if (gap === 'duplicates') return m.collective_gap_duplicates()
  return gap === 'cover_letter' ? m.collective_gap_cover() : elementWords[gap]()
}

/** The page of the wizard on which something missing is supplied. */
export function gapPlace(gap: CollectiveGap, reference: string): string {
  if (gap === 'duplicates') return `/association/filings/${reference}/check#duplicates`
  return `/association/filings/${reference}/${gap === 'members' ? 'members' : 'words'}`
}
