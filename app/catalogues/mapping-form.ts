import { isField } from './fields.ts'
import { separators, type Separator } from './formats/separator.ts'
import { textEncodings, type TextEncoding } from './formats/text-encoding.ts'
import { mappingSchema, type Mapping } from './mapping.ts'

/** What a person chose on the mapping page. */
export type MappingChoice = {
  mapping: Mapping
  form: { encoding: TextEncoding; separator: Separator }
  replaceMissing: boolean
}

/** The name of the control for a column. */
export function columnControl(index: number): string {
  return `column-${index}`
}

/**
 * Reads the form of the mapping page over what was mapped before.
 *
 * @returns `undefined` if a value is none that the page offers
 */
export function readMappingForm(form: FormData, before: Mapping): MappingChoice | undefined {
  const text = (name: string): string => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const encoding = textEncodings.find((known) => known === text('encoding'))
  const separator = separators.find((known) => known === text('separator'))
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
  if (!mapping.success || encoding === undefined || separator === undefined) return undefined
  return { mapping: mapping.data, form: { encoding, separator }, replaceMissing: form.get('replace') === 'on' }
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
