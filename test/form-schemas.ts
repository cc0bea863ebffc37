import { z } from 'zod'

/** A form that the portal reads: its schema, the names of its fields, and the words that some fields know. */
export interface KnownForm {
  readonly name: string
  readonly schema: z.ZodType
  readonly fields: readonly string[]
  /** Each field by itself: a form fails as a whole for any of them. */
  readonly parts: readonly { readonly field: string; readonly schema: z.ZodType }[]
  readonly words: readonly string[]
}

/** The forms among what modules export: schemas of objects whose names say that they are typed or sent. */
export function formsIn(modules: Readonly<Record<string, Readonly<Record<string, unknown>>>>): KnownForm[] {
  return Object.entries(modules).flatMap(([path, exported]) =>
    Object.entries(exported).flatMap(([name, value]) => {
      const schema = value instanceof z.ZodType ? value : null
      if (schema === null || !/Forms?$|Answers$|Form[A-Z]/.test(name)) return []
      const { fields, words, parts } = partsOf(schema)
      return [{ name: `${name} of ${path}`, schema, fields: [...fields], words: [...words], parts }]
    }),
  )
}

type Parts = { fields: Set<string>; words: Set<string>; parts: { field: string; schema: z.ZodType }[] }

function partsOf(schema: z.ZodType, parts: Parts = { fields: new Set(), words: new Set(), parts: [] }): Parts {
  if (schema instanceof z.ZodObject)
    for (const [field, inner] of Object.entries(schema.shape)) {
      parts.fields.add(field)
      if (!(inner instanceof z.ZodType)) continue
      parts.parts.push({ field, schema: inner })
      partsOf(inner, parts)
    }
  else if (schema instanceof z.ZodEnum) for (const word of Object.values(schema.enum)) parts.words.add(String(word))
  else if (schema instanceof z.ZodLiteral) for (const word of schema.values) parts.words.add(String(word))
  else for (const inner of innerOf(schema)) partsOf(inner, parts)
  return parts
}

function innerOf(schema: z.ZodType): z.ZodType[] {
  const { def } = schema
  const inner: unknown[] = ['innerType', 'in', 'out', 'element', 'valueType'].map((key) =>
    key in def ? Reflect.get(def, key) : undefined,
  )
  const options: unknown = 'options' in def ? def.options : []
  return [...inner, ...(Array.isArray(options) ? options : [])].filter((each) => each instanceof z.ZodType)
}
