import { m } from '#app/generated/messages/messages.js'
import { measures } from './measures.ts'
import { outcomes } from './outcomes.ts'
import type { RowFault } from './sheet-rows.ts'
import { measureWords, outcomeWords } from './wording.ts'

type Faulty = { readonly because: RowFault; readonly detail: string | null; readonly measure: string | null }
type Said = { readonly detail: string; readonly measure: string }

const sentences = {
  'broken-row': () => m.sheets_fault_broken_row(),
  'no-work': () => m.sheets_fault_no_work(),
  'no-measure': () => m.sheets_fault_no_measure(),
  'unknown-measure': ({ detail }) => m.sheets_fault_unknown_measure({ detail }),
  'not-asked': ({ measure }) => m.sheets_fault_not_asked({ measure }),
  'no-outcome': () => m.sheets_fault_no_outcome(),
  'unknown-outcome': ({ detail }) => m.sheets_fault_unknown_outcome({ detail }),
  'set-by-step': ({ detail }) => m.sheets_fault_set_by_step({ outcome: outcomeNamed(detail) }),
  'not-for-this-measure': ({ detail, measure }) =>
    m.sheets_fault_not_for_this_measure({ outcome: outcomeNamed(detail), measure }),
  'unknown-code': ({ detail }) => m.sheets_fault_unknown_code({ detail }),
  'missing-code': () => m.sheets_fault_missing_code(),
  'missing-text': () => m.sheets_fault_missing_text(),
  'missing-date': () => m.sheets_fault_missing_date(),
  'unreadable-date': ({ detail }) => m.sheets_fault_unreadable_date({ detail }),
  'ambiguous-date': ({ detail }) => m.sheets_fault_ambiguous_date({ detail }),
  'long-text': () => m.sheets_fault_long_text(),
  'unreadable-text': () => m.sheets_fault_unreadable_text(),
  'unknown-work': () => m.sheets_fault_unknown_work(),
  'other-work': () => m.sheets_fault_other_work(),
  'answered-twice': () => m.sheets_fault_answered_twice(),
  'withdrawn-work': () => m.sheets_fault_withdrawn_work(),
} satisfies Record<RowFault, (said: Said) => string>

/** Says why a row of a file cannot be recorded, and what to write instead. */
export function faultSentence({ because, detail, measure }: Faulty): string {
  return sentences[because]({ detail: detail ?? '', measure: measureNamed(measure) })
}

/** The name of a measure of a row; what it says where that is none. */
export function measureNamed(measure: string | null): string {
  const known = measures.find((each) => each === measure)
  return known === undefined ? (measure ?? '') : measureWords[known]()
}

/** The name of an outcome of a row; what it says where that is none. */
export function outcomeNamed(outcome: string | null): string {
  const known = outcomes.find((each) => each === outcome)
  return known === undefined ? (outcome ?? '') : outcomeWords[known]()
}
