import { identifierSchemes, type Scheme } from './identifiers.ts'

const ownFields = [
  'externalId',
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
  'location',
] as const

type OwnField = (typeof ownFields)[number]
type SchemeField = Exclude<Scheme, 'url'>

/** What a column of a file can be: a field of a work, or the scheme of an identifier. */
export type Field = OwnField | SchemeField

/** Fields that may come from several columns at once; every other field has one column. */
const manyColumns: ReadonlySet<Field> = new Set<Field>([
  'alternateTitles',
  'creators',
  'credits',
  'parties',
  'rightsHolder',
  'location',
  ...schemeFields(),
])

/** Every field, in the order of the mapping page. */
export const fields: readonly Field[] = [...ownFields, ...schemeFields()]

/** Whether `text` is the code of a field. */
export function isField(text: string): text is Field {
  return fields.some((field) => field === text)
}

/** Whether `field` is an identifier scheme. */
export function isSchemeField(field: Field): field is SchemeField {
  return !ownFields.some((own) => own === field)
}

/** Whether several columns may be mapped to `field`. */
export function takesManyColumns(field: Field): boolean {
  return manyColumns.has(field)
}

// A web address among the identifiers is a location, which has its own field.
function schemeFields(): SchemeField[] {
  return Object.keys(identifierSchemes).filter((scheme): scheme is SchemeField => scheme !== 'url')
}
