import type { Role } from '#app/accounts/roles.ts'
import { judge, type Asker, type Refusal, type Standing, type Step } from '#app/notices/lifecycle.ts'
import { isWorse, outcomeRules, type Outcome } from '#app/notices/outcomes.ts'
import type { Standpoint } from '#app/notices/stages.ts'
import { racedMeasures, racedWorks, type RacedAct, type Racer } from './acts.ts'

/** One notice as one person after the other would have made it. */
export interface Modelled {
  readonly stage: Standpoint
  readonly taken: readonly Step[]
  readonly delivered: boolean
  readonly reference: string | null
  /** `told` or `untold`, while the notice is with a court. */
  readonly escalation: 'told' | 'untold' | null
  /** By measure, what each work got; null is the default's. */
  readonly answers: Answers
  /** The answers when the notice was decided, and when the time to challenge that ran from there ends. */
  readonly decided: { readonly answers: Answers; readonly dueAt: string } | null
  readonly questions: readonly { readonly key: string | null; readonly open: boolean }[]
  readonly messages: readonly string[]
  readonly challengeDueAt: string | null
  readonly reopened: boolean
}

type Answers = readonly { readonly rest: Outcome; readonly own: readonly (Outcome | null)[] }[]

/** A notice that was submitted, and no server has taken yet. */
export const submitted: Modelled = {
  stage: 'queued',
  taken: ['notice.submitted'],
  delivered: false,
  reference: null,
  escalation: null,
  answers: racedMeasures.map(() => ({ rest: 'pending', own: Array.from({ length: racedWorks }, () => null) })),
  decided: null,
  questions: [],
  messages: [],
  challengeDueAt: null,
  reopened: false,
}

/** What one act comes to where the notice stands: a line and what holds after it, nothing to be done, or a no. */
export type Verdict =
  | { readonly as: 'line'; readonly to: Standpoint; readonly acknowledges: boolean; readonly after: Modelled }
  | { readonly as: 'nothing' }
  | { readonly as: 'refused'; readonly because: Refusal | 'no-cells' | 'only-worse' }

/** The step that each act takes. */
export const stepOf = {
  acknowledge: 'notice.acknowledged',
  'start review': 'review.started',
  read: 'message.delivered',
  'accept decision': 'decision.accepted',
  withdraw: 'notice.withdrawn',
  'end escalation': 'escalation.ended',
  'mail accepted': 'message.accepted',
  'mail delivered': 'message.delivered',
  'mail bounced': 'message.bounced',
  'give reference': 'reference.given',
  'answer all': 'outcomes.recorded',
  'answer some': 'outcomes.recorded',
  declare: 'decision.declared',
  challenge: 'decision.challenged',
  ask: 'clarification.requested',
  'send back': 'notice.sent_back',
  write: 'message.written',
  'answer question': 'clarification.answered',
  'close question': 'clarification.closed',
  'withdraw works': 'works.withdrawn',
  escalate: 'notice.escalated',
} as const satisfies Record<RacedAct['does'], Step>

const roles: Readonly<Record<string, Role>> = { owner: 'owner', editor: 'editor', viewer: 'viewer' }

/** Who a racer is to the lifecycle; the holder's owner submitted every notice. */
export function askerOf(racer: Racer): Asker {
  if (racer === 'portal') return { party: 'system' }
  if (racer === 'bearer' || racer === 'confirmed bearer') return { party: 'link', confirmed: racer !== 'bearer' }
  const [party, role = ''] = racer.split(' ')
  const standing = roles[role] ?? 'viewer'
  return party === 'vendor'
    ? { party, role: standing }
    : { party: 'holder', role: standing, submitter: racer === 'holder owner' }
}

/**
 * What an act comes to.
 *
 * @param at the instant of the act, ISO 8601: some things may be done only for a time
 */
