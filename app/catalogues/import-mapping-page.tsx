import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { formatNumber, sentenceGap } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { Section } from '#app/ui/section.tsx'
import { wordForField } from './field-words.ts'
import type { FoundImport } from './find-import.server.ts'
import type { TableForm } from './formats/table-form.ts'
import { ImportColumns } from './import-columns.tsx'
import { ImportCounts } from './import-counts.tsx'
import { ImportDecisions } from './import-decisions.tsx'
import type { ImportPreview } from './import-preview.ts'
import { ImportReading } from './import-reading.tsx'
import { ImportRejects, ImportRemarks } from './import-remarks.tsx'
import { faultOf, type Mapping, type MappingFault } from './mapping.ts'

/** An import whose file was read. */
export type ReadImport = FoundImport & { form: TableForm; mapping: Mapping; preview: ImportPreview }

type PageProps = { readonly found: ReadImport; readonly faults: readonly string[]; readonly wasRecounted: boolean }

const formId = 'mapping'

/** Columns on one side; on the other what would happen, what to decide, and the button that does it. */
export function ImportMappingPage({ found, faults, wasRecounted }: PageProps) {
  const { form, mapping, preview, replaceMissing } = found
  const fault = faultOf(mapping)
  return (
    <>
      <ErrorSummary
        faults={[...faults, ...(fault === undefined ? [] : [faultWords(fault)])].map((text) => ({ text }))}
      />
      {wasRecounted && fault === undefined && (
        <Note tone="info" status>
          <p>{m.catalogues_import_recounted()}</p>
        </Note>
      )}
      <div className="split wide">
        <form method="post" id={formId} className="stack close">
          <ImportColumns columns={preview.columns} mapping={mapping} />
          <ImportReading form={form} mapping={mapping} replaceMissing={replaceMissing} workbook={preview.workbook} />
          <div>
            <Button name="intent" value="count">
              {m.catalogues_import_count_again()}
            </Button>
          </div>
        </form>
        <div className="stack close">
          <Section
            id="dry"
            title={m.catalogues_import_dry()}
            aside={m.catalogues_import_read({ rows: rowWords(preview.counts.rows) })}
          >
            <ImportCounts counts={preview.counts} />
          </Section>
          <ImportDecisions preview={preview} decisions={mapping.decisions} form={formId} />
          <ImportRejects rejects={preview.rejects} />
          <ImportRemarks preview={preview} file={`/catalogues/${found.catalogueId}/import/${found.id}/remarks.csv`} />
          <ImportAct found={found} canImport={fault === undefined} />
        </div>
      </div>
    </>
  )
}

function ImportAct({
  found: { preview, currentVersion, replaceMissing },
  canImport,
}: {
  found: ReadImport
  canImport: boolean
}) {
  const { added, changed, removed, rows } = preview.counts
  const changes = added + changed + removed
  return (
    <div className="stack tight">
      {canImport && rows === 0 && <p>{m.catalogues_import_no_rows()}</p>}
      {canImport && rows > 0 && changes === 0 && <p>{m.catalogues_import_nothing()}</p>}
      <div className="bs">
        {canImport && changes > 0 && (
          <Button look="go" form={formId} name="intent" value="import">
            {m.catalogues_import_go({ count: formatNumber(changes), version: currentVersion + 1 })}
          </Button>
        )}
        <Button form={formId} name="intent" value="cancel">
          {m.catalogues_import_cancel()}
        </Button>
      </div>
      <p className="cap">
        {currentVersion > 0 && m.catalogues_import_keeps({ version: currentVersion })}
        {sentenceGap()}
        {replaceMissing && removed > 0
          ? m.catalogues_import_will_remove({ count: formatNumber(removed) })
          : m.catalogues_import_stay()}
      </p>
    </div>
  )
}

/** What must be put right in a mapping, as a sentence. */
export function faultWords(fault: MappingFault): string {
  return fault.because === 'no-title'
    ? m.catalogues_import_no_title()
    : m.catalogues_import_column_twice({ field: wordForField(fault.field) })
}

function rowWords(count: number): string {
  return m.catalogues_rows({ count: formatNumber(count) })
}
