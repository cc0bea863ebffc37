import type { z } from 'zod'
import { filingContentSchema, stepFields, type FilingContent, type SavedPart } from './filing-draft.ts'
import type { Measure } from './measures.ts'

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
  'contactEmail',
  'models',
  'rights',
  'evidence',
  'locations',
  'japanFacts',
  'signalUrls',
  'complaintFacts',
  'illegality',
  'ukConnection',
  'pasted',
  'source',
  'example',
] as const
/** One of `wordsFields`. */
export type WordsField = (typeof wordsFields)[number]

function wordsOf({
  paragraph,
  matterNumber,
  capacity,
  particulars,
  scope,
  measures,
}: Choices): Partial<Record<WordsField, string>> {
  return {
    ...(paragraph === undefined ? {} : { paragraph }),
    ...(matterNumber === undefined ? {} : { matterNumber }),
    ...(capacity === undefined ? {} : { capacity }),
    ...(scope === undefined ? {} : { pasted: scope.unmatched }),
    ...(particulars === undefined ? {} : wordsOfParticulars(particulars)),
    ...Object.fromEntries(
      (measures ?? []).flatMap(({ measure, detail }) => {
        const field = detailFields[measure]
        return field === undefined ? [] : [[field, detail]]
      }),
    ),
  }
}

// The measures that take words of the filer's own.
const detailFields: Partial<Record<Measure, WordsField>> = { REMOVE_FROM_DATASETS: 'source', FILTER_OUTPUTS: 'example' }

function wordsOfParticulars(particulars: FilingContent['particulars']): Partial<Record<WordsField, string>> {
  const { contactEmail, models, rights, evidence, japanFacts, complaintFacts, illegality, ukConnection } = particulars
  return {
    contactEmail,
    models,
    rights,
    evidence,
    japanFacts,
    complaintFacts,
    illegality,
    ukConnection,
    locations: particulars.locations.map(({ url, work }) => `${url} ${work}`.trim()).join('\n'),
    signalUrls: particulars.signalUrls.join('\n'),
  }
}
