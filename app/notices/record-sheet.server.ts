import { z } from 'zod'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { betterThan } from './answers.ts'
import { mostRowsAtOnce } from './check-sheet.server.ts'
import type { Prepared } from './build-steps.server.ts'
import type { Untaken } from './explain-refusals.server.ts'
import { findSheet, type AnswerSheet } from './find-sheet.server.ts'
import { measures } from './measures.ts'
import { outcomes, refusalCodes } from './outcomes.ts'
import { queueSheetJob } from './queue-sheet-job.server.ts'
import { prepareAnswers, type AnswersChanged } from './record-outcomes.server.ts'
import { keepSheetResult } from './sheet-results.server.ts'
import { asSender, type SheetSender } from './sheet-sender.server.ts'
import { takeSteps, type Ready } from './take-steps.server.ts'

/** What came of recording a file of answers. */
export type SheetRecorded =
  /** The good rows are recorded, now or before; `cells` answers changed. */
  | { readonly came: 'recorded'; readonly cells: number }
  /** It is long, and recorded while somebody does something else. */
  | { readonly came: 'queued' }
  /** Answers changed since the file was read: it was judged anew and is to be looked at again. */
  | { readonly came: 'moved' }
  | { readonly came: 'refused'; readonly refusal: Untaken }
  | { readonly came: 'not-now' }

type ToRecord = { readonly sender: SheetSender; readonly sheetId: string }

/**
 * Asks that the good rows of a file are recorded: at once, or by the worker where there are many.
 *
 * @param given.overwrite also rows whose answer is newer than the file
 */
export async function askToRecord(given: ToRecord & { overwrite: boolean }): Promise<SheetRecorded> {
  const { sender, sheetId, overwrite } = given
  const asked = await asSender(sender, async (tx): Promise<SheetRecorded | 'at-once'> => {
    const sheet = await lockSheet(tx, sheetId)
    if (sheet?.status === 'recorded') return { came: 'recorded', cells: sheet.cells ?? 0 }
    if (sheet?.status === 'recording') return { came: 'queued' }
    if (sheet?.status !== 'read' || sheet.rows === null) return { came: 'not-now' }
    const isLong = sheet.rows.changed + sheet.rows.newer > mostRowsAtOnce
    await tx.answerSheet.updateMany({
      where: { id: sheetId },
      data: { overwrite, failure: null, ...(isLong ? { status: 'recording' } : {}) },
    })
    if (!isLong) return 'at-once'
    await queueSheetJob(tx, { kind: 'record-answers', sheetId, sender })
    return { came: 'queued' }
  })
  return asked === 'at-once' ? recordSheet({ sender, sheetId }) : asked
}

/**
 * Records the good rows of a file in one transaction with its one line of the ledger, its mails and the file of results;
 * rows that cannot be recorded do not hold up the others. Run twice it records once; killed halfway nothing is recorded.
 */
export function recordSheet({ sender, sheetId }: ToRecord): Promise<SheetRecorded> {
  return asSender(sender, async (tx, taker): Promise<SheetRecorded> => {
    const sheet = await lockSheet(tx, sheetId)
    if (sheet?.status === 'recorded') return { came: 'recorded', cells: sheet.cells ?? 0 }
    if (sheet === null || (sheet.status !== 'read' && sheet.status !== 'recording')) return { came: 'not-now' }
    const done: { moved: boolean; cells: number } = { moved: false, cells: 0 }
    const { succeeded, failed } = await takeSteps(tx, {
      step: 'outcomes.recorded',
      noticeIds: [sheet.noticeId],
      taker,
      prepare: async ([ready]) => {
        if (ready === undefined) return new Map()
        done.moved = await judgeAnew(tx, sheet)
        if (done.moved) return new Map()
        const changes = await changeBySheet(tx, sheet, ready)
        done.cells = changes.reduce((sum, { cells }) => sum + cells, 0)
        return withFile(await prepareAnswers(tx, changes), sheet, await textsOf(tx, sheet))
      },
    })
    const [refusal] = failed
    if (refusal !== undefined) return { came: 'refused', refusal }
    if (done.moved) return { came: 'moved' }
    await finish(tx, sheet, { cells: done.cells, sequence: succeeded[0]?.sequence ?? null })
    return { came: 'recorded', cells: done.cells }
  })
}

