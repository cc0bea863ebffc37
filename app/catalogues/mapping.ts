import { z } from 'zod'
import { fields, takesManyColumns, type Field } from './fields.ts'
import { guessColumns, isUniqueId, type ColumnProfile } from './guess-columns.ts'
import { guessKind } from './kinds.ts'

const fieldCode = z.enum(fields)

/** How a file is to be read: what each column is, what tells rows apart, and what a person decided about doubts. */
export const mappingSchema = z.object({
  columns: z.array(z.object({ header: z.string(), field: fieldCode.nullable() })),
  /** The column whose cells tell rows apart where none is the external id; absent: a row is known by its content. */
  identityColumn: z.number().int().min(0).nullable(),
  /** The kind of works whose row names none. */
  kind: z.string().max(60).nullable(),
  decisions: z.object({
    identifiers: z.enum(['keep', 'repair']),
    entities: z.enum(['keep', 'decode']),
    marks: z.enum(['keep', 'remove']),
  }),
})

/** See `mappingSchema`. */
export type Mapping = z.infer<typeof mappingSchema>

/** Nothing in a file is changed unasked. */
export const asWritten = {
  identifiers: 'keep',
  entities: 'keep',
  marks: 'keep',
} as const satisfies Mapping['decisions']

/** The mapping that is proposed for a file: guessed columns, and every doubt left as written. */
export function proposeMapping(columns: readonly ColumnProfile[], fileName: string): Mapping {
  const guessed = guessColumns(columns)
  const chosen = columns.map(({ header }, index) => ({ header, field: guessed[index] ?? null }))
  return withIdentity(
    { columns: chosen, identityColumn: null, kind: guessKind(fileName) ?? null, decisions: asWritten },
    columns,
  )
}

/** The mapping with its identity column found anew: the first unique column of codes that is not read as text or date. */
export function withIdentity(mapping: Mapping, columns: readonly ColumnProfile[]): Mapping {
  if (mapping.columns.some((column) => column.field === 'externalId')) return { ...mapping, identityColumn: null }
  const index = columns.findIndex((column, at) => mayIdentify(mapping.columns[at]?.field ?? null) && isUniqueId(column))
  return { ...mapping, identityColumn: index === -1 ? null : index }
}

/** Why a mapping cannot be used yet. */
export type MappingFault = { because: 'no-title' } | { because: 'column-twice'; field: Field }

/** What must be put right before a file can be read this way, if anything. */
export function faultOf(mapping: Mapping): MappingFault | undefined {
  const used = mapping.columns.flatMap((column) => (column.field === null ? [] : [column.field]))
  if (!used.some((each) => each === 'title' || each === 'titleJa' || each === 'titleEn')) return { because: 'no-title' }
  const twice = used.find((each, index) => !takesManyColumns(each) && used.indexOf(each) !== index)
  return twice === undefined ? undefined : { because: 'column-twice', field: twice }
}

const textFields: ReadonlySet<Field> = new Set<Field>([
  'title',
  'titleJa',
  'titleEn',
  'titleKana',
  'alternateTitles',
  'kind',
  'year',
  'released',
  'creators',
  'credits',
  'parties',
  'distributor',
  'rightsHolder',
])

function mayIdentify(field: Field | null): boolean {
  return field === null || !textFields.has(field)
}
