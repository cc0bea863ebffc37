import type { Member } from '#app/accounts/viewer.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import type { Look } from './answering.ts'
import type { Setting } from './answers.ts'
import { countChangedAnswers } from './count-changed-answers.server.ts'
import { dryRun } from './dry-run.server.ts'
import type { NoticeFacts } from './find-notice.server.ts'
import { findWorkIds, findWorksToAnswer, type WorksFound } from './find-works-to-answer.server.ts'
import type { Measure } from './measures.ts'
import type { Outcome, RefusalCode, Tally } from './outcomes.ts'
import { recordOutcomes, type Recorded } from './record-outcomes.server.ts'
import type { Standpoint } from './stages.ts'
import { countAnswers } from './tally-answers.server.ts'
import { asMember } from './taker.server.ts'

/** How a notice would stand after some answers, and the works as they would then be answered. */
export interface AnswersPreview {
  /** Null while nothing is set. */
  readonly recorded: Recorded | null
  /** How many answers change, each counted once. */
  readonly changed: number
  readonly stage: Standpoint
  readonly tally: Tally
  readonly measures: readonly DefaultAnswer[]
  readonly works: WorksFound
}

/** The answer that holds for every work without one of its own. */
export interface DefaultAnswer {
  readonly measure: Measure
  readonly outcome: Outcome
  readonly code: RefusalCode | null
  readonly text: string | null
  readonly effectiveOn: string | null
}

type Asked = {
  notice: Pick<NoticeFacts, 'id' | 'scope'> & { readonly stage: Standpoint }
  settings: readonly Setting[]
  look: Look
}

/**
 * What recording these answers would do. The answers are recorded by the very act that records them, looked at, and
 * undone with their transaction: a preview cannot differ from what follows it, and nothing of it remains.
 */
export function previewAnswers(member: Member, asked: Asked): Promise<AnswersPreview> {
  return afterAnswers(member, asked, (tx, recorded) => lookAt(tx, { ...asked, recorded }))
}

/** The works that a filter finds once these answers were recorded, at most `most`; null when there are more. */
export async function nameWorks(member: Member, asked: Asked & { most: number }): Promise<readonly string[] | null> {
  const { notice, look, most } = asked
  const found = await afterAnswers(member, asked, (tx) =>
    findWorkIds(tx, { noticeId: notice.id, scope: notice.scope, look }, most),
  )
  return found.more ? null : found.workIds
}

function afterAnswers<T>(
  member: Member,
  { notice, settings }: Asked,
  look: (tx: Transaction, recorded: Recorded | null) => Promise<T>,
): Promise<T> {
  if (settings.length === 0) return asMember(member, (tx) => look(tx, null))
  return dryRun(member, async (tx, taker) =>
    look(tx, await recordOutcomes(tx, { taker, noticeIds: [notice.id], settings })),
  )
}

async function lookAt(
  tx: Transaction,
  { notice, look, recorded }: Omit<Asked, 'settings'> & { recorded: Recorded | null },
): Promise<AnswersPreview> {
  const { id: noticeId, scope } = notice
  const counts = await countAnswers(tx, [noticeId])
  const measures = await tx.$queryRaw<DefaultAnswer[]>`
    select measure, default_outcome as outcome, default_code as code, default_text as text, effective_on::text as "effectiveOn"
    from notice_measure where notice_id = ${noticeId}::uuid order by position`
  const taken = recorded?.accepted === true ? recorded.succeeded[0] : undefined
  const sequence = taken?.sequence ?? null
  return {
    recorded,
    changed: sequence === null ? 0 : await countChangedAnswers(tx, { noticeId, sequence }),
    stage: taken?.stage ?? notice.stage,
    tally: counts.get(noticeId)?.tally ?? {},
    measures,
    works: await findWorksToAnswer(tx, { noticeId, scope, look }),
  }
}
