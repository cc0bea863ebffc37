import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'
import { Name } from '#app/ui/title.tsx'
import { noteForField, wordForField } from './field-words.ts'
import { fields, type Field } from './fields.ts'
import type { ColumnProfile } from './guess-columns.ts'
import type { Mapping } from './mapping.ts'
import { columnControl } from './mapping-form.ts'

type ImportColumnsProps = { readonly columns: readonly ColumnProfile[]; readonly mapping: Mapping }

/** Each column of the file, what it is taken for, and how it is read. */
export function ImportColumns({ columns, mapping }: ImportColumnsProps) {
  const known = mapping.columns.filter(({ field }) => field !== null).length
  const aside = m.catalogues_import_recognised({ known: formatNumber(known), all: formatNumber(columns.length) })
  return (
    <Section id="columns" title={m.catalogues_import_columns()} aside={aside}>
      <div className="scroll fold">
        <table>
          <thead>
            <tr>
              <th scope="col">{m.catalogues_import_col_file()}</th>
              <th scope="col">{m.catalogues_import_col_field()}</th>
              <th scope="col">{m.catalogues_import_col_note()}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- a column is known by its place
              <ColumnRow key={index} {...{ column, index, mapping }} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

function ColumnRow({ column, index, mapping }: { column: ColumnProfile; index: number; mapping: Mapping }) {
  const field = mapping.columns[index]?.field ?? null
  const control = columnControl(index)
  return (
    <tr>
      <th scope="row">
        <code>{column.header}</code>
        <span className="t-id">{column.filled === 0 ? emptyIn(column) : <Name>{column.sample}</Name>}</span>
      </th>
      <td>
        <label className="sr" htmlFor={control}>
          {m.catalogues_import_field_for({ header: column.header })}
        </label>
        <select id={control} name={control} defaultValue={field ?? ''}>
          <option value="">{m.catalogues_field_none()}</option>
          {fields.map((each) => (
            <option key={each} value={each}>
              {wordForField(each)}
            </option>
          ))}
        </select>
      </td>
      <td className="muted">{noteOf(column, field, mapping.identityColumn === index)}</td>
    </tr>
  )
}

function noteOf(column: ColumnProfile, field: Field | null, isIdentity: boolean): string {
  if (isIdentity) return m.catalogues_note_identity()
  if (field === null) return ''
  if (column.filled === 0) return m.catalogues_note_stays_empty()
  const notes = [noteForField(field), column.empty > 0 && column.empty >= column.filled ? emptyIn(column) : '']
  return notes.filter((note) => note !== '').join('; ')
}

function emptyIn({ empty }: ColumnProfile): string {
  return m.catalogues_import_empty_in({ rows: m.catalogues_rows({ count: formatNumber(empty) }) })
}
