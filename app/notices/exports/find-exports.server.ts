import { z } from 'zod'
import { recordAudit } from '#app/accounts/record-audit.server.ts'
import type { Viewer } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import type { ExportRow } from './export.ts'

const statusOf = z.enum(['queued', 'running', 'done', 'failed'])
const mostShown = 20

/** The newest exports of a person's own data, or of an organisation for its owners; row security shows others none. */
export async function findExports(viewer: Viewer, organisationId: string | null): Promise<ExportRow[]> {
  const rows = await withPerson(viewer.personId, (tx) =>
    tx.dataExport.findMany({
      where: { organisationId, ...(organisationId === null ? { requestedBy: viewer.personId } : {}) },
      orderBy: { id: 'desc' },
      take: mostShown,
    }),
  )
  return rows.map(({ id, status, partsDone, partsTotal, sha256, bytes, createdAt, expiresAt, removedAt }) => ({
    id,
    partsDone,
    partsTotal,
    sha256,
    createdAt,
    expiresAt,
    status: statusOf.parse(status),
    bytes: bytes === null ? null : Number(bytes),
    gone: removedAt !== null,
  }))
}

/**
 * A file that this person may take now. That an organisation's was taken stands in its record.
 *
 * @returns null when there is none, or it is not theirs, not ready or gone
 */
export async function takeExport(viewer: Viewer, exportId: string): Promise<{ sha256: string; bytes: number } | null> {
  return withPerson(viewer.personId, async (tx) => {
    const found = await tx.dataExport.findFirst({ where: { id: exportId, status: 'done', removedAt: null } })
    if (found?.sha256 === null || found?.bytes === null || found === null) return null
    const { organisationId, sha256, bytes } = found
    const { personId } = viewer
    if (organisationId !== null)
      await recordAudit(tx, { organisationId, kind: 'export-taken', personId, facts: { export: exportId, sha256 } })
    return { sha256, bytes: Number(bytes) }
  })
}
