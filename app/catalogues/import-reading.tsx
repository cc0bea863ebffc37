import { m } from '#app/generated/messages/messages.js'
import { CheckField } from '#app/ui/choices.tsx'
import { SelectField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'
import { encodingWords, separatorWords } from './form-words.ts'
import type { TableForm } from './formats/table-form.ts'
import { separators } from './formats/separator.ts'
import { textEncodings } from './formats/text-encoding.ts'
import { kindWords } from './kind-words.ts'
import { workKinds } from './kinds.ts'
import type { ImportPreview } from './import-preview.ts'
import type { Mapping } from './mapping.ts'

type ImportReadingProps = {
  readonly form: TableForm
  readonly mapping: Mapping
  readonly replaceMissing: boolean
  readonly workbook: ImportPreview['workbook']
}

/** How the text of the file is read, the kind of its works, and what happens to works that it lacks. */
export function ImportReading({ form, mapping, replaceMissing, workbook }: ImportReadingProps) {
  return (
    <Section id="reading" title={m.catalogues_import_reading()}>
      <div className="fs">
        {'sheet' in form ? (
          <SheetField sheet={form.sheet} workbook={workbook} />
        ) : (
          <div className="two">
            <SelectField
              field={{ id: 'encoding', name: 'encoding', initialValue: form.encoding }}
              label={m.catalogues_import_encoding()}
              options={textEncodings.map((value) => ({ value, label: encodingWords[value] }))}
            />
            <SelectField
              field={{ id: 'separator', name: 'separator', initialValue: form.separator }}
              label={m.catalogues_import_separator()}
              options={separators.map((value) => ({ value, label: separatorWords[value]() }))}
            />
          </div>
        )}
        <SelectField
          field={{ id: 'kind', name: 'kind', initialValue: mapping.kind ?? '' }}
          label={m.catalogues_import_kind()}
          empty={m.catalogues_import_kind_none()}
          options={workKinds.map((value) => ({ value, label: kindWords[value]() }))}
        />
        <CheckField
          field={{ id: 'replace', name: 'replace', initialValue: replaceMissing }}
          label={m.catalogues_import_replace()}
          help={m.catalogues_import_replace_help()}
        />
      </div>
    </Section>
  )
}

// A sheet without rows offers nothing to import.
function SheetField({ sheet, workbook }: { sheet: string; workbook: ImportPreview['workbook'] }) {
  const sheets = (workbook?.sheets ?? []).filter(({ rows }) => rows > 0)
  return (
    <>
      <SelectField
        field={{ id: 'sheet', name: 'sheet', initialValue: sheet }}
        label={m.catalogues_import_sheet()}
        help={m.catalogues_import_sheet_help()}
        options={sheets.map(({ name, hidden, rows: count }) => {
          const rows = m.catalogues_rows({ count: formatNumber(count) })
          return {
            value: name,
            label: hidden
              ? m.catalogues_import_sheet_hidden({ name, rows })
              : m.catalogues_import_sheet_option({ name, rows }),
          }
        })}
      />
      {workbook !== undefined && <SheetNotes notes={workbook.notes} />}
    </>
  )
}

const noteWords = {
  formulas: (count: string) => m.catalogues_import_note_formulas({ count }),
  unsaved: (count: string) => m.catalogues_import_note_unsaved({ count }),
  errors: (count: string) => m.catalogues_import_note_errors({ count }),
  merged: (count: string) => m.catalogues_import_note_merged({ count }),
  dates: (count: string) => m.catalogues_import_note_dates({ count }),
} as const

const noteKinds = ['formulas', 'unsaved', 'errors', 'merged', 'dates'] as const

function SheetNotes({ notes }: { notes: NonNullable<ImportPreview['workbook']>['notes'] }) {
  const met = noteKinds.filter((kind) => notes[kind] > 0)
  if (met.length === 0) return null
  return (
    <div>
      <p className="cap">{m.catalogues_import_notes()}</p>
      <ul className="cap">
        {met.map((kind) => (
          <li key={kind}>{noteWords[kind](formatNumber(notes[kind]))}</li>
        ))}
      </ul>
    </div>
  )
}
