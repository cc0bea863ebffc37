import { m } from '#app/generated/messages/messages.js'
import { formatDateTime, formatNumber } from '#app/ui/format.ts'
import { mostNote, type ApprovalRefusal } from './approval.ts'

type Said = { readonly name: string | null; readonly time: string }

const refusalWords = {
  'role-too-low': () => m.approvals_refused_role_too_low(),
  'own-submission': () => m.approvals_refused_own(),
  'not-the-submitter': () => m.approvals_refused_not_submitter(),
  approved: ({ name, time }) =>
    name === null ? m.approvals_refused_no_more() : m.approvals_refused_approved({ name, time }),
  returned: ({ name, time }) =>
    name === null ? m.approvals_refused_no_more() : m.approvals_refused_returned({ name, time }),
  withdrawn: () => m.approvals_refused_no_more(),
  changed: () => m.approvals_refused_changed(),
  'deadline-passed': () => m.approvals_refused_deadline(),
  'note-missing': () => m.approvals_error_note(),
} satisfies Record<ApprovalRefusal, (said: Said) => string>

/** Says why a filing was not approved or returned; of two people at once, the second reads who came first and when. */
export function approvalRefusal(
  { because, by = null, at }: { because: ApprovalRefusal; by?: string | null; at?: Date },
  timeZone: string,
): string {
  return refusalWords[because]({ name: by, time: at === undefined ? '' : formatDateTime(at, timeZone) })
}

/** What is wrong with a note to the submitter; undefined when nothing is. */
export function noteFault(note: string): string | undefined {
  if (note.trim() === '') return m.approvals_error_note()
  return note.length > mostNote ? m.approvals_error_note_long({ most: formatNumber(mostNote) }) : undefined
}
