import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import { isPaused, type Computation } from './clocks.ts'
import type { Side } from './side.server.ts'
import { addWorkingDays, dayOf, mostWorkingDays, workingDaysBetween, type Calendar } from './working-days.ts'

/** The clocks to which days may be added: the time to challenge is fixed. */
export const extendableKinds = ['acknowledge', 'decide'] as const

/** One of `extendableKinds`. */
export type ExtendableKind = (typeof extendableKinds)[number]

/** What the form for more days sends. */
export const extensionForm = z.object({
  clock: z.enum(extendableKinds, { error: () => m.clocks_extend_fault_clock() }),
  days: z.coerce
    .number({ error: () => m.clocks_extend_fault_days() })
    .int({ error: () => m.clocks_extend_fault_days() })
    .min(1, { error: () => m.clocks_extend_fault_days() })
    .max(mostWorkingDays, { error: () => m.clocks_extend_fault_days_many({ max: formatNumber(mostWorkingDays) }) }),
  reason: z
    .string({ error: () => m.clocks_extend_fault_reason() })
    .trim()
    .min(3, { error: () => m.clocks_extend_fault_reason() })
    .max(2_000, { error: () => m.clocks_extend_fault_reason_long({ max: formatNumber(2_000) }) }),
  /** The dates that the page showed: a date that has moved since is looked at again first. */
  acknowledge: z.iso.date().optional(),
  decide: z.iso.date().optional(),
})

/** More days, as they were asked for. */
export type ExtensionForm = z.output<typeof extensionForm>

/** Whether days may be added; a no says how many may. */
export type ExtensionJudgement =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly because: 'too-many'; readonly most: number }
  | { readonly allowed: false; readonly because: 'still-past'; readonly least: number }

/** How many working days a side may still add: a vendor can at most double a clock, and none runs longer than 90. */
export function mostDaysToAdd({ workingDays, extensions = [] }: Computation, by: Side): number {
  const added = sumOf(extensions)
  const room = mostWorkingDays - workingDays - added
  if (by === 'holder') return Math.max(0, room)
  return Math.max(0, Math.min(room, workingDays - sumOf(extensions.filter((each) => each.by === 'vendor'))))
}

/**
 * Whether a side may add days to a clock now. A date that would still be in the past helps nobody.
 *
 * @param asked.at the present instant, ISO 8601
 */
export function judgeExtension(
  clock: Computation,
  asked: { readonly by: Side; readonly days: number; readonly at: string },
  calendar: Calendar,
): ExtensionJudgement {
  const { by, days, at } = asked
  const most = mostDaysToAdd(clock, by)
  if (days > most) return { allowed: false, because: 'too-many', most }
  const today = dayOf(at, calendar)
  if (isPaused(clock) || addWorkingDays(clock.dueOn, days, calendar).on >= today) return { allowed: true }
  // On a free day the next working day is the first that is not past.
  const least = workingDaysBetween(clock.dueOn, today, calendar)
  const reached = addWorkingDays(clock.dueOn, least, calendar).on >= today
  return { allowed: false, because: 'still-past', least: reached ? least : least + 1 }
}

function sumOf(extensions: NonNullable<Computation['extensions']>): number {
  return extensions.reduce((sum, { days }) => sum + days, 0)
}
