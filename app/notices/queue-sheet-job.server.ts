import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { wake } from '#app/platform/wake.server.ts'
import type { SheetSender } from './sheet-sender.server.ts'

/** The jobs that the worker does for files of answers. */
export type SheetJob = 'check-answers' | 'record-answers'

/** Queues a job about a file of answers: it is done if, and only if, the transaction commits. */
export async function queueSheetJob(
  tx: Transaction,
  { kind, sheetId, sender }: { kind: SheetJob; sheetId: string; sender: SheetSender },
): Promise<void> {
  const at = now()
  const own =
    sender.by === 'member' ? { organisationId: sender.member.organisation.id, requestedBy: sender.member.personId } : {}
  await tx.job.createMany({
    data: [{ id: newId(), kind, subjectId: sheetId, ...own, status: 'queued', runAt: at, createdAt: at }],
  })
  await wake(tx, 'job')
}
