import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { wake } from '#app/platform/wake.server.ts'

/** The jobs that the worker does for catalogues. */
export type CatalogueJob = 'preview-import' | 'import'

/** Queues a job about an import: it is done if, and only if, the transaction commits. */
export async function queueImportJob(
  tx: Transaction,
  job: { kind: CatalogueJob; importId: string; organisationId: string; personId: string },
): Promise<void> {
  const at = now()
  await tx.job.createMany({
    data: [
      {
        id: newId(),
        kind: job.kind,
        subjectId: job.importId,
        organisationId: job.organisationId,
        requestedBy: job.personId,
        status: 'queued',
        runAt: at,
        createdAt: at,
      },
    ],
  })
  await wake(tx, 'job')
}
