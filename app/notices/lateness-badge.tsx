import { m } from '#app/generated/messages/messages.js'
import { Badge } from '#app/ui/badge.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { dueState, type Dates } from './due-state.ts'

const dayMs = 86_400_000

/** What is late or failed, the worst first: a diamond or a triangle, with the days since. Nothing when all is in time. */
export function LatenessBadge({ notice, at }: { notice: Dates; at: Date }) {
  const due = dueState(notice, at)
  if (due.undeliverable) {
    return (
      <Badge icon="w-bounced" tone="late">
        {m.notices_undeliverable()}
      </Badge>
    )
  }
  const words = lateWords(notice, due, at)
  return words === null ? null : (
    <Badge icon="w-overdue" tone="late" wrap>
      {words}
    </Badge>
  )
}

function lateWords(notice: Dates, due: ReturnType<typeof dueState>, at: Date): string | null {
  const { veryOverdueAt, decideDueAt, acknowledgeDueAt } = notice
  if (due.veryOverdue && veryOverdueAt) return m.notices_very_overdue({ count: daysSince(veryOverdueAt, at) })
  if (due.decisionOverdue && decideDueAt) {
    return m.notices_late_days({ label: m.notices_late_decision(), count: daysSince(decideDueAt, at) })
  }
  if (due.acknowledgeOverdue && acknowledgeDueAt) {
    return m.notices_late_days({ label: m.notices_late_acknowledgement(), count: daysSince(acknowledgeDueAt, at) })
  }
  return null
}

// A day that has begun counts: late by an hour is late by a day.
function daysSince(due: Date, at: Date): string {
  return formatNumber(Math.ceil((at.getTime() - due.getTime()) / dayMs))
}
