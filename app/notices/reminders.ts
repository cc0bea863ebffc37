import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { isPaused, type Computation } from './clocks.ts'
import { addWorkingDays, dayOf, isWorkingDay, type Calendar } from './working-days.ts'

/** What the portal reminds of; a line `reminder.due` of the ledger names one. */
export const reminderKinds = [
  'acknowledge_soon',
  'acknowledge_overdue',
  'unresponsive',
  'decision_overdue',
  'decision_very_overdue',
] as const

/** One of `reminderKinds`. */
export type ReminderKind = (typeof reminderKinds)[number]

/** How often a vendor is chased for an acknowledgement. */
export const chasing = { everyWorkingDays: 5, most: 5, withinDays: 30 } as const

/** When mails of the day go out, in the reader's time zone. */
export const morningHour = 8

/** What a line `reminder.due` says of its reminder. Days `YYYY-MM-DD` in the vendor's time zone. */
export const remindedSchema = z.object({
  reminder: z.enum(reminderKinds),
  /** Counts the chasers of one due date; 1 for the others. */
  number: z.int().min(1),
  /** The due date that it is about: one that moved is reminded of anew. */
  dueOn: z.iso.date(),
  /** The working day whose mail carries it. */
  mailOn: z.iso.date(),
})

/** A reminder, as its line of the ledger says it. */
export type Reminded = Readonly<z.infer<typeof remindedSchema>>

/** The reminder that comes next, and the instant from which it is due, ISO 8601 in UTC. */
export interface NextReminder extends Omit<Reminded, 'mailOn'> {
  readonly from: string
}

/**
 * What a clock that runs is to remind of next. Reminders that were missed collapse into the latest: the next one is
 * counted from the one that went out, never from those that did not.
 *
 * @param asked.past the reminders of this notice, oldest first
 * @param asked.at the present instant, ISO 8601
 * @returns null while it is paused, and when all was said
 */
export function nextReminder(
  clock: Computation,
  { past, at, calendar }: { readonly past: readonly Reminded[]; readonly at: string; readonly calendar: Calendar },
): NextReminder | null {
  if (isPaused(clock)) return null
  if (clock.kind === 'acknowledge') return nextOfAcknowledging(clock, { past, at, calendar })
  return clock.kind === 'decide' ? nextOfDeciding(clock, past, at) : null
}

/**
 * When a clock is looked at first after it started or changed.
 *
 * @returns ISO 8601 in UTC; null while it is paused, and for the time to challenge, of which nobody is reminded
 */
export function firstLookAt(clock: Computation): string | null {
  if (isPaused(clock) || clock.kind === 'challenge') return null
  return clock.reminderOn === undefined ? afterDue(clock) : morningOf(clock.reminderOn, clock.timeZone)
}

/** The working day whose mail carries a reminder that is due at an instant: that day, or the next working day. */
export function mailDayOf(at: string, calendar: Calendar): string {
  const today = dayOf(at, calendar)
  return isWorkingDay(today, calendar) ? today : addWorkingDays(today, 1, calendar).on
}

/**
 * Eight in the morning of a day. Where the clock skips that hour the first moment after it counts.
 *
 * @param day `YYYY-MM-DD`
 * @returns ISO 8601 in UTC, with milliseconds
 */
export function morningOf(day: string, timeZone: string): string {
  return Temporal.PlainDate.from(day)
    .toZonedDateTime({ timeZone, plainTime: { hour: morningHour } })
    .toInstant()
    .toString({ smallestUnit: 'millisecond' })
}

/** A chaser that somebody may send now, or why there is none to send. */
export type ChaserNow =
  | { readonly chaser: Omit<Reminded, 'mailOn'>; readonly because?: never }
  | { readonly chaser: null; readonly because: 'nothing-late' | 'chased-today' | 'chased-enough' }

/**
 * The chaser that the holder's side asks for between those that come by themselves: of an acknowledgement that is late, else
 * of a decision. The same caps hold for both kinds together, and a vendor is chased about a notice once a day.
 *
 * @param clocks of one notice, those that run
 * @param asked.past the reminders of this notice, oldest first
 * @param asked.at the present instant, ISO 8601
 */