export function verdictOf(before: Modelled, { racer, act, at }: { racer: Racer; act: RacedAct; at: string }): Verdict {
  const step = stepOf[act.does]
  const asker = askerOf(racer)
  const may = judge(step, { ...standingOf(before, at), asker })
  if (!may.allowed) return { as: 'refused', because: may.because }
  const done = doneBy(before, act, at)
  if (done === null || typeof done === 'string')
    return done === null ? { as: 'nothing' } : { as: 'refused', because: done }
  const { told, ...after } = done
  const standing = {
    ...standingOf(before, at),
    pending: after.answers.some((each) => isOpen(each)),
    worksLeft: worksLeft(after.answers),
    questionOpen: after.questions.some(({ open }) => open),
    told,
  }
  const judged = judge(step, { ...standing, asker })
  if (!judged.allowed) return { as: 'refused', because: judged.because }
  const acknowledges = judged.first !== undefined
  return {
    as: 'line',
    to: judged.to,
    acknowledges,
    after: settled(before, { ...after, stage: judged.to }, step, acknowledges),
  }
}

function settled(before: Modelled, after: Modelled, step: Step, acknowledges: boolean): Modelled {
  const taken = [...before.taken, ...(acknowledges ? (['notice.acknowledged'] as const) : []), step]
  // What waits for nothing any more leaves no question open.
  const ended = !['sent', 'delivered', 'acknowledged', 'in_review', 'clarification_needed', 'queued'].includes(
    after.stage,
  )
  return {
    ...after,
    taken,
    delivered: after.delivered || acknowledges || step === 'notice.acknowledged',
    questions: ended ? after.questions.map((question) => ({ ...question, open: false })) : after.questions,
  }
}

/** What a line says of the time to challenge, which the model does not compute. */
export function withWindow(
  before: Modelled,
  after: Modelled,
  clocks: readonly { readonly kind: string; readonly dueAt: string; readonly because?: string }[],
): Modelled {
  const opened = clocks.find(({ kind }) => kind === 'challenge')
  const decides = after.stage === 'decided' && before.stage !== 'decided'
  const ends = after.stage !== 'decided' && !(after.stage === before.stage)
  return {
    ...after,
    challengeDueAt: opened?.dueAt ?? after.challengeDueAt,
    reopened: opened ? opened.because === 'correction' : after.reopened && !ends,
    decided: decides ? { answers: after.answers, dueAt: opened?.dueAt ?? '' } : after.decided,
  }
}

/** What `judge` asks of a notice. */
export function standingOf(now: Modelled, at: string): Standing {
  return {
    stage: now.stage,
    taken: now.taken,
    begun: true,
    fourEyes: false,
    pending: true,
    worksLeft: true,
    questionOpen: now.stage === 'clarification_needed',
    checksScheduled: false,
    gotWorse: false,
    windowOver: now.challengeDueAt !== null && at > now.challengeDueAt,
    reopened: now.reopened,
    escalated: now.escalation !== null,
    told: false,
  }
}

type Done = Modelled & { readonly told: boolean }

// What the act changes beside the stage; null where it changes nothing.
function doneBy(now: Modelled, act: RacedAct, at: string): Done | null | 'no-cells' | 'only-worse' {
  const done = (changed: Partial<Modelled>, told = false): Done => ({ ...now, ...changed, told })
  switch (act.does) {
    case 'read':
    case 'mail delivered':
      return now.delivered ? null : done({ delivered: true })
    case 'give reference':
      return now.reference === act.reference ? null : done({ reference: act.reference })
    case 'answer all':
    case 'answer some':
      return changedBy(now, answered(now.answers, act), done)
    case 'declare':
      // Where every work has an answer of its own, nothing is left to declare.
      return done({
        answers: now.answers.map((each) => (isOpen(each) ? replaced(each, 'pending', act.outcome) : each)),
      })
    case 'challenge':
      return challenged(now, at, done)
    case 'ask':
    case 'send back': {
      const key = `${act.does} ${act.key}`
      if (now.questions.some((question) => question.key === key)) return null
      return done({ questions: [...now.questions, { key, open: true }] })
    }
    case 'write':
      return now.messages.includes(`${act.key}`) ? null : done({ messages: [...now.messages, `${act.key}`] })
    case 'answer question':
    case 'close question': {
      if (now.questions[act.number - 1]?.open !== true) return null
      return done({
        questions: now.questions.map((each, index) => (index === act.number - 1 ? { ...each, open: false } : each)),
      })
    }
    case 'withdraw works':
      return changedBy(
        now,
        now.answers.map((measure) => withWork(measure, act.work, 'withdrawn')),
        done,
      )
    case 'escalate': {
      const escalation = act.told ? 'told' : 'untold'
      return now.escalation === escalation ? null : done({ escalation }, act.told)
    }
    case 'end escalation':
      return done({ escalation: null }, now.escalation === 'told')
    default:
      return done({})
  }
}

