import { m } from '#app/generated/messages/messages.js'
import { Badge } from '#app/ui/badge.tsx'
import { formatNumber } from '#app/ui/format.ts'
import type { DueMark } from './due-mark.ts'

/** What is late, failed or near, in one badge: a diamond or a triangle, and working days. Nothing when there is time. */
export function LatenessBadge({ mark }: { mark: DueMark | null }) {
  if (mark === null) return null
  if (mark.kind === 'undeliverable') {
    return (
      <Badge icon="w-bounced" tone="late">
        {m.notices_undeliverable()}
      </Badge>
    )
  }
  const near = mark.kind === 'today' || mark.kind === 'near'
  return (
    <Badge icon={near ? 'w-due' : 'w-overdue'} tone={near ? 'question' : 'late'} wrap>
      {mark.kind === 'today' ? m.clocks_due_today() : words[mark.kind](mark.days)}
    </Badge>
  )
}

const words = {
  unresponsive: (days) => m.clocks_late_unresponsive({ n: days, count: formatNumber(days) }),
  very_overdue: (days) => m.clocks_late_very({ n: days, count: formatNumber(days) }),
  decision_overdue: (days) => m.clocks_late_decision({ n: days, count: formatNumber(days) }),
  acknowledge_overdue: (days) => m.clocks_late_acknowledgement({ n: days, count: formatNumber(days) }),
  near: (days) => m.clocks_due_near({ n: days, count: formatNumber(days) }),
} satisfies Record<Exclude<DueMark['kind'], 'undeliverable' | 'today'>, (days: number) => string>
