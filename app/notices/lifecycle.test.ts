import { array, assert, boolean, constantFrom, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  fits,
  judge,
  mailsOf,
  stepNames,
  steps,
  stepsOpenTo,
  targetsOf,
  type Asker,
  type Facts,
  type Standing,
  type Step,
} from './lifecycle.ts'
import { stages, type Standpoint, type StepRule } from './stages.ts'

const editor: Asker = { party: 'holder', role: 'editor', submitter: true }
const approver = { party: 'holder', role: 'approver', submitter: false } as const satisfies Asker
const vendor: Asker = { party: 'vendor', role: 'editor' }
const bearer: Asker = { party: 'link', confirmed: false }
const system: Asker = { party: 'system' }
const standing: Standing = {
  stage: 'sent',
  taken: [],
  begun: true,
  fourEyes: false,
  pending: true,
  worksLeft: true,
  questionOpen: false,
  checksScheduled: false,
  gotWorse: false,
  windowOver: false,
  reopened: false,
  escalated: false,
  told: false,
}

const askers: readonly Asker[] = [
  ...(['owner', 'editor', 'approver', 'viewer'] as const).flatMap((role): Asker[] => [
    { party: 'holder', role, submitter: false },
    { party: 'holder', role, submitter: true },
    { party: 'vendor', role },
  ]),
  bearer,
  { party: 'link', confirmed: true },
  system,
]
const standpoints: readonly Standpoint[] = ['draft', ...stages]
const anyFacts = record<Facts>({
  stage: constantFrom(...standpoints),
  taken: array(constantFrom(...stepNames), { maxLength: 5 }),
  begun: boolean(),
  fourEyes: boolean(),
  pending: boolean(),
  worksLeft: boolean(),
  questionOpen: boolean(),
  checksScheduled: boolean(),
  gotWorse: boolean(),
  windowOver: boolean(),
  reopened: boolean(),
  escalated: boolean(),
  told: boolean(),
  asker: constantFrom(...askers),
})

describe('the straight way', () => {
  test.each<[Step, Standpoint, Asker, Standpoint, Partial<Standing>?]>([
    ['notice.submitted', 'draft', editor, 'queued', { begun: false }],
    ['notice.recalled', 'queued', editor, 'draft', { begun: false }],
    ['notice.approved', 'awaiting_approval', approver, 'queued', { begun: false }],
    ['notice.approved', 'awaiting_approval', { ...approver, role: 'owner' }, 'queued', { begun: false }],
    ['notice.returned', 'awaiting_approval', approver, 'draft', { begun: false }],
    ['notice.returned', 'awaiting_approval', editor, 'draft', { begun: false }],
    ['notice.withdrawn', 'awaiting_approval', editor, 'withdrawn', { begun: false }],
    ['message.accepted', 'queued', system, 'sent'],
    ['message.accepted', 'acknowledged', system, 'acknowledged'],
    ['message.delivered', 'sent', system, 'delivered'],
    ['message.delivered', 'sent', { party: 'vendor', role: 'viewer' }, 'delivered'],
    ['message.delivered', 'in_review', bearer, 'in_review'],
    ['message.bounced', 'queued', system, 'queued'],
    ['message.readdressed', 'sent', bearer, 'sent'],
    ['notice.acknowledged', 'queued', bearer, 'acknowledged'],
    ['notice.acknowledged', 'sent', vendor, 'acknowledged'],
    ['notice.acknowledged', 'delivered', bearer, 'acknowledged'],
    ['reference.given', 'acknowledged', bearer, 'acknowledged'],
    ['reference.given', 'closed', vendor, 'closed'],
    ['review.started', 'acknowledged', vendor, 'in_review'],
    ['outcomes.recorded', 'in_review', vendor, 'in_review'],
    ['outcomes.recorded', 'acknowledged', vendor, 'decided', { pending: false }],
    ['outcomes.recorded', 'clarification_needed', vendor, 'clarification_needed', { questionOpen: true }],
    ['outcomes.recorded', 'clarification_needed', vendor, 'decided', { questionOpen: true, pending: false }],
    ['outcomes.recorded', 'closed', vendor, 'closed'],
    ['clarification.requested', 'sent', bearer, 'clarification_needed'],
    ['clarification.requested', 'acknowledged', vendor, 'clarification_needed'],
    ['clarification.requested', 'clarification_needed', vendor, 'clarification_needed'],
    ['clarification.answered', 'clarification_needed', editor, 'in_review'],
    ['clarification.answered', 'clarification_needed', editor, 'clarification_needed', { questionOpen: true }],
    ['clarification.closed', 'clarification_needed', bearer, 'in_review'],
    ['notice.sent_back', 'delivered', bearer, 'clarification_needed'],
    ['decision.declared', 'in_review', vendor, 'decided'],
    ['decision.challenged', 'decided', editor, 'in_review'],
    ['decision.challenged', 'decided', editor, 'in_review', { taken: ['decision.challenged'], reopened: true }],
    ['notice.superseded', 'sent', editor, 'superseded'],
    ['notice.superseded', 'decided', system, 'superseded'],
    ['notice.escalated', 'closed', editor, 'closed'],
    ['escalation.ended', 'sent', editor, 'sent', { escalated: true }],
    ['decision.accepted', 'decided', editor, 'closed'],
    ['decision.accepted', 'decided', editor, 'verifying', { checksScheduled: true }],
    ['decision.lapsed', 'decided', system, 'closed', { windowOver: true }],
    ['works.withdrawn', 'in_review', editor, 'in_review'],
    ['works.withdrawn', 'in_review', editor, 'decided', { pending: false }],
    ['works.withdrawn', 'decided', editor, 'decided', { pending: false }],
    ['works.withdrawn', 'delivered', editor, 'withdrawn', { worksLeft: false }],
    ['notice.withdrawn', 'queued', editor, 'withdrawn', { begun: false }],
    ['notice.withdrawn', 'decided', editor, 'withdrawn'],
  ])('%s at %s', (step, stage, asker, to, more = {}) => {
    expect(judge(step, { ...standing, ...more, stage, asker })).toMatchObject({ allowed: true, to })
  })

  test('four eyes: a submission waits for an approver', () => {
    const facts = { ...standing, stage: 'draft', begun: false, fourEyes: true, asker: editor } as const
    expect(judge('notice.submitted', facts)).toMatchObject({ allowed: true, to: 'awaiting_approval' })
    expect(mailsOf('notice.submitted', facts, 'awaiting_approval')).toEqual([
      { kind: 'approval-needed', audience: 'approvers', once: 'filing' },
    ])
  })
})