async function lockSheet(tx: Transaction, sheetId: string): Promise<AnswerSheet | null> {
  await tx.$queryRaw`select id from answer_sheet where id = ${sheetId}::uuid for update`
  return findSheet(tx, { sheetId })
}

// What was confirmed is what is recorded: answers that changed since are shown first.
async function judgeAnew(tx: Transaction, sheet: AnswerSheet): Promise<boolean> {
  const [last] = await tx.$queryRaw<{ sequence: number }[]>`select answered_at(${sheet.noticeId}::uuid) as sequence`
  if (last?.sequence === sheet.judgedAtSequence) return false
  // What was judged already is as new as that: only what came after it is asked about again.
  await tx.$executeRaw`update answer_sheet set based_on = coalesce(based_on, judged_at_sequence), status = 'read'
    where id = ${sheet.id}::uuid`
  await tx.$executeRaw`select judge_answer_rows(${sheet.id}::uuid)`
  await tx.answerSheet.updateMany({ where: { id: sheet.id }, data: { failure: 'moved' } })
  return true
}

const changedGroup = z.object({
  measure: z.enum(measures),
  outcome: z.enum(outcomes),
  code: z.enum(refusalCodes).nullable(),
  effective_on: z.string().nullable(),
  cells: z.number(),
  worse: z.boolean(),
  digest: z.string(),
})

async function changeBySheet(
  tx: Transaction,
  sheet: AnswerSheet,
  { notice, sequence }: Ready,
): Promise<readonly AnswersChanged[]> {
  const pairs = outcomes.flatMap((after) => betterThan(after).map((before) => ({ after, before })))
  const rows = await tx.$queryRaw`
    select * from change_answers_by_sheet(${sheet.id}::uuid, ${sequence}::integer, ${pairs.map(({ after }) => after)}::text[],
      ${pairs.map(({ before }) => before)}::text[])`
  return z
    .array(changedGroup)
    .parse(rows)
    .map(({ measure, outcome, code, effective_on: effectiveOn, cells, worse, digest }) => ({
      noticeId: notice.id,
      measure,
      cells,
      worse,
      digest,
      answer: { outcome, code, effectiveOn, text: null },
    }))
}

// Every text lies with its answer; beside the ledger are the first of them, as with answers that are typed.
const mostTexts = 100

async function textsOf(tx: Transaction, { id, overwrite }: AnswerSheet): Promise<{ measure: string; text: string }[]> {
  return tx.$queryRaw<{ measure: string; text: string }[]>`
    select distinct measure, text from answer_sheet_row
    where sheet_id = ${id}::uuid and text is not null and (verdict = 'change' or verdict = 'newer' and ${overwrite})
    order by measure, text limit ${mostTexts}`
}

// The ledger names the file by its hash, with its rows in numbers.
function withFile(
  prepared: ReadonlyMap<string, Prepared>,
  { fileSha256, rows }: AnswerSheet,
  texts: { measure: string; text: string }[],
): ReadonlyMap<string, Prepared> {
  const file = { sha256: fileSha256, ...(rows === null ? {} : { ...rows }) }
  return new Map(
    [...prepared].map(([noticeId, each]) => [
      noticeId,
      { ...each, payload: { ...each.payload, file }, ...(texts.length > 0 ? { facts: { ...each.facts, texts } } : {}) },
    ]),
  )
}

async function finish(
  tx: Transaction,
  { id, locale, overwrite }: AnswerSheet,
  { cells, sequence }: { cells: number; sequence: number | null },
): Promise<void> {
  const resultSha256 = await keepSheetResult(tx, { sheetId: id, locale, state: overwrite ? 'overwritten' : 'recorded' })
  await tx.$executeRaw`select clear_answer_rows(${id}::uuid)`
  await tx.answerSheet.updateMany({
    where: { id },
    data: { status: 'recorded', cells, eventSequence: sequence, resultSha256, failure: null, finishedAt: now() },
  })
}
