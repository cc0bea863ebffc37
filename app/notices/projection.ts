import { z } from 'zod'
import { firstPrevious } from '#app/ledger/chain.ts'
import { clockKinds, type ClockKind } from './clocks.ts'
import { waitingOn, type WaitingOn } from './due-state.ts'
import { escalationKinds, type Escalation } from './escalations.ts'
import { targetsOf, type Step } from './lifecycle.ts'
import { reminderKinds } from './reminders.ts'
import { noticeOutcomes, type NoticeOutcome } from './outcomes.ts'
import { stages, type Standpoint } from './stages.ts'

/** What the projection reads of a payload; a step's own words stand beside it. */
export const projectedPayloadSchema = z.object({
  /** The stage after the event. */
  stage: z.enum(['draft', ...stages]),
  /** What came of the notice as a whole, where the event changed an answer. */
  outcome: z.enum(noticeOutcomes).exactOptional(),
  /** The clocks that it started, as they were computed then: later releases of a calendar change nothing. */
  clocks: z
    .array(z.object({ kind: z.enum(clockKinds), dueOn: z.iso.date(), dueAt: z.iso.datetime() }))
    .readonly()
    .exactOptional(),
  /** A bounce after which no copy has arrived or is still on its way. */
  unreached: z.boolean().exactOptional(),
  /** Where the holder took the notice beyond the vendor. */
  escalation: z.enum(['none', ...escalationKinds]).exactOptional(),
  /** What the vendor or the holder was reminded of. */
  reminder: z.enum(reminderKinds).exactOptional(),
})

/** What the projection reads of a payload. */
export type ProjectedPayload = Readonly<z.infer<typeof projectedPayloadSchema>>

/** A line of the ledger as the projection reads it. */
export interface ProjectedEvent {
  readonly sequence: number
  readonly type: Step
  /** ISO 8601 in UTC. */
  readonly at: string
  readonly hash: string
  readonly payload: ProjectedPayload
}

/** The columns of a notice that follow from its events alone. Instants ISO 8601 in UTC, days `YYYY-MM-DD`. */
export interface Projection {
  readonly stage: Standpoint
  readonly outcome: NoticeOutcome
  readonly escalation: Escalation
  readonly waitingOn: WaitingOn
  readonly lastSequence: number
  readonly lastHash: string
  readonly servedAt: string | null
  readonly deliveredAt: string | null
  readonly acknowledgedAt: string | null
  readonly decidedAt: string | null
  readonly closedAt: string | null
  readonly withdrawnAt: string | null
  readonly undeliverableAt: string | null
  /** Since the last reminder went unanswered. */
  readonly unresponsiveAt: string | null
  readonly acknowledgeBy: string | null
  readonly acknowledgeDueAt: string | null
  readonly decideBy: string | null
  readonly decideDueAt: string | null
  readonly challengeBy: string | null
  readonly challengeDueAt: string | null
}

/** A notice before its first event. */
export const unborn: Projection = {
  stage: 'draft',
  outcome: 'pending',
  escalation: 'none',
  waitingOn: 'holder',
  lastSequence: 0,
  lastHash: firstPrevious,
  servedAt: null,
  deliveredAt: null,
  acknowledgedAt: null,
  decidedAt: null,
  closedAt: null,
  withdrawnAt: null,
  undeliverableAt: null,
  unresponsiveAt: null,
  acknowledgeBy: null,
  acknowledgeDueAt: null,
  decideBy: null,
  decideDueAt: null,
  challengeBy: null,
  challengeDueAt: null,
}

/** The columns after one more event. Knows no rule: `isLegal` says whether the event could happen at all. */
export function project(before: Projection, { sequence, type, at, hash, payload }: ProjectedEvent): Projection {
  const { stage } = payload
  const after: Projection = {
    ...before,
    ...dates(before, type, at, payload),
    ...arrivals(before.stage, stage, at),
    ...dues(payload.clocks ?? []),
    stage,
    outcome: payload.outcome ?? before.outcome,
    escalation: payload.escalation ?? before.escalation,
    lastSequence: sequence,
    lastHash: hash,
  }
  return { ...after, waitingOn: waitingOn({ stage, undeliverable: after.undeliverableAt !== null }) }
}

