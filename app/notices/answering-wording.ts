import { m } from '#app/generated/messages/messages.js'
import { formatDay, formatNumber } from '#app/ui/format.ts'
import type { FieldFault, TypedAnswer } from './answering.ts'
import type { AnswerFault, Setting } from './answers.ts'
import type { Measure } from './measures.ts'
import type { AnswersView } from './notice-query.ts'
import { outcomes, type Outcome } from './outcomes.ts'
import { measureWords, outcomeWords } from './wording.ts'

/** Names a view of the works, in the filter. */
export const viewWords = {
  all: () => m.vendors_answer_view_all(),
  differ: () => m.vendors_answer_view_differ(),
  pending: () => m.vendors_answer_view_pending(),
  refused: () => m.vendors_answer_view_refused(),
} satisfies Record<AnswersView, () => string>

const missingWords = {
  outcome: () => m.vendors_answer_fault_no_outcome(),
  code: () => m.vendors_answer_fault_code(),
  text: () => m.vendors_answer_fault_text(),
  effectiveOn: () => m.vendors_answer_fault_date(),
} satisfies Record<AnswerFault['field'], () => string>

// `outcome` is the one that was chosen, for a refusal by name.
function faultWords({ fault }: FieldFault, outcome: Outcome | undefined): string {
  switch (fault.because) {
    case 'nothing-chosen':
      return m.vendors_answer_fault_nothing_chosen()
    case 'no-outcome':
      return m.vendors_answer_fault_no_outcome()
    case 'unanswered':
      return m.vendors_decide_fault_unanswered({ measure: measureWords[fault.measure]() })
    case 'unreadable':
      return m.vendors_answer_fault_unreadable()
    case 'not-for-this-measure': {
      const named = outcome === undefined ? '' : outcomeWords[outcome]()
      return m.vendors_answer_fault_not_allowed({ outcome: named, measure: measureWords[fault.measure]() })
    }
    case 'missing':
    default:
      return missingWords[fault.field]()
  }
}

/** Faults in words: for the list above a form, and by the id of their field. */
export interface WordedFaults {
  readonly listed: readonly { readonly id: string; readonly text: string }[]
  readonly byField: Readonly<Record<string, readonly string[]>>
}

/**
 * Says what is wrong with everything typed.
 *
 * @param typedAt the answer as it was typed where the fault is
 */
export function wordFaults(
  faults: readonly FieldFault[],
  typedAt: (fault: FieldFault) => TypedAnswer | undefined,
): WordedFaults {
  const listed = faults.map((fault) => {
    const typed = typedAt(fault)
    return {
      id: fault.id,
      text: faultWords(
        fault,
        outcomes.find((outcome) => outcome === typed?.outcome),
      ),
    }
  })
  const byField = Map.groupBy(listed, ({ id }) => id)
  return { listed, byField: Object.fromEntries([...byField].map(([id, own]) => [id, own.map(({ text }) => text)])) }
}

/** Says what a setting does, as a line of a list. */
export function settingLine({ measures, works, answer }: Setting): string {
  const measure = namesOf(measures)
  const outcome = answerName(answer)
  switch (works.kind) {
    case 'all':
      return works.clear
        ? m.vendors_answer_line_all_clear({ measure, outcome })
        : m.vendors_answer_line_all({ measure, outcome })
    case 'chosen': {
      const n = works.workIds.length
      return m.vendors_answer_line_chosen({ n, count: formatNumber(n), measure, outcome })
    }
    case 'filtered':
    default: {
      const { text, outcome: view } = works.filter
      const filter = [
        ...(text === undefined ? [] : [m.vendors_answer_filter_text({ text })]),
        ...(view === undefined ? [] : [m.vendors_answer_filter_outcome({ outcome: outcomeWords[view]() })]),
      ]
      const line = m.vendors_answer_line_filtered({
        measure,
        outcome,
        filter: filter.join(m.vendors_answer_and()) || m.vendors_answer_filter_any(),
      })
      const n = works.except.length
      return n === 0 ? line : m.sheets_line_except({ line, n, count: formatNumber(n) })
    }
  }
}

function answerName({ outcome, effectiveOn }: Setting['answer']): string {
  if (outcome === 'accepted_future_only' && effectiveOn !== undefined)
    return m.notices_outcome_from_date({ date: formatDay(effectiveOn) })
  return outcomeWords[outcome]()
}

function namesOf(measures: readonly Measure[]): string {
  return measures.map((measure) => measureWords[measure]()).join(m.vendors_list_comma())
}
