import type { Role } from '#app/accounts/roles.ts'
import { answerSteps } from './lifecycle-answers.ts'
import { asideSteps } from './lifecycle-aside.ts'
import { filingSteps } from './lifecycle-filing.ts'
import {
  actors,
  type Actor,
  type Branch,
  type ClockEffect,
  type Condition,
  type MailOwed,
  type Need,
  type NoticeMail,
  type Standpoint,
  type StepRule,
} from './stages.ts'

/**
 * Every step of a notice, by the name of its event. Buttons, access, mails, the diagram and the tests derive from it.
 * Steps that are not `offered` owe no mail yet: their mails come with their feature.
 *
 * @see docs/lifecycle.md, generated from this table
 */
export const steps = { ...filingSteps, ...answerSteps, ...asideSteps } as const satisfies Record<string, StepRule>

/** The name of a step, and of the event that it leaves. */
export type Step = keyof typeof steps

/** Who asks to take a step, as found out by the door through which he or she came. */
export type Asker =
  | {
      readonly party: 'holder'
      readonly role: Role
      readonly submitter: boolean
      /** An association that filed it acts for the holder. */
      readonly forMember?: boolean
    }
  | { readonly party: 'vendor'; readonly role: Role }
  | { readonly party: 'link'; readonly confirmed: boolean }
  | { readonly party: 'system' }

/** Where a notice stands and what would hold of it once the step is taken. */
export interface Standing {
  readonly stage: Standpoint
  /** The steps on its ledger so far. */
  readonly taken: readonly Step[]
  /** A send attempt of the notice's own mail has begun. */
  readonly begun: boolean
  /** The organisation wants a second person to approve. */
  readonly fourEyes: boolean
  /** Part of a collective filing: its holder looks at it first. */
  readonly annexed?: boolean
  /** Some cell of a work and a measure will still lack an answer. */
  readonly pending: boolean
  readonly worksLeft: boolean
  readonly questionOpen: boolean
  readonly checksScheduled: boolean
  /** A correction takes back something that was agreed. */
  readonly gotWorse: boolean
  /** The challenge window has ended. */
  readonly windowOver: boolean
  /** The challenge window that runs was opened by a correction that made cells worse. */
  readonly reopened: boolean
  /** The holder took the notice to a regulator or a court. */
  readonly escalated: boolean
  /** The vendor is to know of it. */
  readonly told: boolean
  /** From which side a message came that is passed on; a held or automatic one is not. */
  readonly wroteFrom?: 'holder' | 'vendor'
}

/** What `judge` is told. */
export type Facts = Standing & { readonly asker: Asker }

/** Why a step is refused. */
export const refusals = [
  'not-offered',
  'not-yours',
  'role-too-low',
  'code-needed',
  'already-taken',
  'not-now',
  'not-begun',
  'already-begun',
  'window-open',
  'window-over',
  'not-escalated',
  'own-submission',
] as const

/** One of `refusals`. */
export type Refusal = (typeof refusals)[number]

/** The answer of `judge`; a refusal names the stage and the step for its sentence. */
export type Judgement =
  | {
      readonly allowed: true
      readonly to: Standpoint
      readonly clock: readonly ClockEffect[]
      /** To be taken before, in the same transaction. */
      readonly first?: 'notice.acknowledged'
    }
  | { readonly allowed: false; readonly because: Refusal; readonly step: Step; readonly stage: Standpoint }

const refusalOfNeed = {
  begun: 'not-begun',
  not_begun: 'already-begun',
  escalated: 'not-escalated',
  window_open: 'window-over',
  window_over: 'window-open',
  not_submitter: 'own-submission',
  annexed: 'not-now',
  not_annexed: 'not-now',
} as const satisfies Record<Need, Refusal>

/**
 * Whether a step may be taken, and where it leads. Changes nothing.
 *
 * @returns the stage after the step, or the reason against it; who asks is looked at before where the notice stands
 */
export function judge(step: Step, facts: Facts): Judgement {
  const rule: StepRule = steps[step]
  const refuse = (because: Refusal): Judgement => ({ allowed: false, because, step, stage: facts.stage })
  if (!rule.offered) return refuse('not-offered')
  const bar = barOf(rule.who, facts.asker)
  if (bar) return refuse(bar)
  if (rule.once && facts.taken.includes(step) && !(rule.again && holds(rule.again, facts)))
    return refuse('already-taken')

  const first = rule.acknowledges ? judge('notice.acknowledged', facts) : undefined
  const at: Facts = first?.allowed ? { ...facts, stage: 'acknowledged' } : facts
  if (!rule.from.includes(at.stage)) return refuse(facts.taken.includes(step) ? 'already-taken' : 'not-now')
  const unmet = rule.needs?.find((need) => !holds(need, at))
  if (unmet) return refuse(refusalOfNeed[unmet])

  const branch = branchOf(rule, at)
  const to = branch.to === 'same' ? at.stage : branch.to
  return {
    allowed: true,
    to,
    clock: branch.clock ?? [],
    ...(first?.allowed ? { first: 'notice.acknowledged' as const } : {}),
  }
}

/**
 * The steps that someone could take now, in the order of the table.
 *
 * @param standing `pending`, `worksLeft` and the like as they are now
 */
export function stepsOpenTo(asker: Asker, standing: Standing): readonly Step[] {
  return stepNames.filter((step) => judge(step, { ...standing, asker }).allowed)
}

/**
 * The mails that a step owes.
 *
 * @param facts as `judge` saw them, before the step
 * @param to the stage after it
 */