describe('refusals', () => {
  test.each<[Step, Asker, Partial<Standing>, string]>([
    ['notice.recalled', editor, { stage: 'queued' }, 'already-begun'],
    ['notice.approved', { ...approver, submitter: true }, { stage: 'awaiting_approval' }, 'own-submission'],
    ['notice.approved', { ...approver, role: 'editor' }, { stage: 'awaiting_approval' }, 'role-too-low'],
    ['notice.approved', approver, { stage: 'queued', taken: ['notice.approved'] }, 'already-taken'],
    ['notice.returned', { ...approver, role: 'editor' }, { stage: 'awaiting_approval' }, 'role-too-low'],
    ['notice.acknowledged', vendor, { stage: 'queued', begun: false }, 'not-begun'],
    ['notice.acknowledged', vendor, { stage: 'in_review', taken: ['notice.acknowledged'] }, 'already-taken'],
    ['notice.acknowledged', vendor, { stage: 'withdrawn' }, 'not-now'],
    ['notice.acknowledged', editor, {}, 'not-yours'],
    ['notice.acknowledged', system, {}, 'not-yours'],
    ['notice.acknowledged', { party: 'vendor', role: 'viewer' }, {}, 'role-too-low'],
    ['notice.acknowledged', { party: 'vendor', role: 'approver' }, {}, 'role-too-low'],
    ['notice.withdrawn', { party: 'holder', role: 'approver', submitter: true }, {}, 'role-too-low'],
    ['notice.withdrawn', editor, { stage: 'closed' }, 'not-now'],
    ['review.started', vendor, { stage: 'sent' }, 'not-now'],
    ['reference.given', vendor, { stage: 'delivered' }, 'not-now'],
    ['outcomes.recorded', bearer, { stage: 'in_review' }, 'code-needed'],
    ['outcomes.recorded', vendor, { stage: 'queued', begun: false }, 'not-now'],
    ['decision.declared', vendor, { stage: 'decided', taken: ['decision.declared'] }, 'already-taken'],
    ['decision.lapsed', system, { stage: 'decided' }, 'window-open'],
    ['decision.accepted', vendor, { stage: 'decided' }, 'not-yours'],
    ['message.delivered', system, { stage: 'queued' }, 'not-now'],
    ['decision.challenged', editor, { stage: 'decided', windowOver: true }, 'window-over'],
    ['decision.challenged', editor, { stage: 'decided', taken: ['decision.challenged'] }, 'already-taken'],
    ['decision.challenged', editor, { stage: 'closed' }, 'not-now'],
    ['decision.challenged', vendor, { stage: 'decided' }, 'not-yours'],
    ['notice.superseded', editor, { stage: 'closed' }, 'not-now'],
    ['notice.superseded', editor, { stage: 'queued' }, 'not-now'],
    ['notice.superseded', vendor, { stage: 'sent' }, 'not-yours'],
    ['notice.escalated', editor, { stage: 'queued' }, 'not-now'],
    ['notice.escalated', vendor, { stage: 'sent' }, 'not-yours'],
    ['escalation.ended', editor, { stage: 'closed' }, 'not-escalated'],
    ['clarification.requested', editor, { stage: 'sent' }, 'not-yours'],
    ['clarification.requested', vendor, { stage: 'decided' }, 'not-now'],
    ['clarification.requested', vendor, { stage: 'queued', begun: false }, 'not-now'],
    ['clarification.answered', vendor, { stage: 'clarification_needed' }, 'not-yours'],
    ['clarification.answered', editor, { stage: 'in_review' }, 'not-now'],
    ['clarification.closed', editor, { stage: 'clarification_needed' }, 'not-yours'],
    ['notice.sent_back', vendor, { stage: 'in_review' }, 'not-now'],
    ['notice.sent_back', vendor, { taken: ['notice.sent_back'] }, 'already-taken'],
    ['licence.offered', vendor, { stage: 'in_review' }, 'not-offered'],
  ])('%s: %j %j', (step, asker, more, because) => {
    const facts = { ...standing, ...more, asker }
    expect(judge(step, facts)).toEqual({ allowed: false, because, step, stage: facts.stage })
  })

  test.each(['withdrawn', 'superseded'] as const)(
    'a %s notice takes no further step, and still hears its mail',
    (stage) => {
      for (const asker of askers)
        expect(stepsOpenTo(asker, { ...standing, stage })).toEqual(asker.party === 'system' ? ['message.received'] : [])
    },
  )
})

