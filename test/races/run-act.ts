import { acceptDecision } from '#app/notices/accept-decision.server.ts'
import { acknowledgeNotice } from '#app/notices/acknowledge-notice.server.ts'
import { answerQuestion } from '#app/notices/answer-question.server.ts'
import { askQuestion } from '#app/notices/ask-question.server.ts'
import { challengeDecision } from '#app/notices/challenge-decision.server.ts'
import { closeQuestion } from '#app/notices/close-question.server.ts'
import { declareDecision } from '#app/notices/declare-decision.server.ts'
import { endEscalation, escalateNotice } from '#app/notices/escalate-notice.server.ts'
import { giveReference } from '#app/notices/give-reference.server.ts'
import type { Refusal } from '#app/notices/lifecycle.ts'
import { recordAccepted, recordBounced, recordDelivered, recordReading } from '#app/notices/record-delivery.server.ts'
import { recordOutcomes } from '#app/notices/record-outcomes.server.ts'
import { sendBack } from '#app/notices/send-back.server.ts'
import { startReview } from '#app/notices/start-review.server.ts'
import { takeSteps, type StepResults } from '#app/notices/take-steps.server.ts'
import { asBearer, asMember, asSystem, type ActingMember, type Taker } from '#app/notices/taker.server.ts'
import { withdrawNotice } from '#app/notices/withdraw-notice.server.ts'
import { withdrawWorks } from '#app/notices/withdraw-works.server.ts'
import { writeMessage } from '#app/notices/write-message.server.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { linkToken, type Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { racedMeasures, type RacedAct, type Racer } from './acts.ts'

/** A notice of a race, and the ids that its forms carry, by key. */
export interface RacedNotice {
  readonly id: string
  readonly reference: string
  readonly linkId: string
  readonly workIds: readonly string[]
  readonly keys: ReadonlyMap<string, string>
}

/** What somebody was told of an act: a line of this number, nothing to be done, or why not. */
export type Told =
  | { readonly as: 'line'; readonly sequence: number }
  /** Done, and the answer does not say whether by a line of its own. */
  | { readonly as: 'done' }
  | { readonly as: 'nothing' }
  | { readonly as: 'refused'; readonly because: Refusal | 'unknown' | 'no-cells' | 'only-worse' }

const nothing: Told = { as: 'nothing' }

/** The members who race, by the names of `racers`. */
export type Racing = Readonly<Record<Exclude<Racer, 'bearer' | 'confirmed bearer' | 'portal'>, Member>>

/** Does an act through the door that its racer would use, and tells what its answer says. */
export async function runAct(
  racing: Racing,
  { racer, act, notice }: { racer: Racer; act: RacedAct; notice: RacedNotice },
): Promise<Told> {
  if (racer === 'portal') return asSystem((tx) => deliver(tx, notice, act))
  if (racer === 'bearer' || racer === 'confirmed bearer') {
    const bearer = { name: 'Kim', confirmed: racer === 'confirmed bearer' }
    const result = await asBearer(linkToken(notice.linkId), bearer, (tx, taker) => perform(tx, { taker, act, notice }))
    if (!result.open) throw new Error(`The link is ${result.because}`)
    return result.value
  }
  const member = racing[racer]
  if (act.does === 'write') return write(member, notice, act)
  return asMember(member satisfies ActingMember, (tx, taker) => perform(tx, { taker, act, notice }))
}

async function write(member: Member, notice: RacedNotice, act: { readonly key: number }): Promise<Told> {
  const message = { key: keyOf(notice, `write ${act.key}`), text: `Message ${act.key}` }
  const result = await writeMessage({ member, reference: notice.reference, message })
  if (result === null) return { as: 'refused', because: 'not-yours' }
  return result.done ? { as: 'done' } : { as: 'refused', because: result.untaken.because }
}

async function deliver(tx: Transaction, { id: noticeId }: RacedNotice, act: RacedAct): Promise<Told> {
  const mails = [{ id: newId(), noticeId, toAddress: 'rights@vendor.test', at: now(), response: '250 OK' }]
  if (act.does === 'mail accepted') await recordAccepted(tx, mails)
  else if (act.does === 'mail delivered') await recordDelivered(tx, mails)
  else await recordBounced(tx, mails)
  return { as: 'done' }
}

type Performing = { readonly taker: Taker; readonly act: RacedAct; readonly notice: RacedNotice }

