import type { Outcome, RefusalCode } from './outcomes.ts'
import { OutcomeBadge } from './outcome-badge.tsx'
import { codeWords } from './wording.ts'

/** An answer as it is shown: its outcome and what must come with it. */
export interface ShownAnswer {
  readonly outcome: Outcome
  readonly code: RefusalCode | null
  readonly text: string | null
  readonly effectiveOn: string | null
}

/** One answer to one measure: the outcome, and under it the code and the text that came with it. */
export function AnswerCell({ answer: { outcome, code, text, effectiveOn } }: { answer: ShownAnswer }) {
  const badge = <OutcomeBadge outcome={outcome} effectiveOn={effectiveOn} />
  if (code === null && text === null) return badge
  return (
    <div>
      {badge}
      {code !== null && <span className="t-id">{codeWords[code]()}</span>}
      {text !== null && <span className="t-id typed">{text}</span>}
    </div>
  )
}
