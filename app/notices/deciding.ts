import { defaultField, readDefaults, type AnswerDraft, type FieldFault } from './answering.ts'
import type { Answer } from './answers.ts'
import type { Measure } from './measures.ts'

/** The answers for what is pending, by measure, and what is wrong with them at their fields. */
export interface Rest {
  readonly rest: Readonly<Partial<Record<Measure, Answer>>>
  readonly faults: readonly FieldFault[]
}

/**
 * Reads the answers with which a vendor declares its decision: each measure with something pending needs one.
 *
 * @param pending the measures of which answers are pending; what was typed for another one is left out
 */
export function readRest(typed: AnswerDraft['defaults'], pending: readonly Measure[]): Rest {
  const read = pending.map((measure) => {
    const { settings, faults } = readDefaults({ defaults: typed, clear: false }, [measure])
    const [setting] = settings
    if (setting !== undefined) return { rest: [[measure, setting.answer] as const], faults }
    return { rest: [], faults: faults.length > 0 ? faults : [unanswered(measure)] }
  })
  return { rest: Object.fromEntries(read.flatMap(({ rest }) => rest)), faults: read.flatMap(({ faults }) => faults) }
}

function unanswered(measure: Measure): FieldFault {
  return { id: `${defaultField(measure)}-outcome`, fault: { because: 'unanswered', measure } }
}

/** How many answers the page that sent this form called pending; null for a form that no page of ours sends. */
export function readPending(form: FormData): number | null {
  const typed = form.get('pending')
  return typeof typed === 'string' && /^[1-9]\d{0,9}$/.test(typed) ? Number(typed) : null
}

/** How many answers are pending, over all measures. */
export function sumOf(pending: readonly { readonly pending: number }[]): number {
  return pending.reduce((sum, each) => sum + each.pending, 0)
}
