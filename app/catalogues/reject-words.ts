import { m } from '#app/generated/messages/messages.js'
import type { Reject } from './read-row.ts'

/** Why a row is not imported, in the reader's words. */
export const rejectWords = {
  unreadable: () => m.catalogues_reject_unreadable(),
  'too-many-cells': () => m.catalogues_reject_too_many_cells(),
  'no-title': () => m.catalogues_reject_no_title(),
  'id-too-long': () => m.catalogues_reject_id_too_long(),
  'repeated-id': () => m.catalogues_reject_repeated_id(),
} as const satisfies Record<Reject, () => string>

/** The two columns that stand before the row's own cells. */
export function rejectHead(): [line: string, reason: string] {
  return [m.catalogues_reject_line(), m.catalogues_reject_reason()]
}

/** The words for a reason that was kept; an unknown one stays as it is. */
export function wordsForReject(because: string): string {
  const known = Object.entries(rejectWords).find(([code]) => code === because)
  return known === undefined ? because : known[1]()
}