async function perform(tx: Transaction, { taker, act, notice }: Performing): Promise<Told> {
  const one = { taker, noticeId: notice.id }
  const many = { taker, noticeIds: [notice.id] }
  switch (act.does) {
    case 'acknowledge':
      return toldBy(await acknowledgeNotice(tx, many))
    case 'start review':
      return toldBy(await startReview(tx, many))
    case 'read':
      return toldBy(await recordReading(tx, many))
    case 'give reference':
      return toldBy(await giveReference(tx, { ...many, reference: act.reference }))
    case 'answer all':
    case 'answer some':
      return record(tx, { taker, act, notice })
    case 'declare': {
      const declared = await declareDecision(tx, { ...many, rest: restOf(act.outcome) })
      if (!declared.accepted) throw new Error('An answer for every measure is missing one')
      return toldBy(declared)
    }
    case 'ask': {
      const question = { ...one, questionId: keyOf(notice, `ask ${act.key}`), text: `Question ${act.key}` }
      const asked = await askQuestion(tx, { ...question, kind: 'other', works: { kind: 'all' } })
      if (!asked.accepted) throw new Error(`A question about all works is about ${asked.because}`)
      return toldBy(asked)
    }
    case 'send back': {
      const question = { ...one, questionId: keyOf(notice, `send back ${act.key}`), text: `Missing ${act.key}` }
      return toldBy(await sendBack(tx, { ...question, reasons: ['rights'] }))
    }
    case 'close question':
      return ended(await closeQuestion(tx, { ...one, number: act.number }))
    default:
      return performForHolder(tx, { taker, act, notice })
  }
}

async function performForHolder(tx: Transaction, { taker, act, notice }: Performing): Promise<Told> {
  const one = { taker, noticeId: notice.id }
  const many = { taker, noticeIds: [notice.id] }
  switch (act.does) {
    case 'accept decision':
      return toldBy(await acceptDecision(tx, many))
    case 'withdraw':
      return toldBy(await withdrawNotice(tx, { ...many, reason: 'No longer' }))
    case 'withdraw works': {
      const works = { kind: 'chosen' as const, workIds: [workOf(notice, act.work)] }
      return toldBy(await withdrawWorks(tx, { ...many, works, reason: 'No longer' }))
    }
    case 'challenge': {
      const cells = { kind: 'unagreed' as const, measures: racedMeasures }
      const challenged = await challengeDecision(tx, { ...one, cells, reason: 'Look again' })
      return challenged.accepted ? toldBy(challenged) : { as: 'refused', because: challenged.because }
    }
    case 'answer question':
      return ended(await answerQuestion(tx, { ...one, number: act.number, text: 'Here it is' }))
    case 'escalate': {
      const escalation = {
        kind: 'litigation' as const,
        where: 'A court',
        reference: '',
        since: '2026-11-01',
        told: act.told,
      }
      return toldBy(await escalateNotice(tx, { ...one, escalation }))
    }
    case 'end escalation':
      return toldBy(await endEscalation(tx, one))
    case 'write':
      // The bearer of a link has no door for it: the table must refuse.
      return toldBy(await takeSteps(tx, { ...many, step: 'message.written' }))
    default:
      throw new Error(`Nobody does ${act.does} this way`)
  }
}

async function record(tx: Transaction, { taker, act, notice }: Performing): Promise<Told> {
  if (act.does !== 'answer all' && act.does !== 'answer some') throw new Error(`${act.does} records no answer`)
  const works =
    act.does === 'answer all'
      ? { kind: 'all' as const, clear: act.clear }
      : { kind: 'chosen' as const, workIds: [workOf(notice, act.work)] }
  const settings = [{ measures: [act.measure], works, answer: answerOf(act.outcome) }]
  const recorded = await recordOutcomes(tx, { taker, noticeIds: [notice.id], settings })
  if (!recorded.accepted) throw new Error('An answer has faults')
  return toldBy(recorded)
}

function answerOf(outcome: 'accepted_removed' | 'not_used' | 'refused') {
  return outcome === 'refused' ? ({ outcome, code: 'other', text: 'We do not' } as const) : { outcome }
}

function restOf(outcome: 'accepted_removed' | 'not_used' | 'refused') {
  return Object.fromEntries(racedMeasures.map((measure) => [measure, answerOf(outcome)]))
}

function toldBy({ succeeded: [taken], failed: [untaken] }: StepResults): Told {
  if (untaken) return { as: 'refused', because: untaken.because }
  if (!taken) throw new Error('Nobody said what came of an act')
  return taken.sequence === null ? nothing : { as: 'line', sequence: taken.sequence }
}

function ended(result: ({ readonly ended: true } & StepResults) | { readonly ended: false }): Told {
  return result.ended ? toldBy(result) : nothing
}

function workOf({ workIds, reference }: RacedNotice, work: number): string {
  const id = workIds[work]
  if (id === undefined) throw new Error(`${reference} has no work ${work}`)
  return id
}

function keyOf({ keys, reference }: RacedNotice, name: string): string {
  const key = keys.get(name)
  if (key === undefined) throw new Error(`${reference} has no key ${name}`)
  return key
}
