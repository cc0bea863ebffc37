import { isField } from './fields.ts'
import { separators } from './formats/separator.ts'
import type { TableForm } from './formats/table-form.ts'
import { textEncodings } from './formats/text-encoding.ts'
import { mappingSchema, type Mapping } from './mapping.ts'

/** What a person chose on the mapping page. */
export type MappingChoice = {
  mapping: Mapping
  form: TableForm
  replaceMissing: boolean
}

/** What the page showed: the mapping, and of a workbook the sheets on offer. */
type Before = { mapping: Mapping; sheets: readonly string[] | undefined }

/** The name of the control for a column. */
export function columnControl(index: number): string {
  return `column-${index}`
}

/**
 * Reads the form of the mapping page over what was mapped before.
 *
 * @returns `undefined` if a value is none that the page offers
 */
export function readMappingForm(form: FormData, { mapping: before, sheets }: Before): MappingChoice | undefined {
  const text = (name: string): string => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const reading = readForm(text, sheets)
  const columns = before.columns.map(({ header }, index) => {
    const field = text(columnControl(index))
    return { header, field: isField(field) ? field : null }
  })
  const mapping = mappingSchema.safeParse({
    columns,
    identityColumn: before.identityColumn,
    kind: text('kind') || null,
    // A question that was not asked keeps its answer.
    decisions: {
      identifiers: text('identifiers') || before.decisions.identifiers,
      entities: text('entities') || before.decisions.entities,
      marks: text('marks') || before.decisions.marks,
    },
  })
  if (!mapping.success || reading === undefined) return undefined
  return { mapping: mapping.data, form: reading, replaceMissing: form.get('replace') === 'on' }
}

function readForm(text: (name: string) => string, sheets: readonly string[] | undefined): TableForm | undefined {
  if (sheets !== undefined) {
    const sheet = sheets.find((known) => known === text('sheet'))
    return sheet === undefined ? undefined : { sheet }
  }
  const encoding = textEncodings.find((known) => known === text('encoding'))
  const separator = separators.find((known) => known === text('separator'))
  return encoding === undefined || separator === undefined ? undefined : { encoding, separator }
}

/** Whether two forms read a file alike. */
export function isSameForm(one: TableForm, other: TableForm): boolean {
  if ('sheet' in one) return 'sheet' in other && one.sheet === other.sheet
  return !('sheet' in other) && one.encoding === other.encoding && one.separator === other.separator
}

/** Whether two mappings read a file alike. */
export function readsAlike(one: Mapping, other: Mapping): boolean {
  return told(one) === told(other)
}

function told({ columns, kind, decisions }: Mapping): string {
  return JSON.stringify([
    columns.map(({ field }) => field),
    kind,
    decisions.identifiers,
    decisions.entities,
    decisions.marks,
  ])
}
