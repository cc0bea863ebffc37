import { z } from 'zod'
import type { Transaction } from '#app/platform/db.server.ts'
import { separators } from './formats/separator.ts'
import type { TableForm } from './formats/table-form.ts'
import { textEncodings } from './formats/text-encoding.ts'
import {
  importCountsSchema,
  importPreviewSchema,
  type ImportCountsOfRows,
  type ImportPreview,
} from './import-preview.ts'
import { mappingSchema, type Mapping } from './mapping.ts'

/** One import: the file, how it is read, how far it is, what came of it. */
export type FoundImport = {
  id: string
  catalogueId: string
  catalogueName: string
  currentVersion: number
  organisationId: string
  requestedBy: string
  status: 'mapping' | 'queued' | 'running' | 'done' | 'failed' | 'stopped'
  fileSha256: string
  fileName: string
  fileBytes: number
  form: TableForm | null
  mapping: Mapping | null
  preview: ImportPreview | null
  counts: ImportCountsOfRows | null
  replaceMissing: boolean
  rowsTotal: number | null
  rowsRead: number
  rejectsSha256: string | null
  version: number | null
  failure: string | null
  stopRequested: boolean
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
}

const formSchema = z.object({ encoding: z.enum(textEncodings), separator: z.enum(separators) })
const statusSchema = z.enum(['mapping', 'queued', 'running', 'done', 'failed', 'stopped'])

type FormColumns = { encoding: string | null; separator: string | null; sheet: string | null }

function formOf({ encoding, separator, sheet }: FormColumns): TableForm | null {
  if (sheet !== null) return { sheet }
  return encoding === null || separator === null ? null : formSchema.parse({ encoding, separator })
}

/** The columns that keep how a file is read. */
export function formColumns(form: TableForm): FormColumns {
  return 'sheet' in form ? { encoding: null, separator: null, ...form } : { ...form, sheet: null }
}

/** The import of this id in this catalogue, if whoever asks may see it. */
export async function findImport(tx: Transaction, importId: string, catalogueId?: string): Promise<FoundImport | null> {
  const row = await tx.catalogueImport.findFirst({
    where: { id: importId, ...(catalogueId === undefined ? {} : { catalogueId }) },
    include: { catalogue: { select: { name: true, currentVersion: true } } },
  })
  if (row === null) return null
  const { catalogue, encoding, separator, sheet, mapping, preview, counts, fileBytes, status, ...rest } = row
  return {
    ...rest,
    catalogueName: catalogue.name,
    currentVersion: catalogue.currentVersion,
    fileBytes: Number(fileBytes),
    status: statusSchema.parse(status),
    form: formOf({ encoding, separator, sheet }),
    mapping: mapping === null ? null : mappingSchema.parse(mapping),
    preview: preview === null ? null : importPreviewSchema.parse(preview),
    counts: counts === null ? null : importCountsSchema.parse(counts),
  }
}