export function chaserNow(clocks: readonly Computation[], { past, at, calendar }: Asked): ChaserNow {
  const late = clocks.filter((clock) => clock.kind !== 'challenge' && !isPaused(clock) && at > clock.dueAt)
  const clock = late.find(({ kind }) => kind === 'acknowledge') ?? late[0]
  if (clock === undefined) return { chaser: null, because: 'nothing-late' }
  const chased = past.filter(({ reminder }) => chasers.has(reminder))
  const today = mailDayOf(at, calendar)
  if (chased.some(({ mailOn }) => mailOn >= today)) return { chaser: null, because: 'chased-today' }
  const recent = chased.filter(({ mailOn }) => daysAfter(mailOn, chasing.withinDays) > today)
  const reminder = clock.kind === 'acknowledge' ? 'acknowledge_overdue' : 'decision_overdue'
  const number = chased.filter((each) => each.dueOn === clock.dueOn && each.reminder === reminder).length + 1
  if (recent.length >= chasing.most || number > chasing.most) return { chaser: null, because: 'chased-enough' }
  return { chaser: { reminder, number, dueOn: clock.dueOn } }
}

const chasers: ReadonlySet<ReminderKind> = new Set(['acknowledge_overdue', 'decision_overdue', 'decision_very_overdue'])

type Asked = Parameters<typeof nextReminder>[1]

function nextOfAcknowledging(clock: Computation, { past, at, calendar }: Asked): NextReminder | null {
  const { dueOn, dueAt, reminderOn, timeZone } = clock
  const ofThis = past.filter((each) => each.dueOn === dueOn)
  if (ofThis.some(({ reminder }) => reminder === 'unresponsive')) return null
  const chased = ofThis.filter(({ reminder }) => reminder === 'acknowledge_overdue')
  const last = chased.at(-1)
  if (!last) {
    const soon = ofThis.length === 0 && reminderOn !== undefined && at <= dueAt
    if (soon) return { reminder: 'acknowledge_soon', number: 1, dueOn, from: morningOf(reminderOn, timeZone) }
    return chaser({ number: 1, dueOn, from: afterDue(clock) }, { past, calendar })
  }
  const from = morningOf(addWorkingDays(last.mailOn, chasing.everyWorkingDays, calendar).on, timeZone)
  if (chased.length >= chasing.most) return { reminder: 'unresponsive', number: 1, dueOn, from }
  return chaser({ number: chased.length + 1, dueOn, from }, { past, calendar })
}

// A date that moved begins a new series; the chasers of the old one still count within the thirty days and for the day.
function chaser(
  { number, dueOn, from }: Pick<NextReminder, 'number' | 'dueOn' | 'from'>,
  { past, calendar }: Pick<Asked, 'past' | 'calendar'>,
): NextReminder {
  const chased = past.filter(({ reminder }) => reminder === 'acknowledge_overdue')
  const [fifthLast, last] = [chased.at(-chasing.most), chased.at(-1)]
  const froms = [
    from,
    ...(fifthLast ? [morningOf(daysAfter(fifthLast.mailOn, chasing.withinDays), calendar.timeZone)] : []),
    ...(last ? [morningOf(addWorkingDays(last.mailOn, 1, calendar).on, calendar.timeZone)] : []),
  ]
  return { reminder: 'acknowledge_overdue', number, dueOn, from: froms.toSorted().at(-1) ?? from }
}

function nextOfDeciding(clock: Computation, past: readonly Reminded[], at: string): NextReminder | null {
  const { dueOn, veryOverdueAt } = clock
  const said = new Set(past.filter((each) => each.dueOn === dueOn).map(({ reminder }) => reminder))
  if (said.has('decision_very_overdue')) return null
  if (veryOverdueAt !== undefined && (said.has('decision_overdue') || at > veryOverdueAt))
    return { reminder: 'decision_very_overdue', number: 1, dueOn, from: secondAfter(veryOverdueAt) }
  return said.has('decision_overdue') ? null : { reminder: 'decision_overdue', number: 1, dueOn, from: afterDue(clock) }
}

function afterDue({ dueAt }: Computation): string {
  return secondAfter(dueAt)
}

function secondAfter(instant: string): string {
  return Temporal.Instant.from(instant).add({ seconds: 1 }).toString({ smallestUnit: 'millisecond' })
}

function daysAfter(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}
