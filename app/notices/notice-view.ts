import { formatDay } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { isPaused, usedDays, type ClockKind, type Computation } from './clocks.ts'
import { daysLate, dueMark, type DueMark } from './due-mark.ts'
import type { Dates } from './due-state.ts'
import type { NoticeFacts, NoticePage } from './find-notice.server.ts'
import type { RecordLine } from './find-record.server.ts'
import { isUnderMandate, stepsOpenTo, type Asker, type Step } from './lifecycle.ts'
import type { Stage } from './stages.ts'
import { dayOf, workingDaysBetween, type Calendar } from './working-days.ts'

/** Working days by clock. */
export type DayCounts = Readonly<Partial<Record<ClockKind, number>>>

/** A page of a notice with all that its parts show: the reader's clock, the names in the reader's script, the acts. */
export interface NoticeView extends NoticePage {
  readonly timeZone: string
  readonly names: { readonly vendor: string; readonly holder: string }
  readonly open: readonly Step[]
  /** Working days that are left of the clock that runs, seen from the vendor's day. */
  readonly daysLeft: DayCounts
  /** On which working day a clock was met. */
  readonly metDays: DayCounts
  /** How many working days ago the date of a clock passed. */
  readonly lateDays: DayCounts
  /** What is late, or near. */
  readonly mark: DueMark | null
}

/** What somebody on this side could do now. */
export function openSteps(page: NoticePage, asker: Asker): readonly Step[] {
  const { notice, record, answers, at } = page
  const challenge = notice.clocks.find(({ kind }) => kind === 'challenge')
  const open = stepsOpenTo(asker, {
    stage: notice.stage,
    taken: record.taken,
    begun: notice.begun,
    fourEyes: notice.filing.needsApproval,
    annexed: notice.filing.collective,
    pending: (answers.tally?.pending ?? 1) > 0,
    worksLeft: true,
    questionOpen: notice.stage === 'clarification_needed',
    checksScheduled: false,
    gotWorse: false,
    escalated: page.escalation !== null,
    told: false,
    reopened: challenge?.computed.because === 'correction',
    windowOver: challenge !== undefined && at.getTime() > Date.parse(challenge.dueAt),
  })
  if (page.byMandate) return open.filter(isUnderMandate)
  return page.side === 'holder' && !page.byOwner ? open.filter((step) => !holdersAlone.has(step)) : open
}

// What an association that filed a notice leaves to its member: it has no page for them.
const holdersAlone: ReadonlySet<Step> = new Set([
  'notice.superseded',
  'notice.escalated',
  'escalation.ended',
  'clock.extended',
])

/** Whether the time that a decided notice still has is no time to challenge it: that was done once, and nothing got worse since. */
export function isBeyondChallenge({ notice, record }: Pick<NoticePage, 'notice' | 'record'>): boolean {
  const window = notice.clocks.find(({ kind }) => kind === 'challenge')
  return record.taken.includes('decision.challenged') && window?.computed.because !== 'correction'
}

/** The names of both sides in the reader's script. */
export function namesOf({ vendor, holder }: NoticeFacts, locale: 'en' | 'ja'): NoticeView['names'] {
  return {
    vendor: nameIn(locale, vendor.name, vendor.nameOther),
    holder: nameIn(locale, holder.name, holder.nameOther),
  }
}

/** The working days left of each clock that runs or since its date, those that one took that was met, and the worst of it. */
export function dayCounts(
  notice: NoticeFacts,
  at: Date,
  calendarOf: (clock: Computation) => Calendar,
): Pick<NoticeView, 'daysLeft' | 'metDays' | 'lateDays' | 'mark'> {
  const { clocks } = notice
  const place = clocks.find(({ kind }) => kind === 'decide')?.computed
  const counted = clocks.map(({ kind, metAt, dueAt, computed }) => {
    const calendar = calendarOf(computed)
    if (metAt !== null) return { kind, met: usedDays(computed, metAt, calendar) }
    const paused = computed.pauses.at(-1)
    if (paused !== undefined && isPaused(computed)) return { kind, left: paused.daysLeft }
    const today = dayOf(at.toISOString(), calendar)
    if (Date.parse(dueAt) < at.getTime()) return { kind, late: daysLate(computed.dueOn, today, calendar) }
    return { kind, left: workingDaysBetween(today, computed.dueOn, calendar) }
  })
  return {
    daysLeft: Object.fromEntries(counted.flatMap(({ kind, left }) => (left === undefined ? [] : [[kind, left]]))),
    metDays: Object.fromEntries(counted.flatMap(({ kind, met }) => (met === undefined ? [] : [[kind, met]]))),
    lateDays: Object.fromEntries(counted.flatMap(({ kind, late }) => (late === undefined ? [] : [[kind, late]]))),
    mark: place === undefined ? undeliverableMark(notice) : dueMark(datesOf(notice), at, calendarOf(place)),
  }
}

// Before it is served no clock runs, but a mail may have come back.
function undeliverableMark({ undeliverableAt }: NoticeFacts): DueMark | null {
  return undeliverableAt === null ? null : { kind: 'undeliverable' }
}

function datesOf(notice: NoticeFacts): Dates {
  const clock = (kind: ClockKind) => notice.clocks.find((each) => each.kind === kind)
  const decide = clock('decide')
  return {
    stage: notice.stage,
    undeliverableAt: instantOf(notice.undeliverableAt),
    unresponsiveAt: instantOf(notice.unresponsiveAt),
    acknowledgedAt: instantOf(notice.acknowledgedAt),
    acknowledgeDueAt: instantOf(clock('acknowledge')?.dueAt ?? null),
    decideDueAt: instantOf(decide?.dueAt ?? null),
    veryOverdueAt: instantOf(decide?.computed.veryOverdueAt ?? null),
    paused: notice.stage === 'clarification_needed',
  }
}

function instantOf(iso: string | null): Date | null {
  return iso === null ? null : new Date(iso)
}

/** When and by which side the notice came to its stage, as far as the lines shown tell. */
export function arrival(lines: readonly RecordLine[], stage: Stage): RecordLine | undefined {
  const away = lines.findIndex(({ payload }) => payload['stage'] !== stage)
  return away === -1 ? lines.at(-1) : lines[away - 1]
}

/** When a notice first came to a stage, among the lines shown. */
export function firstAt(lines: readonly RecordLine[], stage: Stage): string | null {
  return lines.findLast(({ payload }) => payload['stage'] === stage)?.at ?? null
}

/** The day of a date of the notice, for sentences; empty while its clock does not run. */
export function dueOn({ clocks }: NoticeFacts, kind: ClockKind): string {
  const clock = clocks.find((each) => each.kind === kind)
  return clock === undefined ? '' : formatDay(clock.dueOn)
}