function changedBy(now: Modelled, answers: Answers, done: (changed: Partial<Modelled>) => Done): Done | null {
  return JSON.stringify(answers) === JSON.stringify(now.answers) ? null : done({ answers })
}

function answered(answers: Answers, act: Extract<RacedAct, { does: 'answer all' | 'answer some' }>): Answers {
  return answers.map((measure, index) => {
    if (racedMeasures[index] !== act.measure) return measure
    if (act.does === 'answer some') return withWork(measure, act.work, act.outcome)
    const keeps = (own: Outcome | null) => own === 'withdrawn' || (own !== null && !act.clear && own !== act.outcome)
    const changes =
      measure.rest !== act.outcome ||
      (act.clear && measure.own.some((own) => own !== null && own !== 'withdrawn' && own !== act.outcome))
    return changes ? { rest: act.outcome, own: measure.own.map((own) => (keeps(own) ? own : null)) } : measure
  })
}

function withWork(measure: Answers[number], work: number, outcome: Outcome): Answers[number] {
  const own = measure.own.map((each, index) => {
    if (index !== work || each === 'withdrawn' || (each ?? measure.rest) === outcome) return each
    return outcome === measure.rest ? null : outcome
  })
  return { ...measure, own }
}

function replaced(measure: Answers[number], from: Outcome, to: Outcome): Answers[number] {
  const rest = measure.rest === from ? to : measure.rest
  const own = measure.own.map((each) => {
    const next = each === from ? to : each
    return next === rest ? null : next
  })
  return { rest, own }
}

function challenged(
  now: Modelled,
  at: string,
  done: (changed: Partial<Modelled>) => Done,
): Done | 'no-cells' | 'only-worse' {
  const { decided } = now
  if (decided === null) throw new Error('A challenge was allowed of what was never decided')
  const onlyWorse = now.taken.includes('decision.challenged') || at > decided.dueAt
  const answers = now.answers.map((measure, index) =>
    onlyWorse ? worseOpened(measure, index, decided.answers) : unagreedOpened(measure),
  )
  return changedBy(now, answers, done) ?? (onlyWorse ? 'only-worse' : 'no-cells')
}

function unagreedOpened({ rest, own }: Answers[number]): Answers[number] {
  const main = isUnagreed(rest) ? 'pending' : rest
  const open = own.map((each) => (each !== null && isUnagreed(each) ? 'pending' : each))
  return { rest: main, own: open.map((each) => (each === main ? null : each)) }
}

function isUnagreed(outcome: Outcome): boolean {
  return ['half', 'no'].includes(outcomeRules[outcome].class)
}

function worseOpened(measure: Answers[number], index: number, decided: Answers): Answers[number] {
  return {
    rest: measure.rest,
    own: measure.own.map((own, work) =>
      isWorse(atDecision(decided, index, work), own ?? measure.rest) ? 'pending' : own,
    ),
  }
}

function atDecision(answers: Answers, index: number, work: number): Outcome {
  const measure = answers[index]
  return measure?.own[work] ?? measure?.rest ?? 'pending'
}

function isOpen({ rest, own }: Answers[number]): boolean {
  return own.some((each) => (each ?? rest) === 'pending')
}

function worksLeft(answers: Answers): boolean {
  return answers[0]?.own.some((each) => each !== 'withdrawn') ?? false
}
