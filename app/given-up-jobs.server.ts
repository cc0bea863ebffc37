import { failImport } from '#app/catalogues/import-catalogue.server.ts'
import { failPreview } from '#app/catalogues/preview-import.server.ts'
import { failBulkAct } from '#app/notices/bulk/run-act.server.ts'
import { failExport } from '#app/notices/exports/run-export.server.ts'
import { failSheet } from '#app/notices/sheet-jobs.server.ts'
import type { GivenUpRegistry } from '#app/platform/run-jobs.server.ts'

/** What says on its page that a job was given up. Jobs of other kinds work on something that simply waits for them. */
export const givenUpJobs: GivenUpRegistry = {
  import: failImport,
  'preview-import': (importId) => failPreview(importId, 'outage'),
  'check-answers': failSheet,
  'record-answers': failSheet,
  export: failExport,
  'bulk-act': failBulkAct,
}
