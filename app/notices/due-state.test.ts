import { describe, expect, test } from 'vitest'
import { dueState, shownState, waitingOn, type Dates } from './due-state.ts'
import { stages } from './stages.ts'

const day = (number: number) => new Date(Date.UTC(2026, 10, number))
const notice: Dates = {
  stage: 'sent',
  undeliverableAt: null,
  acknowledgedAt: null,
  acknowledgeDueAt: day(9),
  decideDueAt: day(30),
  veryOverdueAt: new Date(Date.UTC(2026, 11, 28)),
}
const nothing = {
  undeliverable: false,
  unresponsive: false,
  acknowledgeOverdue: false,
  decisionOverdue: false,
  veryOverdue: false,
}

describe('what is overdue', () => {
  test.each<[string, Partial<Dates>, Date, Partial<typeof nothing>]>([
    ['nothing on the due instant itself', {}, day(9), {}],
    ['the acknowledgement a moment later', {}, new Date(day(9).getTime() + 1), { acknowledgeOverdue: true }],
    ['nobody who answers once acknowledged', { unresponsiveAt: day(8) }, day(8), { unresponsive: true }],
    ['not once acknowledged', { stage: 'acknowledged', acknowledgedAt: day(8), unresponsiveAt: day(8) }, day(10), {}],
    [
      'the decision',
      { stage: 'in_review', acknowledgedAt: day(8) },
      new Date(Date.UTC(2026, 11, 1)),
      { decisionOverdue: true },
    ],
    [
      'very',
      { stage: 'in_review', acknowledgedAt: day(8) },
      new Date(Date.UTC(2026, 11, 29)),
      { decisionOverdue: true, veryOverdue: true },
    ],
    [
      'not while the holder must act',
      { stage: 'clarification_needed', acknowledgedAt: day(8), paused: true },
      new Date(Date.UTC(2027, 0, 1)),
      {},
    ],
    ['nothing before it is served', { stage: 'queued', acknowledgeDueAt: null, decideDueAt: null }, day(30), {}],
    ['a contact to be fixed', { undeliverableAt: day(3) }, day(4), { undeliverable: true }],
  ])('%s', (_name, more, at, expected) => {
    expect(dueState({ ...notice, ...more }, at)).toEqual({ ...nothing, ...expected })
  })

  test.each(['decided', 'verifying', 'closed', 'withdrawn', 'superseded'] as const)('nothing at %s', (stage) => {
    expect(dueState({ ...notice, stage, undeliverableAt: day(1) }, new Date(Date.UTC(2028, 0, 1)))).toEqual(nothing)
  })
})

describe('the one state shown', () => {
  const late = new Date(Date.UTC(2027, 5, 1))
  test.each<[Partial<Dates>, Date, object]>([
    [{ undeliverableAt: day(3) }, late, { kind: 'undeliverable' }],
    [{}, late, { kind: 'decision_overdue' }],
    [{}, day(10), { kind: 'acknowledge_overdue' }],
    [{ stage: 'clarification_needed', acknowledgedAt: day(4), paused: true }, late, { kind: 'question' }],
    [{ stage: 'in_review', acknowledgedAt: day(4) }, day(10), { kind: 'stage', stage: 'in_review' }],
    [{ stage: 'closed' }, late, { kind: 'outcome', outcome: 'partial' }],
    [{ stage: 'withdrawn' }, late, { kind: 'stage', stage: 'withdrawn' }],
  ])('%j at %s', (more, at, shown) => {
    expect(shownState({ ...notice, outcome: 'partial', ...more }, at)).toEqual(shown)
  })
})

describe('waiting on', () => {
  test('the holder while a contact is to be fixed, and never for an ended notice', () => {
    expect(waitingOn({ stage: 'sent', undeliverable: false })).toBe('vendor')
    expect(waitingOn({ stage: 'sent', undeliverable: true })).toBe('holder')
    expect(waitingOn({ stage: 'queued', undeliverable: true })).toBe('holder')
    expect(waitingOn({ stage: 'withdrawn', undeliverable: true })).toBe('nobody')
  })

  test('is known for every stage', () => {
    for (const stage of stages)
      expect(['holder', 'vendor', 'nobody']).toContain(waitingOn({ stage, undeliverable: false }))
  })
})
