import type { Readable } from 'node:stream'
import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { keepObject, readObject, TooLargeError, type StoredObject } from '#app/platform/objects.server.ts'
import { describeFile, type FileFault } from './describe-file.server.ts'
import { formColumns } from './find-import.server.ts'
import { plainFileName } from './file-name.ts'
import { isWaitedFor, previewImport } from './preview-import.server.ts'
import { queueImportJob } from './queue-import-job.server.ts'

/** The largest file that can be imported: 256 MiB. */
export const maxImportBytes = 256 * 2 ** 20

/** What came of sending a file. */
export type StartVerdict =
  | { allowed: true; importId: string }
  | { allowed: false; because: 'role' | 'no-catalogue' | 'too-large' | FileFault }

/**
 * Takes a file for a catalogue: kept as it arrives, told by its bytes and never by its name, and read for a preview.
 * Nothing of the catalogue changes yet.
 */
export async function startImport(given: {
  member: Member
  catalogueId: string
  fileName: string
  content: Readable | AsyncIterable<Uint8Array>
}): Promise<StartVerdict> {
  const { member, catalogueId } = given
  if (!mayDo(member.organisation.role, 'edit-catalogues')) return { allowed: false, because: 'role' }
  if (!(await hasCatalogue(member, catalogueId))) return { allowed: false, because: 'no-catalogue' }
  const stored = await keepWithinLimit(given.content)
  if (stored === undefined) return { allowed: false, because: 'too-large' }
  const file = await describeFile(() => readObject(stored.sha256))
  if (!file.readable) return { allowed: false, because: file.because }
  const importId = newId()
  const isRead = isWaitedFor(stored.bytes)
  await withPerson(member.personId, async (tx) => {
    await tx.catalogueImport.createMany({
      data: [
        {
          id: importId,
          organisationId: member.organisation.id,
          catalogueId,
          requestedBy: member.personId,
          status: 'mapping',
          fileSha256: stored.sha256,
          fileName: plainFileName(given.fileName),
          fileBytes: stored.bytes,
          ...formColumns(file.form),
          createdAt: now(),
        },
      ],
    })
    if (!isRead) await queuePreview(tx, { member, importId })
  })
  if (isRead) await previewImport({ importId, personId: member.personId })
  return { allowed: true, importId }
}

async function hasCatalogue(member: Member, catalogueId: string): Promise<boolean> {
  const organisationId = member.organisation.id
  return withPerson(
    member.personId,
    async (tx) => (await tx.catalogue.count({ where: { id: catalogueId, organisationId } })) === 1,
  )
}

async function keepWithinLimit(content: Readable | AsyncIterable<Uint8Array>): Promise<StoredObject | undefined> {
  try {
    return await keepObject(content, maxImportBytes)
  } catch (error) {
    if (error instanceof TooLargeError) return undefined
    throw error
  }
}

function queuePreview(
  tx: Parameters<typeof queueImportJob>[0],
  { member, importId }: { member: Member; importId: string },
): Promise<void> {
  return queueImportJob(tx, {
    kind: 'preview-import',
    importId,
    organisationId: member.organisation.id,
    personId: member.personId,
  })
}
