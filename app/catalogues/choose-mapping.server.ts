import { Prisma } from '#app/generated/prisma/client.ts'
import { changeImport, type ImportAsked, type ImportVerdict } from './change-import.server.ts'
import { formColumns } from './find-import.server.ts'
import type { TableForm } from './formats/table-form.ts'
import { isSameForm } from './mapping-form.ts'
import type { Mapping } from './mapping.ts'
import { isWaitedFor as isRead, previewImport } from './preview-import.server.ts'
import { queueImportJob } from './queue-import-job.server.ts'

/** How a person wants a file to be read. */
export type Choice = ImportAsked & { mapping: Mapping; form: TableForm; replaceMissing: boolean }

/** Reads the file of an import again as a person chose, and counts anew. */
export async function chooseMapping(choice: Choice): Promise<ImportVerdict> {
  const { member, importId, mapping, form, replaceMissing } = choice
  let isWaitedFor = false
  const verdict = await changeImport(choice, ['mapping'], async (tx, found) => {
    // Another sheet, encoding or separator makes other columns: those are guessed anew.
    const isSameText = found.form !== null && isSameForm(found.form, form)
    isWaitedFor = isRead(found.fileBytes)
    await tx.catalogueImport.updateMany({
      where: { id: importId },
      data: {
        ...formColumns(form),
        replaceMissing,
        preview: Prisma.DbNull,
        mapping: isSameText ? mapping : Prisma.DbNull,
      },
    })
    if (!isWaitedFor) {
      await queueImportJob(tx, {
        kind: 'preview-import',
        importId,
        organisationId: found.organisationId,
        personId: member.personId,
      })
    }
  })
  if (verdict.allowed && isWaitedFor) await previewImport({ importId, personId: member.personId })
  return verdict
}
