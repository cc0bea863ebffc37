import { now } from '#app/platform/clock.server.ts'
import { changeImport, type ImportAsked, type ImportVerdict } from './change-import.server.ts'
import { faultOf } from './mapping.ts'
import { queueImportJob } from './queue-import-job.server.ts'

/** Queues an import whose preview a person has seen. The worker does it and mails when it ends. */
export async function confirmImport(
  asked: ImportAsked,
): Promise<ImportVerdict | { allowed: false; because: 'no-title' }> {
  let isReady = false
  const verdict = await changeImport(asked, ['mapping'], async (tx, found) => {
    isReady = found.mapping !== null && found.preview !== null && faultOf(found.mapping) === undefined
    if (!isReady) return
    await tx.catalogueImport.updateMany({ where: { id: found.id }, data: { status: 'queued', stopRequested: false } })
    await queueImportJob(tx, jobOf(asked, found.organisationId))
  })
  return verdict.allowed && !isReady ? { allowed: false, because: 'no-title' } : verdict
}

/** Queues an import again that failed or was stopped; nothing of the first try is left. */
export async function retryImport(asked: ImportAsked): Promise<ImportVerdict> {
  return changeImport(asked, ['failed', 'stopped'], async (tx, found) => {
    await tx.catalogueImport.updateMany({
      where: { id: found.id },
      // Who tries again is who is mailed, and whose rights count.
      data: {
        status: 'queued',
        failure: null,
        finishedAt: null,
        stopRequested: false,
        rowsRead: 0,
        requestedBy: asked.member.personId,
      },
    })
    await queueImportJob(tx, jobOf(asked, found.organisationId))
  })
}

/** Asks an import to stop: a running one ends within a second and leaves nothing; one that waits ends at once. */
export async function stopImport(asked: ImportAsked): Promise<ImportVerdict> {
  return changeImport(asked, ['mapping', 'queued', 'running'], async (tx, found) => {
    const isRunning = found.status === 'running'
    await tx.catalogueImport.updateMany({
      where: { id: found.id },
      data: isRunning ? { stopRequested: true } : { status: 'stopped', finishedAt: now() },
    })
  })
}

function jobOf({ member, importId }: ImportAsked, organisationId: string) {
  return { kind: 'import', importId, organisationId, personId: member.personId } as const
}
