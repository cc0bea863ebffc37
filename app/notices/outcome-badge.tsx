import { m } from '#app/generated/messages/messages.js'
import { Badge } from '#app/ui/badge.tsx'
import { formatDay, type Day } from '#app/ui/format.ts'
import type { Outcome, ShownResult } from './outcomes.ts'
import { outcomeSigns, outcomeWords, resultSigns, resultWords } from './wording.ts'

/** What came of a measure for a work: a square. An outcome from a date on names the date. */
export function OutcomeBadge({ outcome, effectiveOn }: { outcome: Outcome; effectiveOn?: Day | null }) {
  const [icon, tone] = outcomeSigns[outcome]
  const dated = outcome === 'accepted_future_only' && effectiveOn
  return (
    <Badge icon={icon} tone={tone}>
      {dated ? m.notices_outcome_from_date({ date: formatDay(dated) }) : outcomeWords[outcome]()}
    </Badge>
  )
}

/** What came of a notice as a whole: a square. */
export function ResultBadge({ outcome }: { outcome: ShownResult }) {
  const [icon, tone] = resultSigns[outcome]
  return (
    <Badge icon={icon} tone={tone}>
      {resultWords[outcome]()}
    </Badge>
  )
}
