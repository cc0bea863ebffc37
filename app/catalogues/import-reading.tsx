import { m } from '#app/generated/messages/messages.js'
import { CheckField } from '#app/ui/choices.tsx'
import { SelectField } from '#app/ui/fields.tsx'
import { Section } from '#app/ui/section.tsx'
import { encodingWords, separatorWords } from './form-words.ts'
import type { CsvForm } from './formats/csv.server.ts'
import { separators } from './formats/separator.ts'
import { textEncodings } from './formats/text-encoding.ts'
import { kindWords } from './kind-words.ts'
import { workKinds } from './kinds.ts'
import type { Mapping } from './mapping.ts'

type ImportReadingProps = {
  readonly form: CsvForm
  readonly mapping: Mapping
  readonly replaceMissing: boolean
}

/** How the text of the file is read, the kind of its works, and what happens to works that it lacks. */
export function ImportReading({ form, mapping, replaceMissing }: ImportReadingProps) {
  return (
    <Section id="reading" title={m.catalogues_import_reading()}>
      <div className="fs">
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
