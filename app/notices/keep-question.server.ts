import { foldText } from '#app/catalogues/fold-text.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { remindersFor } from './question-reminders.server.ts'
import { mostAskedWorks, type AskedKind, type AskedWorks, type SendBackReason } from './questions.ts'
import type { Ready } from './take-steps.server.ts'
import type { Taker } from './taker.server.ts'

/** A question to ask about one notice. */
export interface QuestionToAsk {
  readonly taker: Taker
  readonly noticeId: string
  /** Drawn before it is asked: the same question sent twice is asked once. */
  readonly questionId: string
  /** Kept beside the chain. */
  readonly text: string
}

/** What is wrong with the works of a question. */
export type WorksFault = { readonly accepted: false; readonly because: 'no-works' | 'too-many-works' }

/** Ends the keeping of a question that is about no works, or about too many. */
export class WorksError extends Error {
  override name = 'WorksError'
  readonly because: WorksFault['because']
  constructor(because: WorksFault['because']) {
    super(because)
    this.because = because
  }
}

/** A question before it is kept. */
export interface QuestionToKeep {
  readonly id: string
  readonly text: string
  readonly kind: AskedKind | 'incomplete'
  readonly reasons: readonly SendBackReason[]
  readonly works: AskedWorks
}

/**
 * Keeps a question and the works it is about, and says what its line and its mails need.
 *
 * @returns null when the very question was asked before; a page that was gone back to and changed asks another
 * @throws WorksError when its works are none, or too many to list
 */
export async function keepQuestion(tx: Transaction, { notice, sequence }: Ready, toKeep: QuestionToKeep) {
  const { kind, reasons, works } = toKeep
  const at = now()
  const before = await findWords(tx, toKeep.id)
  if (before !== null && before.text === toKeep.text) return null
  const id = before === null ? toKeep.id : newId()
  const all = works.kind === 'all'
  const [kept] = await tx.$queryRaw<{ number: number }[]>`
    insert into question (id, notice_id, number, kind, reasons, works_kind, works_count, asked_sequence, asked_at)
    select ${id}::uuid, ${notice.id}::uuid, coalesce(max(q.number), 0) + 1, ${kind}, ${[...reasons]}::text[],
      ${all ? 'all' : 'listed'}, ${all ? notice.worksCount : 0}::int, ${sequence}::int, ${at}::timestamptz
    from question q where q.notice_id = ${notice.id}::uuid
    returning number`
  if (!kept) throw new Error(`A question about notice ${notice.id} was not kept`)
  const listed = all ? { works: notice.worksCount } : await listWorks(tx, id, works)
  return {
    payload: { question: kept.number, kind, ...listed },
    later: await remindersFor(tx, { noticeId: notice.id, at }),
  }
}

async function findWords(tx: Transaction, questionId: string): Promise<{ text: string | null } | null> {
  const [row] = await tx.$queryRaw<{ text: string | null }[]>`
    select p.facts->>'text' as text from question q
    left join event_person p on p.notice_id = q.notice_id and p.sequence = q.asked_sequence
    where q.id = ${questionId}::uuid`
  return row ?? null
}

async function listWorks(tx: Transaction, id: string, works: Exclude<AskedWorks, { kind: 'all' }>) {
  const chosen = works.kind === 'chosen' ? [...works.workIds] : null
  const fragment = works.kind === 'found' ? foldText(works.text) : null
  const [listed] = await tx.$queryRaw<{ works: number; digest: string | null }[]>`
    select works, digest from list_question_works(${id}::uuid, ${chosen}::uuid[], ${fragment}::text, ${mostAskedWorks}::int)`
  const found = listed?.works ?? 0
  if (found === 0) throw new WorksError('no-works')
  if (found > mostAskedWorks) throw new WorksError('too-many-works')
  return { works: found, digest: listed?.digest ?? '' }
}
