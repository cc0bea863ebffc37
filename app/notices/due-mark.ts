import { dueState, type Dates } from './due-state.ts'
import { dayOf, workingDaysBetween, type Calendar } from './working-days.ts'

/** From how many working days before a date on it is marked as near. */
const nearDays = 2

/** What a list says beside the date of a notice: the worst that is late, or how near the date is. Days are working days. */
export type DueMark =
  | { readonly kind: 'undeliverable' }
  | {
      readonly kind: 'unresponsive' | 'very_overdue' | 'decision_overdue' | 'acknowledge_overdue' | 'near'
      readonly days: number
    }
  | { readonly kind: 'today' }

/**
 * What is to be said of a notice's dates; null when there is time, and while nothing is awaited.
 *
 * @param calendar the working days in which its clocks are counted
 */
export function dueMark(notice: Dates, at: Date, calendar: Calendar): DueMark | null {
  const due = dueState(notice, at)
  const today = dayOf(at.toISOString(), calendar)
  const since = (date: Date | null) => (date ? daysLate(dayOf(date.toISOString(), calendar), today, calendar) : 0)
  if (due.undeliverable) return { kind: 'undeliverable' }
  if (due.unresponsive) return { kind: 'unresponsive', days: since(notice.acknowledgeDueAt) }
  if (due.veryOverdue) return { kind: 'very_overdue', days: since(notice.decideDueAt) }
  if (due.decisionOverdue) return { kind: 'decision_overdue', days: since(notice.decideDueAt) }
  if (due.acknowledgeOverdue) return { kind: 'acknowledge_overdue', days: since(notice.acknowledgeDueAt) }
  return nearMark(nextDueAt(notice), today, calendar)
}

/** How many working days ago a date passed; a date that passed today, or over free days, is a day late. */
export function daysLate(dueOn: string, today: string, calendar: Calendar): number {
  return Math.max(1, workingDaysBetween(dueOn, today, calendar))
}

function nearMark(due: Date | null, today: string, calendar: Calendar): DueMark | null {
  if (due === null) return null
  const dueOn = dayOf(due.toISOString(), calendar)
  if (dueOn === today) return { kind: 'today' }
  const days = workingDaysBetween(today, dueOn, calendar, nearDays + 1)
  return days <= nearDays ? { kind: 'near', days } : null
}

// The vendor's next date: of its acknowledgement first, then of its decision while no question is open.
function nextDueAt({ stage, acknowledgedAt, acknowledgeDueAt, decideDueAt, paused }: Dates): Date | null {
  if (stage === 'sent' || stage === 'delivered') return acknowledgedAt === null ? acknowledgeDueAt : decideDueAt
  return (stage === 'acknowledged' || stage === 'in_review') && paused !== true ? decideDueAt : null
}
