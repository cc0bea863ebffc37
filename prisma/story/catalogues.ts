import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Member } from '#app/accounts/viewer.server.ts'
import { confirmImport } from '#app/catalogues/confirm-import.server.ts'
import { createCatalogue } from '#app/catalogues/create-catalogue.server.ts'
import { importCatalogue } from '#app/catalogues/import-catalogue.server.ts'
import { startImport } from '#app/catalogues/start-import.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { projectRoot } from '#app/platform/project-root.server.ts'

type Sample = { name: string; file: string; credit: string; content?: Readable }

/** The catalogues of the story: sample rows that nobody here claims. */
export const samples = {
  films: {
    name: 'Feature films',
    file: 'films.csv',
    credit: 'Media Arts Database, National Center for Art Research; processed',
  },
  photographs: {
    name: 'Photographs by Charles “Teenie” Harris',
    file: 'photographs.csv',
    credit: 'Carnegie Museum of Art collection data, CC0',
  },
} as const satisfies Record<string, Sample>

/** Imports a sample file into a new catalogue, as a member would. */
export async function seedCatalogue(
  member: Member,
  { name, file, credit, content = createReadStream(join(projectRoot, 'prisma/story', file)) }: Sample,
): Promise<{ id: string; version: number }> {
  const made = await createCatalogue({ member, name })
  if (!made.allowed) throw new Error(`The catalogue ${name} was not made: ${made.because}`)
  const { catalogueId } = made
  const started = await startImport({
    member,
    catalogueId,
    fileName: file,
    content,
  })
  if (!started.allowed) throw new Error(`${file} was not taken: ${started.because}`)
  const confirmed = await confirmImport({ member, catalogueId, importId: started.importId })
  if (!confirmed.allowed) throw new Error(`${file} was not imported: ${confirmed.because}`)
  await importCatalogue({ importId: started.importId, personId: member.personId })
  return withWorker(async (tx) => {
    // The job that confirming queued is done: the story did it at its own time.
    await tx.job.updateMany({ where: { subjectId: started.importId, status: 'queued' }, data: { status: 'done' } })
    const { currentVersion } = await tx.catalogue.update({
      where: { id: catalogueId },
      data: { isSample: true, credit },
      select: { currentVersion: true },
    })
    return { id: catalogueId, version: currentVersion }
  })
}