/**
 * Whether a notice counts as served. One that came back from everywhere was never served, unless someone answered it:
 * the next acceptance dates it anew and starts its clocks.
 */
export function isServed({ servedAt, undeliverableAt, acknowledgedAt }: Projection): boolean {
  return servedAt !== null && (undeliverableAt === null || acknowledgedAt !== null)
}

/** Whether the table lets this event follow: the right number, the right stage before and after. */
export function isLegal(before: Projection, { sequence, type, payload }: ProjectedEvent): boolean {
  return sequence === before.lastSequence + 1 && targetsOf(type, before.stage).includes(payload.stage)
}

/** What the events make of a notice, or the first that could not follow. */
export type Rebuilt =
  | { readonly legal: true; readonly projection: Projection }
  | { readonly legal: false; readonly sequence: number; readonly projection: Projection }

/** Rebuilds the columns of a notice from all its events, in their order. */
export function rebuild(events: Iterable<ProjectedEvent>): Rebuilt {
  let projection = unborn
  for (const event of events) {
    if (!isLegal(projection, event)) return { legal: false, sequence: projection.lastSequence + 1, projection }
    projection = project(projection, event)
  }
  return { legal: true, projection }
}

/** The names of the columns in which two projections differ. */
export function differences(one: Projection, other: Projection): readonly (keyof Projection)[] {
  return projectedColumns.filter((column) => one[column] !== other[column])
}

/** The columns of a projection. */
export const projectedColumns: readonly (keyof Projection)[] = Object.keys(unborn).filter(isColumn)

function isColumn(name: string): name is keyof Projection {
  return Object.hasOwn(unborn, name)
}

function dates(
  before: Projection,
  type: Step,
  at: string,
  { unreached, reminder }: ProjectedPayload,
): Partial<Projection> {
  const served = isServed(before) ? before.servedAt : null
  switch (type) {
    case 'message.accepted':
      return { servedAt: served ?? at, undeliverableAt: null }
    case 'message.delivered':
      return { deliveredAt: before.deliveredAt ?? at }
    case 'message.bounced':
      return unreached === true ? { undeliverableAt: before.undeliverableAt ?? at } : {}
    case 'message.readdressed':
      return { undeliverableAt: null, ...(served === null ? unserved : {}) }
    case 'notice.acknowledged':
      // An explicit answer proves the delivery, and that a contact works.
      return { acknowledgedAt: at, deliveredAt: before.deliveredAt ?? at, undeliverableAt: null, unresponsiveAt: null }
    case 'reminder.due':
      return reminder === 'unresponsive' ? { unresponsiveAt: before.unresponsiveAt ?? at } : {}
    default:
      return {}
  }
}

// No clock runs before the new address is served.
const unserved = {
  servedAt: null,
  unresponsiveAt: null,
  acknowledgeBy: null,
  acknowledgeDueAt: null,
  decideBy: null,
  decideDueAt: null,
} as const

function arrivals(from: Standpoint, to: Standpoint, at: string): Partial<Projection> {
  if (from === to) return {}
  if (to === 'decided') return { decidedAt: at }
  if (to === 'closed') return { closedAt: at }
  if (to === 'withdrawn') return { withdrawnAt: at }
  return to === 'in_review' ? { decidedAt: null, closedAt: null } : {}
}

type Due = NonNullable<ProjectedPayload['clocks']>[number]

const dueColumns = {
  // More time, or another service: the vendor is asked anew.
  acknowledge: ({ dueOn, dueAt }) => ({ acknowledgeBy: dueOn, acknowledgeDueAt: dueAt, unresponsiveAt: null }),
  decide: ({ dueOn, dueAt }) => ({ decideBy: dueOn, decideDueAt: dueAt }),
  challenge: ({ dueOn, dueAt }) => ({ challengeBy: dueOn, challengeDueAt: dueAt }),
} as const satisfies Record<ClockKind, (clock: Due) => Partial<Projection>>

function dues(clocks: readonly Due[]): Partial<Projection> {
  return Object.assign({}, ...clocks.map((clock) => dueColumns[clock.kind](clock)))
}
