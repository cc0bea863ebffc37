import { array, assert, boolean, constantFrom, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sha256 } from '#app/ledger/hash.server.ts'
import type { Computation } from './clocks.ts'
import { fits, judge, stepNames, steps, type Asker, type Facts, type Step } from './lifecycle.ts'
import { differences, isLegal, project, rebuild, unborn, type ProjectedEvent, type Projection } from './projection.ts'
import { stages, type Standpoint, type StepRule } from './stages.ts'

const offered = stepNames.filter((step) => steps[step].offered)
// Most histories should go somewhere before they are withdrawn.
const onwards = offered.filter((step) => step !== 'notice.withdrawn' && step !== 'works.withdrawn')
const askerOf = (step: Step): Asker => {
  const { who }: StepRule = steps[step]
  const [actor] = who
  if (actor === 'system') return { party: 'system' }
  return actor === 'vendor' || actor === 'reader'
    ? { party: 'vendor', role: 'owner' }
    : { party: 'holder', role: 'owner', submitter: true }
}
const anyTry = record({
  step: constantFrom(...onwards, ...onwards, ...onwards, ...offered),
  begun: boolean(),
  fourEyes: constantFrom(false, false, false, false, false, true),
  pending: boolean(),
  worksLeft: constantFrom(true, true, true, false),
  questionOpen: boolean(),
  checksScheduled: constantFrom(false, false, true),
  gotWorse: boolean(),
  windowOver: boolean(),
  reopened: boolean(),
  escalated: boolean(),
  told: boolean(),
  unreached: boolean(),
  outcome: constantFrom('all' as const, 'partial' as const, 'none' as const),
})
type Try = Parameters<Parameters<typeof anyTry.map>[0]>[0]

interface History {
  readonly events: readonly ProjectedEvent[]
  /** The stage that the judge gave after each event. */
  readonly judged: readonly Standpoint[]
}

// Plays what is tried against the judge alone; the projection takes no part.
function play(tries: readonly Try[]): History {
  const events: ProjectedEvent[] = []
  const judged: Standpoint[] = []
  let stage: Standpoint = 'draft'
  const write = (type: Step, to: Standpoint, more: object): void => {
    const sequence = events.length + 1
    const at = new Date(Date.UTC(2026, 0, sequence)).toISOString()
    events.push({ sequence, type, at, hash: sha256(`${sequence}`), payload: { stage: to, ...more } })
    judged.push(to)
    stage = to
  }
  for (const { step, unreached, outcome, ...more } of tries) {
    const facts: Facts = { ...more, stage, taken: events.map(({ type }) => type), asker: askerOf(step) }
    const judgement = judge(step, facts)
    if (!judgement.allowed) continue
    if (judgement.first) write(judgement.first, 'acknowledged', {})
    write(step, judgement.to, {
      ...(step === 'message.bounced' ? { unreached } : {}),
      ...(step === 'outcomes.recorded' ? { outcome } : {}),
    })
  }
  return { events, judged }
}

const histories = array(anyTry, { minLength: 1, maxLength: 60, size: 'max' }).map((tries) => play(tries))

describe('a projection', () => {
  test('has the stage that the judge gave, at every point of every legal history', () => {
    const seen = new Set<Standpoint>()
    assert(
      property(histories, ({ events, judged }) => {
        for (const [at, stage] of judged.entries()) {
          const rebuilt = rebuild(events.slice(0, at + 1))
          expect(rebuilt).toMatchObject({
            legal: true,
            projection: { stage, lastSequence: at + 1, lastHash: events[at]?.hash },
          })
          seen.add(stage)
        }
      }),
      { numRuns: 2_000 },
    )
    // The property would prove little if the histories never went anywhere.
    expect(stages.filter((stage) => stage !== 'superseded' && !seen.has(stage))).toEqual([])
  })

  test('has the dates of the events that gave them', () => {
    assert(
      property(histories, ({ events, judged }) => {
        const { projection } = rebuild(events)
        const firstOf = (type: Step) => events.find((event) => event.type === type)?.at ?? null
        const arrival = (stage: Standpoint) =>
          events.find((_, at) => judged[at] === stage && judged[at - 1] !== stage)?.at ?? null
        expect(projection.acknowledgedAt).toBe(firstOf('notice.acknowledged'))
        expect(projection.withdrawnAt).toBe(arrival('withdrawn'))
        expect(projection.closedAt).toBe(arrival('closed'))
        // A challenge opens the decision again: the next one is dated anew.
        const challenged = judged.findLastIndex((stage, at) => stage === 'in_review' && judged[at - 1] === 'decided')
        const decided = events.find(
          (_, at) => at > challenged && judged[at] === 'decided' && judged[at - 1] !== 'decided',
        )
        expect(projection.decidedAt).toBe(decided?.at ?? null)
        expect(projection.outcome).toBe(events.findLast(({ payload }) => payload.outcome)?.payload.outcome ?? 'pending')
        const delivered = [firstOf('message.delivered'), firstOf('notice.acknowledged')]
          .filter((at) => at !== null)
          .toSorted()
        expect(projection.deliveredAt).toBe(delivered[0] ?? null)
      }),
      { numRuns: 2_000 },
    )
  })

  test('is the same whether rebuilt from the start or carried on from any point', () => {
    assert(
      property(histories, ({ events }) => {
        const { projection } = rebuild(events)
        for (let cut = 0; cut <= events.length; cut += 7) {
          const carried = events.slice(cut).reduce(project, rebuild(events.slice(0, cut)).projection)
          expect(differences(carried, projection)).toEqual([])
        }
      }),
    )
  })

  test('an event that the table does not let follow is named', () => {
    assert(
      property(
        histories,
        constantFrom(...stepNames),
        constantFrom<Standpoint>('draft', ...stages),
        ({ events }, type, stage) => {
          const before = rebuild(events).projection
          const sequence = events.length + 1
          const event: ProjectedEvent = {
            sequence,
            type,
            at: '2026-12-01T00:00:00.000Z',
            hash: 'x',
            payload: { stage },
          }
          const legal = isLegal(before, event)
          expect(legal && !fits(type, before.stage)).toBe(false)
          expect(rebuild([...events, event]).legal).toBe(legal)
          expect(rebuild([...events, { ...event, sequence: sequence + 1 }])).toMatchObject({ legal: false, sequence })
        },
      ),
    )
  })
})

