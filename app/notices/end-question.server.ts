import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import type { Prepared } from './build-steps.server.ts'
import { addFiles, type FileToAdd } from './question-files.server.ts'
import type { QuestionEnd } from './questions.ts'
import { takeSteps, type StepResults } from './take-steps.server.ts'
import type { Taker } from './taker.server.ts'

/** A question of one notice that is to end. */
export interface QuestionToEnd {
  readonly taker: Taker
  readonly noticeId: string
  /** Its number within the notice. */
  readonly number: number
}

/** How a question ended before. */
export interface EndedBefore {
  readonly how: QuestionEnd
  readonly at: Date
  readonly actor: string
  readonly name: string | null
  readonly text: string | null
}

/** The results of the step; or that there is no such question, or how it had ended before. */
export type Ended =
  | ({ readonly ended: true } & StepResults)
  | { readonly ended: false; readonly because: 'unknown' }
  | { readonly ended: false; readonly because: 'before'; readonly before: EndedBefore }

const ends = { 'clarification.answered': 'answered', 'clarification.closed': 'closed' } as const

/** Ends an open question by an answer, or without one. */
export async function endQuestion(
  tx: Transaction,
  step: keyof typeof ends,
  {
    taker,
    noticeId,
    number,
    text,
    files = [],
  }: QuestionToEnd & { readonly text?: string; readonly files?: readonly FileToAdd[] },
): Promise<Ended> {
  const state: { missed: boolean } = { missed: false }
  const results = await takeSteps(tx, {
    step,
    noticeIds: [noticeId],
    taker,
    prepare: async ([ready]): Promise<ReadonlyMap<string, Prepared>> => {
      if (!ready) return new Map()
      const [ended] = await tx.$queryRaw<{ id: string }[]>`
        update question set ended_at = ${now()}, ended_how = ${ends[step]}, ended_sequence = ${ready.sequence}::int
        where notice_id = ${noticeId}::uuid and number = ${number}::int and ended_at is null returning id`
      state.missed = !ended
      if (!ended) return new Map()
      const added = await addFiles(tx, { questionId: ended.id, noticeId, sequence: ready.sequence, files })
      const open = await tx.question.count({ where: { noticeId, endedAt: null } })
      return new Map([
        [
          noticeId,
          {
            payload: { question: number, open, ...(added.length > 0 ? { files: added } : {}) },
            ...(text === undefined ? {} : { facts: { text } }),
            standing: { questionOpen: open > 0 },
          },
        ],
      ])
    },
  })
  const late = results.failed.some(({ because }) => because === 'already-taken' || because === 'not-now')
  if (!state.missed && !late) return { ended: true, ...results }
  const before = await findEnd(tx, noticeId, number)
  if (before !== null) return { ended: false, because: 'before', before }
  return state.missed ? { ended: false, because: 'unknown' } : { ended: true, ...results }
}

async function findEnd(tx: Transaction, noticeId: string, number: number): Promise<EndedBefore | null> {
  const [row] = await tx.$queryRaw<EndedBefore[]>`
    select q.ended_how as how, q.ended_at as at, e.actor, p.facts->>'name' as name, p.facts->>'text' as text
    from question q join notice_event e on e.notice_id = q.notice_id and e.sequence = q.ended_sequence
    left join event_person p on p.notice_id = e.notice_id and p.sequence = e.sequence
    where q.notice_id = ${noticeId}::uuid and q.number = ${number}::int`
  return row ?? null
}
