import type { z } from 'zod'
import { filingContentSchema, stepFields, type FilingContent, type SavedPart } from './filing-draft.ts'

/** The parts of a draft that are saved by themselves. */
export const savedParts = ['kind', 'vendors', 'scope', 'basis', 'evidence'] as const satisfies readonly SavedPart[]

/** Some choices of a draft, as they are kept. */
export const choicesSchema = filingContentSchema.partial()
/** Some choices of a draft. */
export type Choices = z.infer<typeof choicesSchema>

/** Another version of a step that is kept beside the draft. */
export interface KeptVersion {
  readonly step: SavedPart
  readonly at: string
  readonly choices: Choices
}

/** The choices that belong to one step. */
export function pickChoices(choices: Partial<FilingContent>, step: SavedPart): Choices {
  const fields: readonly (keyof FilingContent)[] = stepFields[step]
  return choicesSchema.parse(
    Object.fromEntries(fields.filter((field) => field in choices).map((field) => [field, choices[field]])),
  )
}

/** The words a filer typed that a version has and the draft has not, by field. */
export function otherWords(
  kept: Choices,
  content: FilingContent,
): readonly { readonly field: WordsField; readonly text: string }[] {
  const [one, other] = [wordsOf(kept), wordsOf(content)]
  return wordsFields.flatMap((field) => {
    const text = one[field]
    return text === undefined || text.trim() === '' || text === other[field] ? [] : [{ field, text }]
  })
}

/** Fields in which a filer writes. */
export const wordsFields = [
  'paragraph',
  'matterNumber',
  'capacity',
  'models',
  'rights',
  'evidence',
  'japanFacts',
  'pasted',
] as const
/** One of `wordsFields`. */
export type WordsField = (typeof wordsFields)[number]

function wordsOf({
  paragraph,
  matterNumber,
  capacity,
  particulars,
  scope,
}: Choices): Partial<Record<WordsField, string>> {
  return {
    ...(paragraph === undefined ? {} : { paragraph }),
    ...(matterNumber === undefined ? {} : { matterNumber }),
    ...(capacity === undefined ? {} : { capacity }),
    ...(scope === undefined ? {} : { pasted: scope.unmatched }),
    ...(particulars === undefined
      ? {}
      : {
          models: particulars.models,
          rights: particulars.rights,
          evidence: particulars.evidence,
          japanFacts: particulars.japanFacts,
        }),
  }
}
