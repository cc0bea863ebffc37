import { WorkbookFaultError } from '#app/catalogues/formats/workbook-fault.ts'
import { now } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { checkSheet, TooManyRowsError } from './check-sheet.server.ts'
import { recordSheet } from './record-sheet.server.ts'
import type { SheetFailure } from './sheet-failure.ts'
import { SenderGoneError, senderOf, type SheetSender } from './sheet-sender.server.ts'

/** One try of a job about a file of answers. An outage is told when it is the last. */
export type SheetTry = { readonly sheetId: string; readonly isLastTry: boolean }

/** Reads a long file of answers, as its sender, authorised again. */
export function checkSheetJob(job: SheetTry): Promise<void> {
  return runAsSender(job, (sender) => checkSheet({ sender, sheetId: job.sheetId }))
}

/** Records a long file of answers, as its sender, authorised again. */
export function recordSheetJob(job: SheetTry): Promise<void> {
  return runAsSender(job, async (sender) => {
    const recorded = await recordSheet({ sender, sheetId: job.sheetId })
    // Its page says it: the file is still there and can be recorded later.
    if (recorded.came === 'refused') await putBack(job.sheetId)
  })
}

async function runAsSender(
  { sheetId, isLastTry }: SheetTry,
  run: (sender: SheetSender) => Promise<void>,
): Promise<void> {
  const kept = await withWorker((tx) =>
    tx.answerSheet.findUnique({
      where: { id: sheetId },
      select: { organisationId: true, requestedBy: true, linkId: true, bearer: true },
    }),
  )
  const sender = kept === null ? null : await senderOf(kept)
  if (sender === null) return fail(sheetId, 'not-allowed')
  try {
    await run(sender)
  } catch (error) {
    if (error instanceof TooManyRowsError) return fail(sheetId, 'too-many-rows')
    if (error instanceof WorkbookFaultError) return fail(sheetId, error.because)
    if (error instanceof SenderGoneError) return fail(sheetId, 'not-allowed')
    if (isLastTry) await fail(sheetId, 'outage')
    throw new Error(`Working on the file of answers ${sheetId} failed`, { cause: error })
  }
}

/** Says that the work on a file of answers was given up: nothing of it was recorded, and its sender sends it again. */
export function failSheet(sheetId: string): Promise<void> {
  return fail(sheetId, 'outage')
}

async function putBack(sheetId: string): Promise<void> {
  await withWorker((tx) =>
    tx.answerSheet.updateMany({
      where: { id: sheetId, status: 'recording' },
      data: { status: 'read', failure: 'refused' },
    }),
  )
}

// As the worker: somebody who lost their role may not even write that it failed.
async function fail(sheetId: string, failure: SheetFailure): Promise<void> {
  await withWorker(async (tx) => {
    const { count } = await tx.answerSheet.updateMany({
      where: { id: sheetId, status: { in: ['reading', 'recording'] } },
      data: { status: 'failed', failure, finishedAt: now() },
    })
    if (count === 1) await tx.answerSheetRow.deleteMany({ where: { sheetId } })
  })
}
