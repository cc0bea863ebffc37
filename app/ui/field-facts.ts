/** What a part needs to know of a field: conform's metadata fits, and so does `{ id, name }`. */
export interface FieldFacts {
  readonly id: string
  readonly name: string
  readonly initialValue?: unknown
  readonly errors?: readonly string[] | undefined
  readonly required?: boolean | undefined
}