describe('an answer before an acknowledgement', () => {
  test.each(['outcomes.recorded', 'decision.declared'] as const)('%s acknowledges first', (step) => {
    for (const stage of ['queued', 'sent', 'delivered'] as const)
      expect(judge(step, { ...standing, stage, asker: vendor })).toMatchObject({ first: 'notice.acknowledged' })
    expect(judge(step, { ...standing, stage: 'acknowledged', asker: vendor })).not.toHaveProperty('first')
  })

  test('a mere reference or review does not', () => {
    assert(
      property(anyFacts, constantFrom<Step>('reference.given', 'review.started', 'works.withdrawn'), (facts, step) => {
        expect(judge(step, facts)).not.toHaveProperty('first')
      }),
    )
  })
})

function mailKinds(asker: Asker): readonly string[] {
  return mailsOf('message.readdressed', { ...standing, asker }, 'sent').map(({ kind }) => kind)
}

describe('mails', () => {
  test('served, later acceptances and later deliveries are told once', () => {
    const facts = { ...standing, stage: 'queued', asker: system } as const
    expect(mailsOf('message.accepted', facts, 'sent')).toEqual([{ kind: 'notice-sent', audience: 'filer' }])
    expect(mailsOf('message.accepted', { ...facts, stage: 'in_review' }, 'in_review')).toEqual([])
    expect(mailsOf('message.delivered', { ...facts, stage: 'decided' }, 'decided')).toEqual([])
  })

  test('a vendor that never got the notice hears nothing of its withdrawal', () => {
    const facts = { ...standing, stage: 'queued', begun: false, asker: editor } as const
    expect(mailsOf('notice.withdrawn', facts, 'withdrawn')).toEqual([])
    expect(mailsOf('notice.withdrawn', { ...facts, begun: true }, 'withdrawn')).toHaveLength(1)
  })

  test('the holder hears of a forward by the vendor, not of its own', () => {
    expect(mailKinds(bearer)).toEqual(['notice-served', 'notice-forwarded'])
    expect(mailKinds(editor)).toEqual(['notice-served'])
  })
})

describe('the table', () => {
  const rows = stepNames.map((name): [Step, StepRule] => [name, steps[name]])

  test('every row has a branch for each stage it starts from, whatever the facts are', () => {
    assert(
      property(anyFacts, constantFrom(...stepNames), (facts, step) => {
        const judgement = judge(step, facts)
        if (!judgement.allowed) return
        expect(fits(step, facts.stage) || judgement.first === 'notice.acknowledged').toBe(true)
        expect(targetsOf(step, judgement.first ? 'acknowledged' : facts.stage)).toContain(judgement.to)
      }),
      { numRuns: 5000 },
    )
  })

  test.each(rows)('%s ends in a branch without a condition', (_name, rule) => {
    expect(rule.to.at(-1)).not.toHaveProperty('when')
    expect(rule.to.at(-1)).not.toHaveProperty('from')
  })

  test('nobody is offered a step of a later feature', () => {
    for (const [name] of rows.filter(([, { offered }]) => !offered)) {
      for (const stage of standpoints)
        for (const asker of askers) expect(stepsOpenTo(asker, { ...standing, stage })).not.toContain(name)
    }
  })

  test('every stage of the present features can be reached from a draft', () => {
    const reached = new Set<Standpoint>(['draft'])
    for (let before = -1; before !== reached.size;) {
      before = reached.size
      for (const [, rule] of rows.filter(([, { offered }]) => offered))
        for (const stage of rule.from.filter((from) => reached.has(from)))
          for (const { from, to } of rule.to) if (to !== 'same' && (from ?? [stage]).includes(stage)) reached.add(to)
    }
    expect(standpoints.filter((stage) => !reached.has(stage))).toEqual([])
  })
})