export function mailsOf(
  step: Step,
  facts: Facts,
  to: Standpoint,
): readonly Pick<MailOwed, 'kind' | 'audience' | 'once' | 'later'>[] {
  const rule: StepRule = steps[step]
  return rule.mails
    .filter(({ when }) => !when || (when === 'moved' ? to !== facts.stage : holds(when, facts)))
    .map(({ kind, audience, once, later }) => ({
      kind,
      audience,
      ...(once && { once }),
      ...(later && { later }),
    }))
}

type Owed = (typeof steps)[Step]['mails'][number]

/** A mail that the vendor is owed; some of them the holder is owed as well. */
export type VendorMail = Extract<Owed, { readonly audience: 'vendor' | 'address' }>['kind']

const underMandate: ReadonlySet<Step> = new Set([
  'notice.withdrawn',
  'works.withdrawn',
  'decision.challenged',
  'clarification.answered',
  'message.written',
  'reminder.due',
])

/**
 * Whether an association may take a step on a notice that its member filed itself, where the mandate lets it act: it
 * withdraws, challenges, answers, writes and chases. What it filed it acts on like its holder.
 */
export function isUnderMandate(step: Step): boolean {
  return underMandate.has(step)
}

/** Whether a text names a step. */
export function isStep(name: string): name is Step {
  return Object.hasOwn(steps, name)
}

/** The names of all steps, in the order of the table. */
export const stepNames: readonly Step[] = Object.keys(steps).filter(isStep)

/** The mails that the vendor is owed by some step: of each the holder can follow what became of it. */
export const vendorMails: readonly NoticeMail[] = [
  ...new Set(
    stepNames.flatMap((step) => {
      const rule: StepRule = steps[step]
      return rule.mails
        .filter(({ audience }) => audience === 'vendor' || audience === 'address')
        .map(({ kind }) => kind)
    }),
  ),
]

/** Whether a notice's stage is one at which the step's row may be taken at all. */
export function fits(step: Step, stage: Standpoint): boolean {
  const rule: StepRule = steps[step]
  return rule.from.includes(stage)
}

/** The stages to which a step can lead from a stage, whatever the facts are. */
export function targetsOf(step: Step, stage: Standpoint): readonly Standpoint[] {
  const rule: StepRule = steps[step]
  if (!rule.from.includes(stage)) return []
  const branches = rule.to.filter(({ from }) => !from || from.includes(stage))
  const last = branches.findIndex(({ when }) => !when)
  return [...new Set(branches.slice(0, last + 1).map(({ to }) => (to === 'same' ? stage : to)))]
}

function branchOf(rule: StepRule, facts: Facts): Branch {
  const branch = rule.to.find(
    ({ from, when }) => (!from || from.includes(facts.stage)) && (!when || holds(when, facts)),
  )
  if (!branch) throw new Error(`No branch fits at ${facts.stage}`)
  return branch
}

function barOf(who: readonly Actor[], asker: Asker): 'not-yours' | 'role-too-low' | 'code-needed' | undefined {
  const rows = who.map((name) => actors[name]).filter(({ party }) => party === asker.party)
  if (rows.length === 0) return 'not-yours'
  if (rows.some((row) => fitsActor(row, asker))) return undefined
  return asker.party === 'link' ? 'code-needed' : 'role-too-low'
}

function fitsActor(row: (typeof actors)[Actor], asker: Asker): boolean {
  if (row.party === 'system') return asker.party === 'system'
  if (row.party === 'link') return asker.party === 'link' && (asker.confirmed || !row.confirmed)
  if (row.party === 'vendor') return asker.party === 'vendor' && includes(row.roles, asker.role)
  if (asker.party !== 'holder' || !includes(row.roles, asker.role)) return false
  if (asker.forMember === true && 'itself' in row) return false
  return asker.submitter || !('submitter' in row)
}

function includes(roles: readonly Role[], role: Role): boolean {
  return roles.includes(role)
}

function holds(condition: Condition, facts: Facts): boolean {
  return tests[condition](facts)
}

const tests = {
  four_eyes: ({ fourEyes }) => fourEyes,
  signed_at_once: ({ fourEyes, annexed }) => !fourEyes && annexed !== true,
  annexed: ({ annexed }) => annexed === true,
  not_annexed: ({ annexed }) => annexed !== true,
  begun: hasBegun,
  not_begun: (facts) => !hasBegun(facts),
  pending: ({ pending }) => pending,
  nothing_pending: ({ pending }) => !pending,
  no_works_left: ({ worksLeft }) => !worksLeft,
  question_open: ({ questionOpen }) => questionOpen,
  checks_scheduled: ({ checksScheduled }) => checksScheduled,
  got_worse: ({ gotWorse }) => gotWorse,
  window_open: ({ windowOver }) => !windowOver,
  window_over: ({ windowOver }) => windowOver,
  not_submitter: ({ asker }) => asker.party !== 'holder' || !asker.submitter,
  reopened: ({ reopened }) => reopened,
  escalated: ({ escalated }) => escalated,
  told: ({ told }) => told,
  by_vendor: ({ asker }) => asker.party === 'vendor' || asker.party === 'link',
  by_holder: ({ asker }) => asker.party === 'holder',
  vendor_wrote: ({ wroteFrom }) => wroteFrom === 'vendor',
  holder_wrote: ({ wroteFrom }) => wroteFrom === 'holder',
} as const satisfies Record<Condition, (facts: Facts) => boolean>

// From `sent` on the mail was accepted somewhere, also where a web form took it and no attempt of ours began.
function hasBegun({ begun, stage }: Facts): boolean {
  return begun || !['draft', 'awaiting_approval', 'queued'].includes(stage)
}