const day = (number: number) => new Date(Date.UTC(2026, 10, number)).toISOString()
function after(
  before: Projection,
  type: Step,
  at: number,
  payload: Partial<ProjectedEvent['payload']> = {},
): Projection {
  return project(before, {
    sequence: before.lastSequence + 1,
    type,
    at: day(at),
    hash: 'x',
    payload: { stage: before.stage, ...payload },
  })
}
const clock: Computation = {
  kind: 'acknowledge',
  startedAt: day(2),
  startedOn: '2026-11-02',
  workingDays: 5,
  because: 'acknowledgement',
  country: 'JP',
  timeZone: 'Asia/Tokyo',
  skipped: [],
  pauses: [],
  dueOn: '2026-11-09',
  dueAt: '2026-11-09T14:59:59.000Z',
}

describe('service', () => {
  const served = after({ ...unborn, stage: 'queued' }, 'message.accepted', 2, { stage: 'sent', clocks: [clock] })

  test('is dated by the first acceptance and keeps its due dates', () => {
    expect(served).toMatchObject({
      servedAt: day(2),
      acknowledgeBy: '2026-11-09',
      acknowledgeDueAt: clock.dueAt,
      waitingOn: 'vendor',
    })
    expect(after(served, 'message.accepted', 5)).toMatchObject({ servedAt: day(2) })
  })

  test('of one copy is not undone by the bounce of another', () => {
    expect(after(served, 'message.bounced', 3, { unreached: false })).toMatchObject({
      undeliverableAt: null,
      servedAt: day(2),
    })
  })

  test('begins anew at the new address when no copy arrived', () => {
    const lost = after(served, 'message.bounced', 3, { unreached: true })
    expect(lost).toMatchObject({ undeliverableAt: day(3), waitingOn: 'holder' })
    const readdressed = after(lost, 'message.readdressed', 4)
    expect(readdressed).toMatchObject({
      undeliverableAt: null,
      servedAt: null,
      acknowledgeBy: null,
      acknowledgeDueAt: null,
      waitingOn: 'vendor',
    })
    expect(after(readdressed, 'message.accepted', 5)).toMatchObject({ servedAt: day(5) })
  })

  test('stays as it was when a notice that arrived is forwarded', () => {
    expect(after(served, 'message.readdressed', 4)).toMatchObject({ servedAt: day(2), acknowledgeBy: '2026-11-09' })
  })

  test('of a notice that was answered stays, whatever comes back later', () => {
    const answered = after(served, 'notice.acknowledged', 3, { stage: 'acknowledged' })
    const lost = after(answered, 'message.bounced', 4, { unreached: true })
    expect(lost).toMatchObject({ undeliverableAt: day(4), servedAt: day(2) })
    expect(after(lost, 'message.readdressed', 5)).toMatchObject({ servedAt: day(2), acknowledgeBy: '2026-11-09' })
    expect(after(lost, 'message.accepted', 5)).toMatchObject({ servedAt: day(2), undeliverableAt: null })
  })

  test('an answer proves the delivery', () => {
    const lost = after(served, 'message.bounced', 3, { unreached: true })
    expect(after(lost, 'notice.acknowledged', 4, { stage: 'acknowledged' })).toMatchObject({
      deliveredAt: day(4),
      undeliverableAt: null,
    })
  })
})
